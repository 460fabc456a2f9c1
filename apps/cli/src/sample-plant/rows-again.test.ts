import { type Call, type ImportReport, makeImporter, makeInventory, makeUlidSource, type Store } from '@lotbook/domain'
import { type ExportKind, exportKinds, exportRows, readNdjson, runImport } from '@lotbook/exchange'
import { openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import { beforeAll, describe, expect, it } from 'vitest'
import { seedSamplePlant } from './sample-plant.ts'

const today = Date.parse('2026-11-23T00:00:00Z')
const later = today + 86_400_000
const caller: Call = { actor: 'tester', grants: ['INVENTORY'] }
const run = Effect.runPromise

type Row = Readonly<Record<string, unknown>>

const exported = async (store: Store, what: ExportKind): Promise<readonly Row[]> => {
  const inventory = makeInventory({ store, now: () => later, newUlid: makeUlidSource() })
  let text = ''
  for await (const part of exportRows(inventory, caller, what, 'ndjson')) text += part
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]))
}

async function* bytesOf(rows: readonly Row[]): AsyncGenerator<Uint8Array> {
  yield Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))
}

/** What came of the rows of each kind, imported into a new ledger in the order of the kinds. */
const imported = async (rowsOf: ReadonlyMap<ExportKind, readonly Row[]>) => {
  const { store } = await openStore({ filename: ':memory:' })
  const importer = makeImporter({ store, now: () => later, newUlid: makeUlidSource() })
  const reports = new Map<ExportKind, ImportReport>()
  for (const [what, rows] of rowsOf) {
    const key = { scope: 'test', key: what, fingerprint: '', expires: null }
    const { report } = await runImport({ importer, caller, key, rows: readNdjson(bytesOf(rows)) })
    reports.set(what, report)
  }
  const came = [...reports].map(([what, { saved, alreadyThere, refused }]) => [what, saved, alreadyThere, refused])
  return { store, came, errorsOf: (what: ExportKind) => reports.get(what)?.errors ?? [] }
}

const stockOf = async (store: Store): Promise<readonly string[]> =>
  (await exported(store, 'stock'))
    .map(({ locationPath, materialPath, lotName, lotStatus, quantity }) =>
      [locationPath, materialPath, lotName, lotStatus, quantity].join(' | '),
    )
    .toSorted()

describe('the sample plant, exported by rows and imported into a new ledger', () => {
  let source: Store
  const rows = new Map<ExportKind, readonly Row[]>()
  beforeAll(async () => {
    source = (await openStore({ filename: ':memory:' })).store
    await run(seedSamplePlant(source, today))
    for (const what of exportKinds) if (what !== 'stock') rows.set(what, await exported(source, what))
  })

  const masterData = [
    ['units', 3, 0, 0],
    ['conversions', 0, 0, 0],
    ['materials', 12, 0, 0],
    ['locations', 15, 0, 0],
    ['reasonCodes', 10, 0, 0],
  ]

  it('as it was: a lot gets its status now, so SHIPPED lots and most records from before are refused', async () => {
    const { store, came, errorsOf } = await imported(rows)
    expect(came).toEqual([...masterData, ['lots', 27, 0, 13], ['records', 85, 0, 215]])
    const shipped = (rows.get('lots') ?? []).flatMap(({ status }, index) => (status === 'SHIPPED' ? [index + 1] : []))
    expect(errorsOf('lots').map(({ line }) => line)).toEqual(shipped)
    for (const { errors } of errorsOf('lots'))
      expect(errors).toEqual({ '(root)': [expect.stringContaining('cannot go from OPEN to SHIPPED')] })
    expect((await run(store.verify())).mismatches).toEqual([])
  })

  it('without the status of lots: all of it but a MERGE of a whole lot, and a record with its reversal', async () => {
    const lots = (rows.get('lots') ?? []).map((row) => ({ ...row, status: null }))
    const { store, came, errorsOf } = await imported(new Map([...rows, ['lots', lots]]))
    expect(came).toEqual([...masterData, ['lots', 40, 0, 0], ['records', 297, 0, 3]])
    const reversal = 'must be empty: a history with its reversals is carried over by a full export and a restore'
    expect(errorsOf('records')).toEqual([
      { line: 101, errors: { sourceLocationPath: ['is required: a MERGE of a quantity says where that lies'] } },
      { line: 215, errors: { reversedBy: [reversal] } },
      { line: 216, errors: { reversalOf: [reversal] } },
    ])
    // What was merged lies in two lots still; all else lies where it lay, in the same status.
    const place = 'Dairy/Warehouse/Cold store | Dairy/Butter'
    const [left, right] = [await stockOf(source), await stockOf(store)]
    expect(left.filter((row) => !right.includes(row))).toEqual([`${place} | BUTTER-2026-10-22 | AVAILABLE | 80`])
    expect(right.filter((row) => !left.includes(row))).toEqual([
      `${place} | BUTTER-2026-10-15 | AVAILABLE | 40`,
      `${place} | BUTTER-2026-10-22 | AVAILABLE | 40`,
    ])
    expect((await run(store.verify())).mismatches).toEqual([])
  })
})
