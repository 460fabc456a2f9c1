import type { Ulid, Verifier } from '@lotbook/domain'
import { type Kysely, sql } from 'kysely'
import { all, type Program } from '../program.ts'
import { recordCodec, selectRecords } from '../rows/lot-record.ts'
import { statement, wideStatement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import { makeStoredLinks } from './stored-links.ts'

interface Range {
  readonly after: number
  readonly upTo: number
}

const grouped = <R, A>(rows: readonly R[], keyOf: (row: R) => number, show: (row: R) => A): Map<number, A[]> => {
  const groups = new Map<number, A[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [show(row)])
    else group.push(show(row))
  }
  return groups
}

/** Tells a verifier every record as it stands, with its versions and what other records say of it. */
export const makeStoredRecords = (db: Kysely<Tables>, pageSize: number) => {
  const records = wideStatement((p: { readonly after: number }) =>
    selectRecords(db).where('lot_record.id', '>', p.after).orderBy('lot_record.id').limit(pageSize),
  )
  const versions = statement((p: Range) =>
    db
      .selectFrom('record_version')
      .select(['record', 'sequence', 'content'])
      .where('record', '>', p.after)
      .where('record', '<=', p.upTo)
      .orderBy('record')
      .orderBy('version'),
  )
  const reversals = statement((p: Range) =>
    db
      .selectFrom('lot_record')
      .select([sql<number>`reversal_of`.as('original'), 'ulid'])
      .where('reversal_of', '>', p.after)
      .where('reversal_of', '<=', p.upTo)
      .orderBy('lot_record.id'),
  )
  const takeBacks = statement((p: Range) =>
    db
      .selectFrom('take_back')
      .select(['consume_record', sql<number>`cast(sum(quantity) as bigint)`.as('quantity')])
      .where('consume_record', '>', p.after)
      .where('consume_record', '<=', p.upTo)
      .groupBy('consume_record'),
  )

  const storedLinks = makeStoredLinks(db)

  return function* storedRecords(verifier: Verifier): Program<void> {
    let after = 0
    while (true) {
      const page = yield* all(records({ after }))
      const upTo = page.at(-1)?.get('lot_record_id')
      if (upTo === undefined) break
      const range = { after, upTo }
      const texts = grouped(
        yield* all(versions(range)),
        ({ record }) => record,
        ({ sequence, content }) => ({ sequence, content }),
      )
      const reversedBy = grouped(
        yield* all(reversals(range)),
        ({ original }) => original,
        ({ ulid }): Ulid => ulid,
      )
      const takenBack = new Map((yield* all(takeBacks(range))).map((row) => [row.consume_record, row.quantity]))
      const links = yield* storedLinks.inRange(range)
      for (const row of page) {
        const key = row.get('lot_record_id')
        verifier.record({
          record: recordCodec.read(row),
          sequence: row.get('lot_record_sequence'),
          postedSequence: row.get('lot_record_posted_sequence') ?? 0,
          effectiveDate: row.get('lot_record_effective_at'),
          takenBack: row.get('lot_record_taken_back'),
          versions: texts.get(key) ?? [],
          reversals: reversedBy.get(key) ?? [],
          takeBacks: takenBack.get(key) ?? 0,
          links: links.get(key) ?? [],
        })
      }
      after = upTo
    }
    verifier.links(yield* storedLinks.count())
  }
}
