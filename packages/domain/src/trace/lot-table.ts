import { ask, type Key, type TracedLot, type Walk } from './questions.ts'
import { inChunks } from './reach.ts'
import { ShownIds } from './shown-id.ts'

/** Which lots a trace shows, by their places: bytes and words instead of objects, because there may be many. */
export interface LotTable {
  /** The ids as they are shown, in ASCII, `shownIdLength` bytes each. */
  readonly ids: Uint8Array
  /** The symbols of their units. */
  readonly units: readonly string[]
}

// About a millisecond of a store's time.
const chunk = 1000

/** Reads which lots are shown. */
export function* readLots(keys: readonly Key[]): Walk<LotTable> {
  const ids = new ShownIds(keys.length)
  const units: string[] = []
  for (const lots of inChunks(keys, chunk)) {
    const found = yield* ask('lotColumns', { lots })
    ids.read(found.ids)
    for (let index = 0; index < lots.length; index++) {
      ids.set(units.length, index)
      units.push(found.units[index] as string)
    }
  }
  return { ids: ids.bytes, units }
}

/** The same of lots of which everything is known. */
export const tableOfLots = (keys: readonly Key[], lots: ReadonlyMap<Key, TracedLot>): LotTable => {
  const ids = new ShownIds(keys.length)
  const units: string[] = []
  for (const [place, key] of keys.entries()) {
    const { lot, unit } = lots.get(key) as TracedLot
    ids.read(lot.id)
    ids.set(place, 0)
    units.push(unit.symbol)
  }
  return { ids: ids.bytes, units }
}
