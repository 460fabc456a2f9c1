import { type Kysely, type RawBuilder, sql } from 'kysely'
import { all, type Program } from '../program.ts'
import { isLive } from '../rows/live.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { Loaded } from './loaded.ts'

interface AtLocation {
  readonly location: number
}

/** The first live SPLIT that parted something into the lot, or null. */
const splitInto = (lot: string): RawBuilder<number | null> =>
  sql`(select min(split.id) from lot_record as split where split.secondary_lot = ${sql.ref(lot)} and split.type = 'SPLIT' and ${isLive('split')})`

const firstPosting = (lot: string): RawBuilder<number | null> =>
  sql`(select min(lot_record.effective_at) from stock_entry join lot_record on lot_record.id = stock_entry.record where stock_entry.lot = ${sql.ref(lot)} and ${isLive('lot_record')})`

/** Reads how old lots are: all those of a place at once, or one. */
export const makeLoadAges = (db: Kysely<Tables>) => {
  const lotsAt = (location: number) =>
    db
      .selectFrom('inventory')
      .select(['inventory.lot', 'inventory.lot as ancestor'])
      .where('inventory.location', '=', location)
      .where('inventory.quantity', '<>', 0)
  const oneLot = (lot: number) =>
    db.selectFrom('lot').select(['lot.id as lot', 'lot.id as ancestor']).where('lot.id', '=', lot)

  const agesFrom = (lots: ReturnType<typeof lotsAt> | ReturnType<typeof oneLot>) =>
    db
      // From each lot back to the one that it was split from, and so on. `union`, so that no circle is walked twice.
      .withRecursive('origin(lot, ancestor)', (query) =>
        (lots as ReturnType<typeof lotsAt>).union(
          query
            .selectFrom('origin')
            .innerJoin('lot_record', (join) => join.on(sql<boolean>`lot_record.id = ${splitInto('origin.ancestor')}`))
            .select(['origin.lot', 'lot_record.lot as ancestor']),
        ),
      )
      .selectFrom('origin')
      .innerJoin('lot', 'lot.id', 'origin.lot')
      .select(['lot.ulid', firstPosting('origin.ancestor').as('at')])
      .where(sql<boolean>`${splitInto('origin.ancestor')} is null`)

  const agesAt = statement((p: AtLocation) => agesFrom(lotsAt(p.location)))
  const ageOf = statement((p: { readonly lot: number }) => agesFrom(oneLot(p.lot)))

  /** The age of every lot of which something lies at the location: its own, or that of what it was split from. */
  function* loadAges(loaded: Loaded, location: number): Program<void> {
    for (const { ulid, at } of yield* all(agesAt({ location }))) if (at !== null) loaded.ages.set(ulid, at)
  }

  /** The ages of all lots that are loaded by now. */
  function* loadAgesOfAll(loaded: Loaded): Program<void> {
    for (const [id, lot] of loaded.keys.lots) {
      if (loaded.ages.has(id)) continue
      for (const { ulid, at } of yield* all(ageOf({ lot }))) if (at !== null) loaded.ages.set(ulid, at)
    }
  }

  return { loadAges, loadAgesOfAll }
}
