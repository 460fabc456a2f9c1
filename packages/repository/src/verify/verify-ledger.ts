import {
  type ArchiveLine,
  type Checkpoint,
  makeVerifier,
  type Sha256,
  type Verification,
  type Verifier,
} from '@lotbook/domain'
import { type ItemPage, makeReadArchive, type PageAfter } from '../archive/read-archive.ts'
import type { Dialect } from '../dialect.ts'
import { makeLedgerHead } from '../ledger-head.ts'
import { all, type Program } from '../program.ts'
import { inventoryCodec, lotCodec, selectLots, selectRows } from '../rows/lot.ts'
import { wideStatement } from '../statement.ts'
import { makeStoredRecords } from './stored-records.ts'
import { makeStoredVersions } from './stored-versions.ts'

const pageSize = 500

interface Page {
  readonly after: number
}

type MasterDataLine = Extract<ArchiveLine, { readonly item: Parameters<Verifier['masterData']>[0] }>
const kindsOfMasterData: ReadonlySet<string> = new Set<MasterDataLine['kind']>([
  ...(['unit', 'material', 'unitConversion', 'location', 'reasonCode'] as const),
])
const isMasterData = (line: ArchiveLine): line is MasterDataLine => kindsOfMasterData.has(line.kind)

/** All that the pages of a part of an archive hold, some at a time. */
function* itemsOf(part: PageAfter<ItemPage>, tell: (line: ArchiveLine) => void): Program<void> {
  for (let after = 0, last: number | undefined = 0; last !== undefined; after = last ?? after) {
    const page: ItemPage = yield* part(after)
    page.items.forEach(tell)
    last = page.last
  }
}

/** Tells a verifier all that the database holds, page by page: nothing is held in memory but what it remembers. */
export const makeVerify = (dialect: Dialect, sha256: Sha256, forWhom = { isRestoring: false }) => {
  const { db } = dialect
  const { readHead } = makeLedgerHead(dialect, forWhom)
  const { changePage, masterData } = makeReadArchive(dialect)
  const storedVersions = makeStoredVersions(db, pageSize)
  const storedRecords = makeStoredRecords(db, pageSize)
  const lotPage = wideStatement((p: Page) =>
    selectLots(db).where('lot.id', '>', p.after).orderBy('lot.id').limit(pageSize),
  )
  const rowsOfLots = wideStatement((p: Page & { readonly upTo: number }) =>
    selectRows(db).where('inventory.lot', '>', p.after).where('inventory.lot', '<=', p.upTo),
  )
  return function* verify(against?: Checkpoint): Program<Verification> {
    const verifier = makeVerifier(sha256, against)
    const { count, head, policy, knownAt } = yield* readHead()

    const lotPages: (Page & { readonly upTo: number })[] = []
    for (let after = 0, last: number | undefined = 0; last !== undefined; after = last ?? after) {
      const page = yield* all(lotPage({ after }))
      for (const row of page) verifier.lot(lotCodec.read(row))
      last = page.at(-1)?.get('lot_id')
      if (last !== undefined) lotPages.push({ after, upTo: last })
    }

    yield* storedVersions(verifier)

    yield* itemsOf(changePage, (line) => {
      if (line.kind === 'change') verifier.change(line.item, line.item.sequence)
    })
    for (const part of masterData)
      yield* itemsOf(part, (line) => {
        if (isMasterData(line)) verifier.masterData(line.item)
      })
    verifier.policy(policy)

    for (const page of lotPages) for (const row of yield* all(rowsOfLots(page))) verifier.row(inventoryCodec.read(row))

    yield* storedRecords(verifier)
    return verifier.end({ count, head }, knownAt)
  }
}
