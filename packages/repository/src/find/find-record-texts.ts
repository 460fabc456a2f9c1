import { jsonBytesOf, type NotFound, pageBytesOf, type RecordQuery, type ValidationFailed } from '@lotbook/domain'
import { Result } from 'effect'
import type { Dialect } from '../dialect.ts'
import { all, type Program } from '../program.ts'
import { selectRecordStates, selectRecords } from '../rows/lot-record.ts'
import { wideStatement } from '../statement.ts'
import { type makeFindRecords, showRecord } from './find-records.ts'
import { pageOf } from './page.ts'
import type { RecordRows } from './record-rows.ts'
import { makeRecordTexts } from './record-texts.ts'

/** Lists lot records as JSON. The text of a record is made once, and holds until something that it shows has changed. */
export const makeFindRecordTexts = (
  dialect: Dialect,
  { pages, rowsOf }: RecordRows,
  { findRecords }: ReturnType<typeof makeFindRecords>,
) => {
  const { db, isAmong } = dialect
  const textsUnder = makeRecordTexts()
  const states = pages(
    () => selectRecordStates(dialect),
    (query, direction, limit) => query.orderBy('lot_record.id', direction).limit(limit),
  )
  const byKeys = wideStatement((p: { readonly keys: string }) =>
    selectRecords(db).where(isAmong('lot_record.id', p.keys)),
  )

  return function* findRecordTexts(
    query: RecordQuery,
  ): Program<Result.Result<Uint8Array, NotFound | ValidationFailed>> {
    if (query.asKnownAt !== undefined) return Result.map(yield* findRecords(query), jsonBytesOf)
    const rows = yield* rowsOf(query, () => states)
    if (Result.isFailure(rows)) return Result.fail(rows.failure)
    const [newest] = rows.success
    const kept = textsUnder(newest?.get('stamp') ?? 0)
    const page = pageOf(
      rows.success,
      query,
      (row) => [row.get('lot_record_id')],
      (row) => ({
        key: row.get('lot_record_id'),
        state: { version: row.get('version'), reversal: row.get('reversal') },
      }),
    )
    const texts = page.items.map(({ key, state }) => kept.get(key, state))
    const missing = page.items.filter((_, place) => texts[place] === undefined)
    if (missing.length > 0) {
      const made = new Map<number, Uint8Array>()
      for (const row of yield* all(byKeys({ keys: JSON.stringify(missing.map(({ key }) => key)) })))
        made.set(row.get('lot_record_id'), jsonBytesOf(showRecord(row)))
      page.items.forEach(({ key, state }, place) => {
        const text = made.get(key)
        if (text === undefined) return
        texts[place] = text
        kept.set(key, state, text)
      })
    }
    return Result.succeed(pageBytesOf(texts as readonly Uint8Array[], page.next))
  }
}
