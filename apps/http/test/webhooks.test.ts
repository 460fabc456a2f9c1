import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call, makeInventory, makeUlidSource, makeWebhooks, readUlid, StorageUnavailable } from '@lotbook/domain'
import { type OpenStore, openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LogEntry } from '../src/log.ts'
import { type DelivererParts, startDeliverer } from '../src/webhooks/deliverer.ts'
import { makePost, type Post, type PostSettings } from '../src/webhooks/post.ts'
import { type Resolve, systemResolve } from '../src/webhooks/public-address.ts'

const ada: Call = { actor: 'ada', grants: ['INVENTORY'] }
const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> => Effect.runPromise(effect)

interface Got {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly sequence: number
}

/** Somebody who is delivered to: answers with what `answer` says, and keeps what came. */
const receiver = async (answer: (got: Got, tries: number) => number = () => 204) => {
  const got: Got[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      const { sequence } = (JSON.parse(body) as { data: { sequence: number } }).data
      const received = { headers: request.headers, body, sequence }
      got.push(received)
      const status = answer(received, got.length)
      response.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {}).end('x'.repeat(10))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { got, port, url: `http://127.0.0.1:${port}/hook` }
}

const stage = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lotbook-webhooks-'))
  const filename = join(folder, 'plant.db')
  const opened = [await openStore({ filename }), await openStore({ filename })] as const
  const [one] = opened
  const closing: (() => Promise<void>)[] = []
  onTestFinished(async () => {
    for (const close of closing) await close()
    for (const { close } of opened) await close()
    rmSync(folder, { recursive: true, force: true })
  })
  const own = { now: Date.now, newUlid: makeUlidSource() }
  const inventory = makeInventory({ store: one.store, ...own })
  const webhooks = makeWebhooks({ webhooks: one.webhooks, ...own })
  await run(inventory.saveUnit({ symbol: 'kg', name: 'kilogram' }, ada))
  const material = await run(inventory.saveMaterial({ path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' }, ada))
  const lot = await run(inventory.saveLot({ name: 'A', materialId: material.id, status: 'AVAILABLE' }, ada))
  const logged: LogEntry[] = []
  const deliver = (
    { store, webhooks: hooks }: Pick<OpenStore, 'store' | 'webhooks'> = one,
    settings: Partial<PostSettings> = {},
    parts: Partial<DelivererParts> = {},
  ) => {
    const deliverer = startDeliverer({
      store,
      webhooks: hooks,
      post: makePost({
        timeoutMilliseconds: 60_000,
        answerBytes: 1024,
        allowsPrivate: true,
        resolve: systemResolve,
        ...settings,
      }),
      now: Date.now,
      monotonic: () => performance.now(),
      random: () => 0,
      log: (entry) => logged.push(entry),
      retry: { first: 2, most: 20 },
      // Who delivers alone keeps the right to, however slow the machine is.
      leaseMilliseconds: 60_000,
      pageSize: 7,
      ...parts,
    })
    closing.unshift(deliverer.stop)
    return deliverer
  }
  const hook = async (url: string, more: object = {}) => {
    const made = await run(webhooks.saveWebhook({ url, ...more }, ada))
    return { id: made.id, secret: made.secret ?? '', state: () => run(webhooks.getWebhook(made.id, ada)) }
  }
  const write = async (count: number, lotRecordType = 'SCRAP'): Promise<readonly number[]> => {
    const request = { lotRecordType, inventoryLotId: lot.id, status: 'COMPLETED' }
    const records = await Promise.all(
      Array.from({ length: count }, () => run(inventory.saveInventoryLotRecord(request, ada))),
    )
    return records.map(({ sequence }) => sequence ?? 0)
  }
  return { opened, one, inventory, webhooks, deliver, hook, write, logged }
}

const sequences = (got: readonly Got[]) => got.map(({ sequence }) => sequence)
const until = (look: () => unknown) => expect.poll(look, { interval: 5 })

describe('a webhook', () => {
  it('gets every version once and in order, with a signature that others can verify', async () => {
    const { deliver, hook, write } = await stage()
    const { got, url } = await receiver()
    const { secret, state } = await hook(url)
    deliver()
    const written = await write(40)
    await until(() => got.length).toBe(40)
    expect(sequences(got)).toEqual(written)
    const verifier = new Webhook(secret)
    for (const { headers, body } of got) {
      const signed = headers as Record<string, string>
      expect(verifier.verify(body, signed)).toEqual(JSON.parse(body))
      expect(() => verifier.verify(`${body} `, signed)).toThrow()
    }
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(40)
    expect(got[0]?.headers['content-type']).toBe('application/json')
    await until(async () => (await state()).pending).toBe(0)
    expect(await state()).toMatchObject({ failures: 0, failingSince: null, lastError: null })
  })

  it('gets only what its filter lets through, and is not behind for the rest', async () => {
    const { deliver, hook, write } = await stage()
    const { got, url } = await receiver()
    const { state } = await hook(url, { lotRecordTypes: ['EDIT'] })
    deliver()
    await write(20)
    const wanted = await write(2, 'EDIT')
    await write(20)
    await until(async () => (await state()).pending).toBe(0)
    expect(sequences(got)).toEqual(wanted)
  })

  it('that answers 500 gets the same again until it takes it, and nothing overtakes', async () => {
    const { deliver, hook, write, logged } = await stage()
    const { got, url } = await receiver((_got, tries) => (tries % 3 === 0 ? 200 : 500))
    const { state } = await hook(url)
    const written = await write(5)
    deliver()
    await until(async () => (await state()).pending).toBe(0)
    expect(sequences(got)).toEqual(written.flatMap((sequence) => [sequence, sequence, sequence]))
    for (const sequence of written) {
      const ids = got.filter((received) => received.sequence === sequence).map(({ headers }) => headers['webhook-id'])
      expect(new Set(ids).size).toBe(1)
    }
    expect(logged.filter(({ message }) => message === 'webhook failed')).toHaveLength(10)
  })

  it('whose server is dead stays behind and says why, while another goes on; then it gets all', async () => {
    const { deliver, hook, write } = await stage()
    const [dead, live] = [await receiver(), await receiver()]
    const [waiting, going] = [await hook(`http://dead.example:${dead.port}/`), await hook(live.url)]
    // The port stays its own: at another address of this machine nobody listens at it.
    let address = '127.0.0.2'
    const resolve: Resolve = async () => [{ address, family: 4 }]
    deliver(undefined, { resolve })
    const written = await write(6)
    await until(async () => (await going.state()).pending).toBe(0)
    await until(async () => (await waiting.state()).failures).toBeGreaterThan(2)
    expect(await waiting.state()).toMatchObject({
      pending: 6,
      lastError: expect.stringContaining('ECONNREFUSED'),
      failingSince: expect.any(String),
      nextAttemptDate: expect.any(String),
    })
    address = '127.0.0.1'
    await until(async () => (await waiting.state()).pending).toBe(0)
    expect([sequences(dead.got), sequences(live.got)]).toEqual([written, written])
    expect(await waiting.state()).toMatchObject({ failures: 0, lastError: null, failingSince: null })
  })

  it('goes on where it was after a restart', async () => {
    const { deliver, hook, write } = await stage()
    const { got, url } = await receiver()
    const { state } = await hook(url)
    const first = deliver()
    const before = await write(3)
    await until(async () => (await state()).pending).toBe(0)
    await first.stop()
    const after = await write(3)
    expect(got).toHaveLength(3)
    deliver()
    await until(async () => (await state()).pending).toBe(0)
    expect(sequences(got)).toEqual([...before, ...after])
  })

  it('that is changed is tried at once at its new address; one that is switched off or deleted gets nothing', async () => {
    const { deliver, hook, write, webhooks } = await stage()
    const [bad, good, off] = [await receiver(() => 500), await receiver(), await receiver()]
    const [moved, stopped, gone] = [await hook(bad.url), await hook(off.url, { enabled: false }), await hook(off.url)]
    await run(webhooks.deleteWebhook(gone.id, ada))
    deliver(undefined, {}, { retry: { first: 3_600_000, most: 3_600_000 } })
    const written = await write(2)
    await until(async () => (await moved.state()).failures).toBe(1)
    await run(webhooks.saveWebhook({ id: readUlid(moved.id), url: good.url }, ada))
    await until(async () => (await moved.state()).pending).toBe(0)
    expect([sequences(good.got), bad.got.length, off.got]).toEqual([written, 1, []])
    expect((await stopped.state()).pending).toBe(2)
  })

  it('is not followed where it redirects, and is a failure', async () => {
    const { deliver, hook, write } = await stage()
    const { got, url } = await receiver(() => 302)
    const { state } = await hook(url)
    deliver(undefined, {}, { retry: { first: 3_600_000, most: 3_600_000 } })
    await write(1)
    await until(async () => (await state()).lastError).toBe('the answer was 302')
    expect(got).toHaveLength(1)
  })

  it('that does not answer in time is a failure', async () => {
    const { deliver, hook, write } = await stage()
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      silent.closeAllConnections()
      silent.close()
    })
    const { state } = await hook(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/`)
    deliver(undefined, { timeoutMilliseconds: 50 })
    await write(1)
    await until(async () => (await state()).lastError).toBe('no answer within 50 ms')
  })

  it.each([
    ['http://127.0.0.1:PORT/', systemResolve],
    ['http://[::ffff:127.0.0.1]:PORT/', systemResolve],
    ['http://hooks.example:PORT/', async () => [{ address: '127.0.0.1', family: 4 }]],
    ['http://hooks.example:PORT/', async () => [{ address: '10.0.0.1', family: 4 }]],
  ])('at %s is refused as not public, and nothing is sent', async (address, resolve) => {
    const { deliver, hook, write } = await stage()
    const { got, url } = await receiver()
    const { state } = await hook(address.replace('PORT', new URL(url).port))
    deliver(undefined, { allowsPrivate: false, resolve })
    await write(1)
    await until(async () => (await state()).lastError).toContain('is not a public address')
    expect(got).toEqual([])
  })

  it('is called at the address that was looked at, whatever its name means later', async () => {
    const { deliver, hook, write } = await stage()
    const { got, url } = await receiver()
    let asked = 0
    const resolve: Resolve = async () => {
      asked += 1
      return [{ address: '127.0.0.1', family: 4 }]
    }
    const { state } = await hook(`http://hooks.example:${new URL(url).port}/`)
    deliver(undefined, { resolve })
    await write(3)
    await until(async () => (await state()).pending).toBe(0)
    expect([got.length, asked, got[0]?.headers.host]).toEqual([3, 3, `hooks.example:${new URL(url).port}`])
  })
})

describe('of two processes on one store', () => {
  it('one delivers; when it stops, the other goes on at once', async () => {
    const { opened, deliver, hook, write } = await stage()
    const { got, url } = await receiver()
    const { state } = await hook(url)
    // Time passes only where the test says so, so that no right ends by itself.
    const clock = { now: Date.now() }
    const parts = { monotonic: () => clock.now, leaseMilliseconds: 300 }
    const [first, second] = opened.map((open) => deliver(open, {}, parts))
    const before = await write(30)
    await until(async () => (await state()).pending).toBe(0)
    await first?.stop()
    // It asks three times in that time.
    clock.now += 100
    const after = await write(30)
    await until(async () => (await state()).pending).toBe(0)
    expect(sequences(got)).toEqual([...before, ...after])
    await second?.stop()
  })

  it('the other asks in vain, and sends nothing, until the right of one that died is over', async () => {
    const { one, opened, deliver, hook, write } = await stage()
    const now = Date.now()
    const clock = { now }
    const sent: number[] = []
    const { url } = await receiver(() => {
      sent.push(clock.now - now)
      return 204
    })
    const { state } = await hook(url)
    expect(await run(one.webhooks.lease('died', now))).toEqual({ owner: 'died', beat: now })
    const asked: boolean[] = []
    const { webhooks } = opened[1]
    const lease: typeof webhooks.lease = (...given) =>
      Effect.tap(webhooks.lease(...given), ({ owner }) => Effect.sync(() => asked.push(owner !== 'died')))
    const parts = { monotonic: () => clock.now, leaseMilliseconds: 300 }
    deliver({ ...opened[1], webhooks: { ...webhooks, lease } }, {}, parts)
    for (const [turn, passed] of [0, 100, 200].entries()) {
      clock.now = now + passed
      await write(2)
      await until(() => asked.length).toBe(turn + 1)
    }
    expect((await state()).pending).toBe(6)
    clock.now = now + 300
    await write(1)
    await until(async () => (await state()).pending).toBe(0)
    expect(asked.slice(0, 4)).toEqual([false, false, false, true])
    expect(sent).toEqual(Array(7).fill(300))
  })

  it('one that cannot keep its right stops before the other begins, and nothing is sent twice', async () => {
    const { one, opened, deliver, hook, write } = await stage()
    const clock = { now: Date.now() }
    const sent: string[] = []
    let isCutOff = false
    const asked = [0, 0]
    const { state } = await hook('http://hooks.example/')
    for (const [index, open] of opened.entries()) {
      const { lease } = open.webhooks
      const webhooks: typeof open.webhooks = {
        ...open.webhooks,
        lease: (...given) =>
          Effect.ensuring(
            Effect.suspend(() =>
              index === 0 && isCutOff ? Effect.fail(new StorageUnavailable({ reason: 'cut off' })) : lease(...given),
            ),
            Effect.sync(() => {
              asked[index] = (asked[index] ?? 0) + 1
            }),
          ),
      }
      const post: Post = async (_url, headers) => {
        sent.push(`${index} ${headers['webhook-id']}`)
        return 204
      }
      deliver({ ...open, webhooks }, {}, { monotonic: () => clock.now, leaseMilliseconds: 300, post })
      await until(() => asked[index]).toBe(1)
    }
    await write(5)
    await until(async () => (await state()).pending).toBe(0)
    expect(sent.map((by) => by[0])).toEqual(Array(5).fill('0'))
    isCutOff = true
    clock.now += 299
    const before = asked[1]
    await write(5)
    await until(async () => (await state()).pending).toBe(0)
    await until(() => asked[1]).toBe((before ?? 0) + 1)
    clock.now += 101
    await write(5)
    await until(async () => (await state()).pending).toBe(0)
    expect(sent.map((by) => by[0])).toEqual([...Array<string>(10).fill('0'), ...Array<string>(5).fill('1')])
    expect(new Set(sent.map((by) => by.slice(2))).size).toBe(15)
    expect(await run(one.webhooks.lease('a third', clock.now))).not.toMatchObject({ owner: 'a third' })
  })

  it('one that loses its right hangs up on what it is sending', async () => {
    const { one, deliver, hook, write } = await stage()
    const clock = { now: Date.now() }
    let [sent, hungUp] = [0, 0]
    await hook('http://hooks.example/')
    const post: Post = (_url, _headers, _body, signal) =>
      new Promise((_resolve, reject) => {
        sent += 1
        // While it is being sent the right ends, and somebody else has it.
        clock.now += 300
        signal.addEventListener('abort', () => {
          hungUp += 1
          reject(new Error('aborted'))
        })
      })
    const lease: typeof one.webhooks.lease = (...given) =>
      sent === 0 ? one.webhooks.lease(...given) : Effect.succeed({ owner: 'somebody else', beat: 1 })
    const parts = { monotonic: () => clock.now, leaseMilliseconds: 300, post }
    const { stop } = deliver({ ...one, webhooks: { ...one.webhooks, lease } }, {}, parts)
    await write(1)
    await until(() => hungUp).toBe(1)
    await stop()
    expect([sent, hungUp]).toEqual([1, 1])
  })

  it('one whose right is over notes nothing any more', async () => {
    const { one, hook } = await stage()
    const { url } = await receiver()
    await hook(url)
    const [webhook] = (await run(one.webhooks.all())).webhooks
    if (webhook === undefined) throw new Error('there is a webhook')
    const first = await run(one.webhooks.lease('first', 1))
    expect(await run(one.webhooks.lease('second', 2, first))).toEqual({ owner: 'second', beat: 2 })
    expect(await run(one.webhooks.progress(webhook, 'first', { ...webhook, position: 0 }))).toBe(false)
    expect(await run(one.webhooks.progress({ ...webhook, version: 9 }, 'second', webhook))).toBe(false)
    expect(await run(one.webhooks.progress(webhook, 'second', { ...webhook, position: 0 }))).toBe(true)
  })
})
