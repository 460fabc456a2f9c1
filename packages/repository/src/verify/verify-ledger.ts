import { type Checkpoint, makeVerifier, readInstant, readUlid, type Sha256, type Verification } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import { makeLedgerHead } from '../ledger-head.ts'
import { all, type Program } from '../program.ts'
import { inventoryCodec, lotCodec, selectLots, selectRows } from '../rows/lot.ts'
import { statement, wideStatement } from '../statement.ts'
import { makeStoredRecords } from './stored-records.ts'
import { makeStoredVersions } from './stored-versions.ts'

const pageSize = 500

interface Page {
  readonly after: number
}

// The change table keeps values as JSON: an instant in milliseconds, or as text.
const instantOf = (json: string): number | null | undefined => {
  const value: unknown = JSON.parse(json)
  if (value === null || typeof value === 'number') return value
  return typeof value === 'string' ? readInstant(value) : undefined
}

/** Tells a verifier all that the database holds, page by page: nothing is held in memory but what it remembers. */
export const makeVerify = (dialect: Dialect, sha256: Sha256, forWhom = { isRestoring: false }) => {
  const { db } = dialect
  const { readHead } = makeLedgerHead(dialect, forWhom)
  const storedVersions = makeStoredVersions(db, pageSize)
  const storedRecords = makeStoredRecords(db, pageSize)
  const lotPage = wideStatement((p: Page) =>
    selectLots(db).where('lot.id', '>', p.after).orderBy('lot.id').limit(pageSize),
  )
  const rowsOfLots = wideStatement((p: Page & { readonly upTo: number }) =>
    selectRows(db).where('inventory.lot', '>', p.after).where('inventory.lot', '<=', p.upTo),
  )
  const expirationPage = statement((p: Page) =>
    db
      .selectFrom('change_log')
      .select(['id', 'entity_id', 'to_value', 'sequence'])
      .where('id', '>', p.after)
      .where('entity', '=', 'lot')
      .where('field', '=', 'expirationDate')
      .orderBy('id')
      .limit(pageSize),
  )

  return function* verify(against?: Checkpoint): Program<Verification> {
    const verifier = makeVerifier(sha256, against)
    const { count, head } = yield* readHead()

    const lotPages: (Page & { readonly upTo: number })[] = []
    for (let after = 0, last: number | undefined = 0; last !== undefined; after = last ?? after) {
      const page = yield* all(lotPage({ after }))
      for (const row of page) verifier.lot(lotCodec.read(row))
      last = page.at(-1)?.get('lot_id')
      if (last !== undefined) lotPages.push({ after, upTo: last })
    }

    yield* storedVersions(verifier)

    for (let after = 0, last: number | undefined = 0; last !== undefined; after = last ?? after) {
      const page = yield* all(expirationPage({ after }))
      for (const change of page) {
        const lotId = readUlid(change.entity_id)
        const to = instantOf(change.to_value)
        if (lotId !== undefined && to !== undefined) verifier.expirationChange(lotId, to, change.sequence)
      }
      last = page.at(-1)?.id
    }

    for (const page of lotPages) for (const row of yield* all(rowsOfLots(page))) verifier.row(inventoryCodec.read(row))

    yield* storedRecords(verifier)
    return verifier.end({ count, head })
  }
}
