import { findLocation, type Location, type Ref } from '@lotbook/domain'
import type { Program } from '../program.ts'
import type { LoadLots } from './load-lots.ts'
import type { LoadMasterData } from './load-master-data.ts'
import type { Loaded } from './loaded.ts'

const limits = ({ storageCapacity, lotStorageStrategy }: Location): boolean =>
  storageCapacity !== null || lotStorageStrategy !== 'ALLOW_MULTIPLE'

/** Reads the places where stock may arrive into what is known, and what lies at those that limit what they hold. */
export const makeLoadArrivals = ({ loadLocation, loadStockAt }: LoadMasterData & LoadLots) => {
  function* loadArrival(loaded: Loaded, ref: Ref): Program<void> {
    yield* loadLocation(loaded, ref)
    const location = findLocation(loaded, ref)
    if (location === undefined || loaded.limiting.has(location.id) || !limits(location)) return
    loaded.limiting.add(location.id)
    yield* loadStockAt(loaded, { id: location.id })
  }
  return { loadArrival }
}
/** What `makeLoadArrivals` makes. */
export type LoadArrivals = ReturnType<typeof makeLoadArrivals>
