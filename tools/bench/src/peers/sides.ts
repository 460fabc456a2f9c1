import { join } from 'node:path'
import { makeInventory, makeUlidSource } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import { consumption } from '../consumption.ts'
import { sqliteIn } from '../engines/sqlite.ts'
import { makeBare } from '../http/bare-database.ts'
import { startServer } from '../http/child-server.ts'
import { load } from '../http/load.ts'
import { consumptions, ownSecret } from '../http/targets.ts'
import { draw, type Plant, seedPlant } from '../plant.ts'
import { root } from '../root.ts'
import type { RunningPeer, Side } from './peer.ts'

const connections = 16

/** Somebody's server under load. */
export const served = ({ url, next, stop }: RunningPeer): Side => ({
  perSecond: async (seconds) => (await load({ url, next, connections, seconds })).perSecond,
  stop,
})

/** Fills a new store, a file or a database. */
export const seedStore = async (address: string): Promise<Plant> => {
  const { store, close } = await openStore({ filename: address })
  const plant = await seedPlant(store)
  await close()
  return plant
}

/** `lotbook serve` on a store under load, with a key and an idempotency key on every consumption. */
export const lotbook = async (folder: string, address: string, plant: Plant): Promise<Side> => {
  const { url, stop } = await startServer({
    args: [join(root, 'apps/cli/bin/lotbook.mjs'), 'serve', '--db', address],
    env: { LOTBOOK_ADMIN_KEY: ownSecret },
    log: join(folder, 'lotbook.log'),
  })
  return served({ url, next: consumptions(plant, '/v1/lot-records'), stop })
}

/** The floor: Hono and better-sqlite3 alone, one synced transaction for each POST. */
export const bare = async (folder: string, plant: Plant): Promise<Side> => {
  const engine = sqliteIn(folder)
  await makeBare(engine, 'single', plant)
  const { url, stop } = await startServer(await engine.bareServer('single', 'single'))
  return served({ url, next: consumptions(plant, '/records'), stop })
}

/** The library in this process: one writer, one synced consumption at a time. */
export const library = async (address: string, plant: Plant): Promise<Side> => {
  const { store, close } = await openStore({ filename: address })
  const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
  const call = { actor: 'bench', grants: ['INVENTORY'] } as const
  return {
    perSecond: async (seconds) => {
      const start = performance.now()
      let count = 0
      while (performance.now() - start < seconds * 1000) {
        const request = consumption(plant, draw(plant.lots), Date.now())
        await Effect.runPromise(inventory.saveInventoryLotRecord(request, call))
        count += 1
      }
      return (count / (performance.now() - start)) * 1000
    },
    stop: close,
  }
}
