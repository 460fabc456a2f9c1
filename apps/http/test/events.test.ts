import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call, type Grant, makeInventory, makeUlidSource, makeWebhooks } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeApp } from '../src/app.ts'
import type { Limits } from '../src/limits.ts'
import { serve } from '../src/serve.ts'
import { makeTransfer } from '../src/transfer.ts'
import { offencesAgainst } from './contract.ts'
import { type Reading, type Received, readEvents } from './sse-client.ts'

const ada: Call = { actor: 'ada', grants: ['INVENTORY'] }
const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> => Effect.runPromise(effect)

/** A server over a file, and a second store on the same file as another process would have it. */
const stage = async (limits: Partial<Limits> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'lotbook-events-'))
  const filename = join(folder, 'plant.db')
  const [one, other] = [await openStore({ filename }), await openStore({ filename })]
  const [here, there] = [one, other].map(({ store }) =>
    makeInventory({ store, now: Date.now, newUlid: makeUlidSource() }),
  ) as [ReturnType<typeof makeInventory>, ReturnType<typeof makeInventory>]
  const clock = { now: Date.now() }
  const app = makeApp({
    inventory: here,
    keys: one.keys,
    webhooks: makeWebhooks({ webhooks: one.webhooks, now: Date.now, newUlid: makeUlidSource() }),
    transfer: makeTransfer(one, { now: Date.now, newUlid: makeUlidSource() }),
    ready: one.store.checkpoint,
    checkpoint: one.store.checkpoint,
    now: () => clock.now,
    log: () => undefined,
    limits,
  })
  const served = await serve({ app, host: '127.0.0.1', port: 0, log: () => undefined, limits })
  onTestFinished(async () => {
    await served.close()
    await one.close()
    await other.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await run(here.saveUnit({ symbol: 'kg', name: 'kilogram' }, ada))
  const material = await run(here.saveMaterial({ path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' }, ada))
  const dock = await run(here.saveLocation({ path: 'Plant/Dock' }, ada))
  const lot = await run(here.saveLot({ name: 'A', materialId: material.id, status: 'AVAILABLE' }, ada))
  const key = async (name: string, grants: readonly Grant[], expires: number | null = null) =>
    (await run(one.keys.create({ name, grants, expires, createdBy: 'test', now: clock.now }))).secret
  const secret = await key('reader', ['INVENTORY.READ.GET'])
  const open = async (query = '', headers: Readonly<Record<string, string>> = {}, bearer = secret) => {
    const reading = await readEvents(`${served.url}/v1/events${query}`, {
      Authorization: `Bearer ${bearer}`,
      ...headers,
    })
    onTestFinished(reading.cut)
    return reading
  }
  /** A record that moves nothing. */
  const memo = (inventory = here, notes = '') =>
    run(
      inventory.saveInventoryLotRecord(
        { lotRecordType: 'SCRAP', inventoryLotId: lot.id, status: 'COMPLETED', notes },
        ada,
      ),
    )
  const receive = (quantity: number) => {
    const to = { inventoryLotId: lot.id, destinationLocationId: dock.id, status: 'COMPLETED' }
    return run(here.saveInventoryLotRecord({ lotRecordType: 'RECEIVE', quantity, ...to }, ada))
  }
  const count = async () => (await run(one.store.checkpoint())).count
  const get = (path: string) => fetch(served.url + path, { headers: { Authorization: `Bearer ${secret}` } })
  return { app, served, here, there, one, lot, dock, key, secret, clock, open, memo, receive, count, get }
}

/** The next block that is an event. */
const nextEvent = async (reading: Reading): Promise<Received | undefined> => {
  let received = await reading.next()
  while (received !== undefined && received.data === null) received = await reading.next()
  return received
}

describe('the event stream', () => {
  it('shows 5,000 events, each exactly once and in order, though it is cut 20 times while two stores write', async () => {
    const { open, memo, here, there, count } = await stage()
    const before = await count()
    const total = 5000
    const writing = [here, there].map(async (inventory) => {
      for (let written = 0; written < total / 2; written += 50)
        await Promise.all(Array.from({ length: 50 }, () => memo(inventory)))
    })
    const seen: number[] = []
    let lastId: string | undefined
    let cuts = 0
    while (seen.length < total) {
      const from = lastId
      const reading = from === undefined ? await open(`?after=${before}`) : await open('', { 'Last-Event-ID': from })
      const most = cuts < 20 ? Math.floor(((cuts + 1) * total) / 21) : total
      while (seen.length < most) {
        const received = await reading.next()
        if (received === undefined) throw new Error('the stream ended by itself')
        lastId = received.id ?? lastId
        if (received.event === 'lot-record') {
          const { sequence } = JSON.parse(received.data ?? '') as { readonly sequence: number }
          expect(received.id).toBe(String(sequence))
          seen.push(sequence)
        }
      }
      await reading.cut()
      cuts += 1
    }
    await Promise.all(writing)
    expect(cuts).toBe(21)
    expect(seen).toEqual(Array.from({ length: total }, (_, index) => before + index + 1))
    expect(await count()).toBe(before + total)
  })

  it('begins with what is written from now on, and survives a cut before the first event', async () => {
    const { open, memo, count } = await stage()
    await memo()
    const first = await open()
    const { id } = (await first.next()) ?? {}
    expect(id).toBe(String(await count()))
    await first.cut()
    const record = await memo(undefined, 'missed?')
    const second = await open('', { 'Last-Event-ID': id ?? '' })
    const received = await nextEvent(second)
    const data = JSON.parse(received?.data ?? '') as Record<string, unknown>
    expect([received?.id, received?.event]).toEqual([String(record.sequence), 'lot-record'])
    expect(data).toEqual({
      sequence: record.sequence,
      version: 1,
      writtenDate: record.createdDate,
      writtenBy: 'ada',
      record,
    })
    expect(offencesAgainst('LotRecordEvent', data)).toEqual([])
  })

  it('shows what another process writes', async () => {
    const { open, memo, there } = await stage()
    const reading = await open()
    await reading.next()
    const record = await memo(there)
    expect((await nextEvent(reading))?.id).toBe(String(record.sequence))
  })

  it('moves the id on past what a filter leaves out', async () => {
    const { open, memo, receive } = await stage()
    const reading = await open('?lotRecordType=RECEIVE')
    await reading.next()
    const left = await memo()
    expect(await reading.next()).toEqual({ id: String(left.sequence), event: null, data: null })
    const received = await receive(5)
    expect(await reading.next()).toMatchObject({ id: String(received.sequence), event: 'lot-record' })
  })

  it('says that it is there when there is nothing to say', async () => {
    const { open, memo } = await stage({ heartbeatMilliseconds: 10 })
    const reading = await open()
    await reading.next()
    const waiting = reading.next()
    await expect.poll(() => reading.comments.length).toBeGreaterThan(2)
    expect(new Set(reading.comments)).toEqual(new Set(['still here']))
    const { sequence } = await memo()
    expect((await waiting)?.id).toBe(String(sequence))
  })

  it.each([
    ['', { 'Last-Event-ID': 'garbage' }, 'lastEventId'],
    ['', { 'Last-Event-ID': '1e3' }, 'lastEventId'],
    ['', { 'Last-Event-ID': '999999' }, 'lastEventId'],
    ['?after=-1', {}, 'after'],
    ['?lot=A', {}, 'material'],
    ['?location=Nowhere', {}, 'location'],
    ['?lastEventId=1', {}, 'lastEventId'],
  ])('refuses %j with %j', async (query, headers, field) => {
    const { served, secret } = await stage()
    const answer = await fetch(`${served.url}/v1/events${query}`, {
      headers: { Authorization: `Bearer ${secret}`, ...headers },
    })
    const body = (await answer.json()) as { readonly errors: object }
    expect([answer.status, Object.keys(body.errors)]).toEqual([422, [field]])
  })

  it('ends when its key is revoked, or expires, before anything else is sent', async () => {
    const { open, one, key, memo, clock } = await stage({ heartbeatMilliseconds: 20 })
    const [revoked, expiring] = [
      await key('r', ['INVENTORY.READ']),
      await key('e', ['INVENTORY.READ'], clock.now + 1000),
    ]
    const readings = [await open('', {}, revoked), await open('', {}, expiring)]
    for (const reading of readings) await reading.next()
    await run(one.keys.revoke('r', { actor: 'test', now: clock.now }))
    clock.now += 1000
    await memo()
    for (const reading of readings) {
      expect(await reading.next()).toBeUndefined()
      expect(reading.comments.at(-1)).toBe('the key is no longer valid')
    }
  })

  it('has no room beyond the limit until another ends, and counts', async () => {
    const { open, get } = await stage({ eventStreams: 2 })
    const [first] = [await open(), await open()]
    const refused = await get('/v1/events')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await refused.json()).toMatchObject({ type: '/problems/too-many-streams' })
    const shown = async () => (await (await get('/metrics')).text()).match(/^lotbook_event_streams (\d+)$/mu)?.[1]
    expect(await shown()).toBe('2')
    await first?.cut()
    await expect.poll(shown).toBe('1')
    expect((await open()).status).toBe(200)
  })

  it('is not kept by a HEAD request', async () => {
    const { served, secret, get } = await stage({ eventStreams: 1 })
    const head = await fetch(`${served.url}/v1/events`, {
      method: 'HEAD',
      headers: { Authorization: `Bearer ${secret}` },
    })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    expect((await (await get('/metrics')).text()).match(/^lotbook_event_streams (\d+)$/mu)?.[1]).toBe('0')
  })

  it('ends when the server stops, which does not wait for it', async () => {
    const { open, served, secret } = await stage({ stopMilliseconds: 60_000 })
    const reading = await open()
    await reading.next()
    const closing = served.close()
    expect(await reading.next()).toBeUndefined()
    await closing
    await expect(fetch(`${served.url}/v1/events`, { headers: { Authorization: `Bearer ${secret}` } })).rejects.toThrow()
  })

  it('reads no further than a slow reader takes', async () => {
    const { served, secret, here, memo, one } = await stage()
    const long = 'x'.repeat(2000)
    for (let written = 0; written < 4000; written += 100)
      await Promise.all(Array.from({ length: 100 }, () => memo(here, long)))
    const reads: number[] = []
    const { versionsAfter } = one.store
    Object.assign(one.store, {
      versionsAfter: (sequence: number, limit: number) => {
        reads.push(sequence)
        return versionsAfter(sequence, limit)
      },
    })
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
    onTestFinished(() => {
      socket.destroy()
    })
    socket.pause()
    socket.write(`GET /v1/events?after=0 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${secret}\r\n\r\n`)
    // What the operating system holds is full when no further page is read, though other requests are answered.
    let before = -1
    await expect
      .poll(
        () => {
          const isStill = reads.length > 0 && reads.length === before
          before = reads.length
          return isStill
        },
        { interval: 200 },
      )
      .toBe(true)
    expect(reads.length).toBeLessThan(41)
    socket.resume()
    await expect.poll(() => reads.at(-1)).toBeGreaterThanOrEqual(4000)
  })
})

describe('publishInventoryState', () => {
  it('puts stock on the streams that are open now, without an id, and not again', async () => {
    const { open, receive, served, key, dock } = await stage()
    await receive(5)
    const reading = await open()
    await reading.next()
    const writer = await key('w', ['INVENTORY'])
    const publish = (body: object) =>
      fetch(`${served.url}/v1/inventory/publish-inventory-state`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${writer}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    const answer = await publish({ locationIdsOrPaths: ['Plant/Dock'] })
    expect([answer.status, await answer.json()]).toEqual([200, { published: 1 }])
    const received = await reading.next()
    const data = JSON.parse(received?.data ?? '') as Record<string, unknown>
    expect([received?.id, received?.event]).toEqual([null, 'inventory'])
    expect(data).toMatchObject({
      locationId: dock.id,
      locationPath: 'Plant/Dock',
      items: [{ lotName: 'A', quantity: 5 }],
      complete: true,
    })
    expect(offencesAgainst('InventoryEvent', data)).toEqual([])
    const again = await open('?after=0')
    expect((await nextEvent(again))?.event).toBe('lot-record')
    expect((await publish({ locationIdsOrPaths: ['Nowhere'] })).status).toBe(422)
  })
})
