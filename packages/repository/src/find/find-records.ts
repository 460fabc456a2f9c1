import {
  type NotFound,
  type Page,
  type RecordQuery,
  type RecordView,
  recordView,
  type Ulid,
  type ValidationFailed,
} from '@lotbook/domain'
import { Result } from 'effect'
import type { Dialect } from '../dialect.ts'
import { first, type Program } from '../program.ts'
import { type KnownRecords, knownRecords } from '../rows/known-records.ts'
import { type NamesRow, namesOf, type RecordSource, recordCodec, selectRecords } from '../rows/lot-record.ts'
import { wideStatement } from '../statement.ts'
import type { WideRow } from '../wide-row.ts'
import { pageOf } from './page.ts'
import { inOrderOf, type RecordRows } from './record-rows.ts'

interface RecordRow extends NamesRow {
  readonly lot_record_id: number
  readonly lot_record_sequence: number
}

const keyOf = (row: WideRow<RecordRow>): number => row.get('lot_record_id')

/** A record as the faces show it; its sequence is that of its latest version. */
export const showRecord = (row: WideRow<RecordRow>): RecordView =>
  recordView(recordCodec.read(row), row.get('lot_record_sequence'), namesOf(row))

/** Lists lot records in the order in which they were first written, or the other way round. */
export const makeFindRecords = (dialect: Dialect, { pages, answersOf }: RecordRows) => {
  const { db } = dialect
  const from = (sourceOf: (p: KnownRecords) => RecordSource | undefined) =>
    pages(
      (p) => selectRecords(db, sourceOf(p)),
      (query, direction, limit) => query.orderBy('lot_record.id', direction).limit(limit),
    )
  const today = from(() => undefined)
  const earlier = from((p) => knownRecords(dialect, p))

  function* findRecords(query: RecordQuery): Program<Result.Result<Page<RecordView>, NotFound | ValidationFailed>> {
    const answers = yield* answersOf(query, (asTheyStand) => (asTheyStand ? today : earlier))
    return Result.map(answers, (found) =>
      pageOf(inOrderOf(query, found.flat(), keyOf), query, (row) => [keyOf(row)], showRecord),
    )
  }

  const byUlid = wideStatement((p: { readonly ulid: Ulid }) => selectRecords(db).where('lot_record.ulid', '=', p.ulid))
  function* recordById(ulid: Ulid): Program<RecordView | undefined> {
    const row = yield* first(byUlid({ ulid }))
    return row && showRecord(row)
  }

  return { findRecords, recordById }
}
