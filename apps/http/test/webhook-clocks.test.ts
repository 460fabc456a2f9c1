import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call, makeInventory, makeUlidSource, makeWebhooks, StorageUnavailable } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import { newDatabase, type PostgresServer, startPostgres } from '@lotbook/repository/testing'
import { Effect } from 'effect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDeliverer } from '../src/webhooks/deliverer.ts'

const ada: Call = { actor: 'ada', grants: ['INVENTORY'] }
const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> => Effect.runPromise(effect)
const until = (look: () => unknown) => expect.poll(look, { interval: 5 })
const leaseMilliseconds = 300
const hour = 3_600_000

let server: PostgresServer
let folder: string
beforeAll(async () => {
  server = await startPostgres()
  folder = mkdtempSync(join(tmpdir(), 'lotbook-webhook-clocks-'))
})
afterAll(async () => {
  await server.remove()
  rmSync(folder, { recursive: true, force: true })
})

const engines = [
  ['SQLite', async (name: string) => join(folder, `${name}.db`)],
  ['PostgreSQL', (name: string) => newDatabase(server.address, name)],
] as const

describe.each(engines)('webhooks of two processes whose clocks differ by an hour, on %s', (_engine, place) => {
  /** Two deliverers, of which the first has the right. Their monotonic time passes only where the test says so. */
  const stage = async (name: string, ahead: number) => {
    const filename = await place(name)
    const opened = [await openStore({ filename }), await openStore({ filename })] as const
    const [{ store, webhooks }] = opened
    const own = { now: Date.now, newUlid: makeUlidSource() }
    const inventory = makeInventory({ store, ...own })
    const hooks = makeWebhooks({ webhooks, ...own })
    await run(inventory.saveUnit({ symbol: 'kg', name: 'kilogram' }, ada))
    const material = await run(inventory.saveMaterial({ path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' }, ada))
    const lot = await run(inventory.saveLot({ name: 'A', materialId: material.id, status: 'AVAILABLE' }, ada))
    const hook = await run(hooks.saveWebhook({ url: 'http://hooks.example/' }, ada))
    const first = (await run(store.checkpoint())).count + 1
    const sent: string[] = []
    const asked = [0, 0]
    let died = false
    const passed = [5_000, 70_000]
    const deliverers = opened.map((open, index) => () => {
      const { lease } = open.webhooks
      return startDeliverer({
        store: open.store,
        webhooks: {
          ...open.webhooks,
          lease: (...given) =>
            Effect.ensuring(
              // One that died asks nobody any more.
              index === 0 && died ? Effect.fail(new StorageUnavailable({ reason: 'it died' })) : lease(...given),
              Effect.sync(() => {
                asked[index] = (asked[index] ?? 0) + 1
              }),
            ),
        },
        post: async (_url, _headers, body) => {
          sent.push(`${index}: ${(JSON.parse(body) as { data: { sequence: number } }).data.sequence}`)
          return 204
        },
        now: () => Date.now() + index * ahead,
        monotonic: () => passed[index] ?? 0,
        random: () => 0,
        log: () => undefined,
        retry: { first: 2, most: 20 },
        leaseMilliseconds,
        pageSize: 7,
      })
    }) as [() => ReturnType<typeof startDeliverer>, () => ReturnType<typeof startDeliverer>]
    const pending = async () => (await run(hooks.getWebhook(hook.id, ada))).pending
    const write = async (count: number): Promise<void> => {
      const request = { lotRecordType: 'SCRAP', inventoryLotId: lot.id, status: 'COMPLETED' }
      for (let done = 0; done < count; done += 1) await run(inventory.saveInventoryLotRecord(request, ada))
    }
    const writeAndDeliver = async (count: number): Promise<void> => {
      await write(count)
      await until(pending).toBe(0)
    }
    /** Lets time pass for one of them, until it has asked for the right. */
    const pass = async (index: 0 | 1, milliseconds: number): Promise<void> => {
      const before = asked[index] ?? 0
      passed[index] = (passed[index] ?? 0) + milliseconds
      await until(() => asked[index]).toBeGreaterThan(before)
    }
    /** Ends the first one as a kill does: it asks no more, and its right is over. */
    const die = async (): Promise<void> => {
      died = true
      await pass(0, leaseMilliseconds)
    }
    const close = async () => {
      for (const open of opened) await open.close()
    }
    /** What is sent when so many are sent by this one. */
    const sends = (index: 0 | 1, from: number, count: number) =>
      Array.from({ length: count }, (_, nth) => `${index}: ${first + from + nth}`)
    return { deliverers, sent, asked, write, writeAndDeliver, pending, pass, die, close, sends }
  }

  it.each([
    ['ahead', hour],
    ['behind', -hour],
  ])('are sent once and in order while both live: the other’s clock is %s', async (which, ahead) => {
    const { deliverers, sent, asked, writeAndDeliver, pass, close, sends } = await stage(`live_${which}`, ahead)
    const [start, startOther] = deliverers
    const one = start()
    await writeAndDeliver(2)
    const other = startOther()
    await until(() => asked[1]).toBeGreaterThan(0)
    // Five times as long as a right lasts.
    for (let turn = 0; turn < 15; turn += 1) {
      await pass(0, leaseMilliseconds / 3)
      await pass(1, leaseMilliseconds / 3)
      await writeAndDeliver(1)
    }
    expect(sent).toEqual(sends(0, 0, 17))
    await one.stop()
    await pass(1, leaseMilliseconds / 3)
    await writeAndDeliver(3)
    expect(sent).toEqual([...sends(0, 0, 17), ...sends(1, 17, 3)])
    await other.stop()
    await close()
  })

  it.each([
    ['ahead', hour],
    ['behind', -hour],
  ])('go on once the right of one that died has stood for its time: the other’s clock is %s', async (which, ahead) => {
    const { deliverers, sent, asked, write, pass, pending, die, close, sends, ...on } = await stage(
      `dead_${which}`,
      ahead,
    )
    const [start, startOther] = deliverers
    const one = start()
    await on.writeAndDeliver(2)
    const other = startOther()
    await until(() => asked[1]).toBeGreaterThan(0)
    await die()
    await write(3)
    // It asks three times in that time, and the third time it takes it.
    for (const milliseconds of [100, 100]) await pass(1, milliseconds)
    expect([await pending(), sent]).toEqual([3, sends(0, 0, 2)])
    await pass(1, 100)
    await until(pending).toBe(0)
    expect(sent).toEqual([...sends(0, 0, 2), ...sends(1, 2, 3)])
    await other.stop()
    await one.stop()
    await close()
  })
})
