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
import { type Expression, type SqlBool, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all, first, type Program } from '../program.ts'
import { type KnownRecords, knownRecords } from '../rows/known-records.ts'
import {
  type NamesRow,
  namesOf,
  type RecordSource,
  recordCodec,
  recordTable,
  selectRecords,
} from '../rows/lot-record.ts'
import { statement, wideStatement } from '../statement.ts'
import type { WideRow } from '../wide-row.ts'
import { listing } from './listing.ts'
import type { Moments } from './moment.ts'
import { pageOf, readCursor } from './page.ts'
import { conditionValues, recordConditions } from './record-filters.ts'
import type { Resolve } from './resolve.ts'

interface Values extends ReturnType<typeof conditionValues> {
  readonly after: number | undefined
  readonly before: number | undefined
  /** The lot as the primary one. */
  readonly lot: number | undefined
  /** The same lot in the other role, and not in both. */
  readonly otherRole: number | undefined
  readonly primaryLot: number | undefined
  readonly secondaryLot: number | undefined
  readonly material: number | undefined
  /** A lot that all records have in some role, where that helps to find them. */
  readonly concerns: number | undefined
  readonly known: number
  readonly lastRecord: number
}

interface RecordRow extends NamesRow {
  readonly lot_record_sequence: number
}

/** A record as the faces show it; its sequence is that of its latest version. */
export const showRecord = (row: WideRow<RecordRow>): RecordView =>
  recordView(recordCodec.read(row), row.get('lot_record_sequence'), namesOf(row))

/** Lists lot records in the order in which they were first written, or the other way round. */
export const makeFindRecords = (dialect: Dialect, resolve: Resolve, moments: Moments) => {
  const { db } = dialect
  const conditions = recordConditions(dialect)
  const pageFrom = (direction: 'asc' | 'desc', sourceOf: (p: KnownRecords) => RecordSource) => {
    type Query = ReturnType<typeof selectRecords>
    const entries = Object.entries(conditions) as [string, (p: object) => Expression<SqlBool>][]
    const conditionFilters = Object.fromEntries(
      entries.map(([name, condition]) => [name, (query: Query, p: object) => query.where(condition(p))]),
    )
    return listing<Values>()(
      (p) => selectRecords(db, sourceOf(p)),
      {
        after: (query, p) => query.where('lot_record.id', '>', p.after),
        before: (query, p) => query.where('lot_record.id', '<', p.before),
        lot: (query, p) => query.where('lot_record.lot', '=', p.lot),
        otherRole: (query, p) =>
          query.where('lot_record.secondary_lot', '=', p.otherRole).where('lot_record.lot', '<>', p.otherRole),
        primaryLot: (query, p) => query.where('lot_record.lot', '=', p.primaryLot),
        secondaryLot: (query, p) => query.where('lot_record.secondary_lot', '=', p.secondaryLot),
        material: (query, p) => query.where('lot.material', '=', p.material),
        concerns: (query, p) =>
          query.where(sql<boolean>`lot_record.id in (select id from lot_record as primaries where lot = ${p.concerns}
            union select id from lot_record as secondaries where secondary_lot = ${p.concerns}
            union select record from former_lot where lot = ${p.concerns})`),
        ...conditionFilters,
      },
      (query, limit) => query.orderBy('lot_record.id', direction).limit(limit),
    )
  }
  const table = () => recordTable(db)
  const known = (p: KnownRecords) => knownRecords(dialect, p)
  const pages = {
    today: { asc: pageFrom('asc', table), desc: pageFrom('desc', table) },
    earlier: { asc: pageFrom('asc', known), desc: pageFrom('desc', known) },
  }
  const lastRecordBy = statement((p: { readonly known: number }) =>
    db
      .selectFrom('record_version')
      .select('record')
      .where('version', '=', 1)
      .where('sequence', '<=', p.known)
      .orderBy('sequence', 'desc')
      .limit(1),
  )

  function* findRecords(query: RecordQuery): Program<Result.Result<Page<RecordView>, NotFound | ValidationFailed>> {
    const cursor = readCursor(query, [0])
    if (Result.isFailure(cursor)) return Result.fail(cursor.failure)
    const found = yield* resolve({ lot: query.lot, material: query.material, location: query.location })
    if (Result.isFailure(found)) return Result.fail(found.failure)
    const from = yield* resolve({ lot: query.primaryLot, location: query.source })
    if (Result.isFailure(from)) return Result.fail(from.failure)
    const into = yield* resolve({ lot: query.secondaryLot, location: query.destination })
    if (Result.isFailure(into)) return Result.fail(into.failure)
    const { lot, material, location } = found.success
    const sequence = yield* moments.knownSequence(query.asKnownAt)
    const lastRecord = sequence === undefined ? undefined : yield* first(lastRecordBy({ known: sequence }))
    const backwards = query.newestFirst === true
    const page = pages[sequence === undefined ? 'today' : 'earlier'][backwards ? 'desc' : 'asc']
    const values: Values = {
      after: backwards ? undefined : cursor.success?.[0],
      before: backwards ? cursor.success?.[0] : undefined,
      lot,
      otherRole: undefined,
      primaryLot: from.success.lot,
      secondaryLot: into.success.lot,
      material,
      ...conditionValues(query, { location, source: from.success.location, destination: into.success.location }),
      concerns: sequence === undefined ? undefined : (lot ?? from.success.lot ?? into.success.lot),
      known: sequence ?? 0,
      lastRecord: lastRecord?.record ?? 0,
    }
    let rows = yield* all(page(values, query.limit))
    if (lot !== undefined) {
      // Two ordered walks along an index each; as one condition it would sort the lot's whole history.
      const others = yield* all(page({ ...values, lot: undefined, otherRole: lot }, query.limit))
      const sign = backwards ? -1 : 1
      rows = [...rows, ...others].sort((left, right) => sign * (left.get('lot_record_id') - right.get('lot_record_id')))
    }
    return Result.succeed(pageOf(rows, query, (row) => [row.get('lot_record_id')], showRecord))
  }

  const byUlid = wideStatement((p: { readonly ulid: Ulid }) => selectRecords(db).where('lot_record.ulid', '=', p.ulid))
  function* recordById(ulid: Ulid): Program<RecordView | undefined> {
    const row = yield* first(byUlid({ ulid }))
    return row && showRecord(row)
  }

  return { findRecords, recordById }
}
