import { jsonBytesOf, type NotFound, pageBytesOf, type RecordQuery, type ValidationFailed } from '@lotbook/domain'
import { Result } from 'effect'
import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all, type Program } from '../program.ts'
import { selectRecordStates, selectRecords } from '../rows/lot-record.ts'
import { wideStatement } from '../statement.ts'
import { type makeFindRecords, showRecord } from './find-records.ts'
import { pageOf, readCursor } from './page.ts'
import { type LedgerEnd, makeLookForChanges, RecordChanges } from './record-changes.ts'
import { RecordPages } from './record-pages.ts'
import { inOrderOf, type RecordRows } from './record-rows.ts'
import { makeRecordTexts, type RecordState } from './record-texts.ts'

interface KeyAndState {
  readonly key: number
  readonly state: RecordState
}

/** What a statement has put together: a key, a version and a reversal of each record. */
const statesIn = (text: string): readonly KeyAndState[] =>
  text
    .split(';')
    .slice(0, -1)
    .map((one) => {
      const [key, version = '', reversal = ''] = one.split(',')
      return { key: Number(key), state: { version, reversal } }
    })

/** Lists lot records as JSON. The text of a record is made once, and holds until something that it shows has changed. */
export const makeFindRecordTexts = (
  dialect: Dialect,
  { pages, answersOf }: RecordRows,
  { findRecords }: ReturnType<typeof makeFindRecords>,
) => {
  const { db, isAmong, joined } = dialect
  const textsUnder = makeRecordTexts()
  const changes = new RecordChanges()
  const lookForChanges = makeLookForChanges(db)
  const kept = new RecordPages()
  // One row, of one statement: a driver takes long to hand over rows, and hardly any time for a text.
  const states = pages(
    () => selectRecordStates(dialect),
    (query, direction, limit) =>
      db
        .selectFrom('ledger_head')
        .select(['count', 'head as hash', 'master_data as stamp'])
        .select((eb) =>
          eb
            .selectFrom(query.orderBy('lot_record.id', direction).limit(limit).as('page'))
            .select(
              joined(
                sql`cast(page.key as text) || ',' || coalesce(page.version, '') || ',' || coalesce(page.reversal, '') || ';'`,
              ).as('joined'),
            )
            .as('states'),
        ),
  )
  const byKeys = wideStatement((p: { readonly keys: string }) =>
    selectRecords(db).where(isAmong('lot_record.id', p.keys)),
  )

  const isKept = (query: RecordQuery): boolean => kept.has(JSON.stringify(query))

  /** A page that was made before, if nothing that it depends on has changed. It needs no snapshot. */
  function* keptPage(query: RecordQuery): Program<Uint8Array | undefined> {
    yield* lookForChanges(changes)
    return kept.get(JSON.stringify(query), changes)
  }

  function* textsOf(items: readonly KeyAndState[], { stamp }: LedgerEnd): Program<readonly Uint8Array[]> {
    const known = textsUnder(stamp)
    const texts = items.map(({ key, state }) => known.get(key, state))
    const missing = items.filter((_, place) => texts[place] === undefined)
    if (missing.length > 0) {
      const made = new Map<number, Uint8Array>()
      for (const row of yield* all(byKeys({ keys: JSON.stringify(missing.map(({ key }) => key)) })))
        made.set(row.get('lot_record_id'), jsonBytesOf(showRecord(row)))
      items.forEach(({ key, state }, place) => {
        const text = made.get(key)
        if (text === undefined) return
        texts[place] = text
        known.set(key, state, text)
      })
    }
    return texts as readonly Uint8Array[]
  }

  /** Makes a page of what is kept and what is read, in one snapshot. */
  function* makePage(query: RecordQuery): Program<Result.Result<Uint8Array, NotFound | ValidationFailed>> {
    if (query.asKnownAt !== undefined) return Result.map(yield* findRecords(query), jsonBytesOf)
    const answers = yield* answersOf(query, () => states)
    if (Result.isFailure(answers)) return Result.fail(answers.failure)
    const found = answers.success.flat()
    const [newest] = found
    if (newest === undefined) throw new Error('the ledger has lost its head')
    const end = { count: newest.get('count'), hash: newest.get('hash'), stamp: newest.get('stamp') }
    const all = found.flatMap((row) => statesIn(row.get('states') ?? ''))
    const inOrder = inOrderOf(query, all, ({ key }) => key)
    const page = pageOf(
      inOrder,
      query,
      ({ key }) => [key],
      (item) => item,
    )
    const bytes = pageBytesOf(yield* textsOf(page.items, end), page.next)
    kept.set(JSON.stringify(query), { bytes, end, range: rangeOf(query, inOrder[query.limit]?.key) })
    return Result.succeed(bytes)
  }

  return { isKept, keptPage, makePage }
}

/** The records that a page depends on: from behind its cursor to the first one that it does not show, or all. */
const rangeOf = (query: RecordQuery, next: number | undefined) => {
  const cursor = Result.getOrUndefined(readCursor(query, [0]))?.[0]
  const { NEGATIVE_INFINITY: first, POSITIVE_INFINITY: last } = Number
  return query.newestFirst === true
    ? { from: next ?? first, to: cursor === undefined ? last : cursor - 1 }
    : { from: cursor === undefined ? first : cursor + 1, to: next ?? last }
}
