import { type AffectedScope, findAffected, type Ulid } from '@lotbook/domain'
import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all, type Program } from '../program.ts'
import { isLive } from '../rows/live.ts'
import { selectBareLots } from '../rows/lot.ts'
import { statement, wideStatement } from '../statement.ts'
import type { AnswerWalk } from '../trace/answer-walk.ts'
import { type LoadLots, selectRows } from './load-lots.ts'
import type { Loaded } from './loaded.ts'

interface Lots {
  /** Ids, as a JSON list of objects. */
  readonly lots: string
}

// How many lots one statement reads.
const chunk = 500

/** Finds every lot that a recall affects, and loads those with stock: a few statements for many lots. */
export const makeLoadAffected = ({ db, rowsIn }: Dialect, { loadAll }: LoadLots, answerWalk: AnswerWalk) => {
  const isAmong = (p: Lots) => sql<boolean>`lot.ulid in (${rowsIn(p.lots, { ulid: 'text' })})`
  const lotsIn = wideStatement((p: Lots) => selectBareLots(db).where(isAmong(p)))
  const rowsOf = wideStatement((p: Lots) => selectRows(db).where(isAmong(p)))
  const lastStatusChanges = statement((p: Lots) =>
    db
      .selectFrom('lot')
      .innerJoin('lot_entry', 'lot_entry.lot', 'lot.id')
      .innerJoin('lot_record', 'lot_record.id', 'lot_entry.record')
      .select('lot.ulid')
      .select(sql<number>`max(lot_record.effective_at)`.as('at'))
      .where(isAmong(p))
      .where('lot_entry.status_to', 'is not', null)
      .whereRef('lot_entry.status_from', '<>', 'lot_entry.status_to')
      .where(isLive('lot_record'))
      .groupBy('lot.ulid'),
  )

  return function* loadAffected(loaded: Loaded, scope: AffectedScope): Program<void> {
    loaded.affected = yield* answerWalk(findAffected(scope))
    const ids: readonly Ulid[] = (loaded.affected?.lots ?? []).flatMap(({ id, hasStock }) => (hasStock ? [id] : []))
    for (let at = 0; at < ids.length; at += chunk) {
      const lots = JSON.stringify(ids.slice(at, at + chunk).map((ulid) => ({ ulid })))
      yield* loadAll(loaded, yield* all(lotsIn({ lots })), yield* all(rowsOf({ lots })))
      for (const change of yield* all(lastStatusChanges({ lots }))) loaded.lastStatusChanges.set(change.ulid, change.at)
    }
  }
}
