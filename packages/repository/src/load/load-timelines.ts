import { rowKey, type Timeline } from '@lotbook/domain'
import { type Kysely, sql } from 'kysely'
import { all, type Program } from '../program.ts'
import { isLive } from '../rows/live.ts'
import { lookup } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { Loaded } from './loaded.ts'

interface RowSince {
  readonly location: number
  readonly lot: number
  readonly since: number
}

/** Reads what happened to the loaded lots' rows from a moment on. */
export const makeLoadTimelines = (db: Kysely<Tables>) => {
  const entriesOf = lookup((p: RowSince) =>
    db
      .selectFrom('stock_entry')
      .select(['effective_at as effectiveDate', 'quantity'])
      .where('location', '=', p.location)
      .where('lot', '=', p.lot)
      .where('effective_at', '>=', p.since)
      .orderBy('effective_at')
      .orderBy('sequence')
      .orderBy('position'),
  )
  const countsOf = lookup((p: RowSince) =>
    db
      .selectFrom('lot_record')
      .select(['ulid as recordId', sql<number>`posted_sequence`.as('sequence'), 'effective_at as effectiveDate'])
      // Written out, not bound: only then does the partial index of counts apply.
      .where(sql<boolean>`type = 'EDIT'`)
      .where(isLive('lot_record'))
      .where('lot', '=', p.lot)
      .where('source', '=', p.location)
      .where('effective_at', '>=', p.since)
      .orderBy('effective_at')
      .orderBy('posted_sequence'),
  )

  /** The timelines of the rows that have entries at or after the moment. */
  function* loadTimelines(loaded: Loaded, since: number): Program<void> {
    for (const { lot, rows } of loaded.lots.values())
      for (const { locationId, lastEffectiveDate } of rows.values()) {
        if (lastEffectiveDate < since) continue
        const row = {
          location: loaded.keys.locations.get(locationId) as number,
          lot: loaded.keys.lots.get(lot.id) as number,
          since,
        }
        const timeline: Timeline = { entries: yield* all(entriesOf(row)), counts: yield* all(countsOf(row)) }
        loaded.timelines.set(rowKey(locationId, lot.id), timeline)
      }
  }

  return { loadTimelines }
}
