import { type LocalInventory, makeInventory, makeUlidSource, type Reach, reach } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import type { Engine } from '../engines/engine.ts'
import { type Comparison, compare } from '../rounds.ts'

/** Which way a trace goes. */
export type Way = 'ANCESTORS' | 'DESCENDANTS'

/** A store whose lots are traced, and the same database in the hands of its driver alone. */
export interface TracedStore {
  readonly inventory: LocalInventory
  /** The id of a lot by its number in the database. */
  readonly idOf: (lot: number) => Promise<string>
  /**
   * Traces a lot and makes the JSON, piece by piece as the HTTP API sends it: with depths and quantities, or everything.
   * Resolves with its length.
   */
  readonly asJson: (lot: number, way: Way, detail: 'BASIC' | 'FULL') => Promise<number>
  /** Walks only: lots with their depths, edges with quantities. */
  readonly walked: (lot: number, way: Way) => Promise<Reach>
  /** Times something against a recursive query that lists the ids of the lots, and nothing else. */
  readonly against: (work: () => Promise<unknown>, lot: number, way: Way, rounds: number) => Promise<Comparison>
  readonly close: () => Promise<void>
}

/** Lets the event loop turn once. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const caller = { actor: 'bench', grants: ['INVENTORY'] } as const
const limit = 100_000

/** Opens a store of genealogies. */
export const openTraced = async (engine: Engine, name: string): Promise<TracedStore> => {
  const { store, close } = await openStore({ filename: await engine.place(name) })
  const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
  const raw = await engine.openRaw(name)
  const lotsAlong = (near: string, far: string): string =>
    `with recursive reached(n) as (select cast(? as bigint) union select e.${far} from reached join trace_edge e on e.${near} = reached.n)
     select lot.ulid from reached join lot on lot.id = n`
  const listLots = { DESCENDANTS: lotsAlong('from_lot', 'to_lot'), ANCESTORS: lotsAlong('to_lot', 'from_lot') }
  const ids = new Map<number, string>()
  const idOf = async (lot: number): Promise<string> => {
    const [id = ''] = ids.has(lot)
      ? [ids.get(lot)]
      : await raw.column<string>('select ulid from lot where id = ?', [lot])
    ids.set(lot, id)
    return id
  }
  const repeated = (work: () => unknown) => async (times: number) => {
    for (let n = 0; n < times; n++) await work()
  }
  return {
    inventory,
    idOf,
    asJson: async (lot, direction, detail) => {
      let length = 0
      const pieces = inventory.traceLotJson(await idOf(lot), { direction, limit, detail }, caller)
      for (const piece of await Effect.runPromise(pieces)) {
        length += piece.length
        await turn()
      }
      return length
    },
    walked: (lot, way) =>
      Effect.runPromise(
        store.trace(() =>
          reach(lot, {
            side: way === 'ANCESTORS' ? 'up' : 'down',
            ...{ depth: null, asOf: null, lots: limit, edges: 10 * limit },
          }),
        ),
      ),
    against: (work, lot, way, rounds) =>
      compare(
        repeated(work),
        repeated(() => raw.column(listLots[way], [lot])),
        1,
        rounds,
        engine.clock,
      ),
    close: async () => {
      await raw.close()
      await close()
    },
  }
}
