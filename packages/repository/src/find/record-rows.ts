import type { NotFound, RecordQuery, ValidationFailed } from '@lotbook/domain'
import { Result } from 'effect'
import { type Compilable, type RawBuilder, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all, type Call, first, type Program } from '../program.ts'
import type { KnownRecords } from '../rows/known-records.ts'
import { statement } from '../statement.ts'
import type { WideRow } from '../wide-row.ts'
import { type Conditional, type Filters, listing } from './listing.ts'
import type { Moments } from './moment.ts'
import { readCursor } from './page.ts'
import { conditionValues, operationConditions, recordConditions } from './record-filters.ts'
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
type Direction = 'asc' | 'desc'

/** The statements of a list of records in either order. */
export type RecordPages<R> = Readonly<Record<Direction, (values: Values, limit: number) => Call<WideRow<R>>>>

/** Makes the statements that list records, and finds the rows that a query asks for. */
export const makeRecordRows = (dialect: Dialect, resolve: Resolve, moments: Moments) => {
  const { db } = dialect
  const filters: Filters<Values> = {
    always: {
      after: (p) => sql`lot_record.id > ${p.after}`,
      before: (p) => sql`lot_record.id < ${p.before}`,
      concerns: (p) => sql`lot_record.id in (select id from lot_record as primaries where lot = ${p.concerns}
        union select id from lot_record as secondaries where secondary_lot = ${p.concerns}
        union select record from former_lot where lot = ${p.concerns})`,
    },
    narrowing: [
      {
        lot: (p) => sql`lot_record.lot = ${p.lot}`,
        otherRole: (p) => sql`(lot_record.secondary_lot = ${p.otherRole} and lot_record.lot <> ${p.otherRole})`,
        primaryLot: (p) => sql`lot_record.lot = ${p.primaryLot}`,
        secondaryLot: (p) => sql`lot_record.secondary_lot = ${p.secondaryLot}`,
        material: (p) => sql`lot.material = ${p.material}`,
      },
      operationConditions,
    ],
    others: recordConditions(dialect),
  }

  /** Lists what is selected of records. It has records as `lot_record`, and joined what conditions speak of. */
  const pages = <Q extends Conditional<Q>, R>(
    base: (p: KnownRecords) => Q,
    finish: (query: Q, direction: Direction, limit: RawBuilder<number>) => Compilable<R>,
  ): RecordPages<R> => {
    const inOrder = (direction: Direction) =>
      listing<Values>()<Q, R>(base, filters, (query, limit) => finish(query, direction, limit))
    return { asc: inOrder('asc'), desc: inOrder('desc') }
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

  /**
   * What the statements of a page answer: one, or two where a lot is given, for each of its roles. `pagesOf` is told
   * whether records are wanted as they stand.
   */
  function* answersOf<R>(
    query: RecordQuery,
    pagesOf: (asTheyStand: boolean) => RecordPages<R>,
  ): Program<Result.Result<readonly (readonly WideRow<R>[])[], NotFound | ValidationFailed>> {
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
    const page = pagesOf(sequence === undefined)[backwards ? 'desc' : 'asc']
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
    const rows = yield* all(page(values, query.limit))
    if (lot === undefined) return Result.succeed([rows])
    // Two ordered walks along an index each; as one condition it would sort the lot's whole history.
    return Result.succeed([rows, yield* all(page({ ...values, lot: undefined, otherRole: lot }, query.limit))])
  }

  return { pages, answersOf }
}

/** Puts what was found in several walks into the order of a query, by the keys of its records. */
export const inOrderOf = <A>(
  { newestFirst }: RecordQuery,
  found: readonly A[],
  keyOf: (item: A) => number,
): readonly A[] => {
  const sign = newestFirst === true ? -1 : 1
  return found.toSorted((left, right) => sign * (keyOf(left) - keyOf(right)))
}

/** What `makeRecordRows` makes. */
export type RecordRows = ReturnType<typeof makeRecordRows>
