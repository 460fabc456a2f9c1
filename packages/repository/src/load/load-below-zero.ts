import { findLocation, type Ref, type Ulid } from '@lotbook/domain'
import { type Kysely, sql } from 'kysely'
import { all, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { LoadLots } from './load-lots.ts'
import type { LoadMasterData } from './load-master-data.ts'
import type { Loaded } from './loaded.ts'

interface Below {
  readonly lot: Ulid
  readonly moment: number
  readonly quantity: number
}

/** Finds the rows of stock that are below zero at any moment. */
export const makeLoadBelowZero = (db: Kysely<Tables>, { loadLocation, loadLot }: LoadMasterData & LoadLots) => {
  // Entries of one instant count together: first the sum of each instant, then what the row holds after it.
  const belowZeroAt = statement((p: { readonly location: number }) =>
    db
      .with('changed', (query) =>
        query
          .selectFrom('inventory')
          .innerJoin('stock_entry', (join) =>
            join
              .onRef('stock_entry.lot', '=', 'inventory.lot')
              .onRef('stock_entry.location', '=', 'inventory.location'),
          )
          .select(['inventory.lot', 'stock_entry.effective_at'])
          .select(sql<number>`sum(stock_entry.quantity)`.as('change'))
          .where('inventory.location', '=', p.location)
          .groupBy(['inventory.lot', 'stock_entry.effective_at']),
      )
      .with('held', (query) =>
        query
          .selectFrom('changed')
          .select(['changed.lot', 'changed.effective_at'])
          .select(
            sql<number>`sum(changed.change) over (partition by changed.lot order by changed.effective_at)`.as(
              'quantity',
            ),
          ),
      )
      .with('below', (query) =>
        query
          .selectFrom('held')
          .select(['held.lot', 'held.effective_at', 'held.quantity'])
          .select(sql<number>`row_number() over (partition by held.lot order by held.effective_at)`.as('place'))
          .where('held.quantity', '<', 0),
      )
      .selectFrom('below')
      .innerJoin('lot', 'lot.id', 'below.lot')
      .select(['lot.ulid as lot', 'below.effective_at as moment'])
      .select(sql<number>`cast(below.quantity as bigint)`.as('quantity'))
      .where('below.place', '=', 1)
      .orderBy('below.effective_at')
      .orderBy('lot.ulid'),
  )

  /** The rows at a location that are below zero at any moment, each with the first; their lots are loaded. */
  function* loadBelowZero(loaded: Loaded, ref: Ref): Program<void> {
    yield* loadLocation(loaded, ref)
    const location = findLocation(loaded, ref)
    // Nothing goes below zero where that is not allowed.
    if (location === undefined || !location.allowNegativeInventory) return
    const key = loaded.keys.locations.get(location.id) as number
    const found: readonly Below[] = yield* all(belowZeroAt({ location: key }))
    for (const { lot, moment, quantity } of found) {
      yield* loadLot(loaded, { id: lot })
      loaded.belowZero.push({ locationId: location.id, lotId: lot, moment, quantity })
    }
  }

  return { loadBelowZero }
}
