import type { ImportKind } from '@lotbook/domain'
import { makePlant, type Plant } from '@lotbook/domain/testing'
import { describe, expect, it } from 'vitest'
import { type ExportKind, exportKinds, exportRows } from './export-rows.ts'
import { readCsv } from './read-csv.ts'
import { readNdjson } from './read-ndjson.ts'
import { runImport } from './run-import.ts'
import type { Format, SourceRow } from './source-row.ts'

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
const importing = async ({ importer, ada: caller }: Plant, key: string, rows: AsyncIterable<readonly SourceRow[]>) => {
  const { report } = await runImport({
    importer,
    caller,
    key: { scope: 's', key, fingerprint: '', expires: null },
    rows,
  })
  return report
}
const exported = async ({ inventory, ada }: Plant, what: ExportKind, format: Format = 'ndjson'): Promise<string> => {
  let text = ''
  for await (const part of exportRows(inventory, ada, what, format)) text += part
  return text
}
/** What was exported, without what each store says for itself. */
const own = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) =>
      Object.fromEntries(
        Object.entries(JSON.parse(line) as Record<string, unknown>).filter(
          ([field]) => !/^(?:\w*[iI]d|version|sequence|(?:created|modified)(?:Date|By))$/u.test(field),
        ),
      ),
    )

const names = ['=cmd()|x', '+1', "'tis", "'=1", 'a,"b"', 'crème 🧀', 'semi;colon', '@home', '-5']
const place = '=Plant/-Dock'
const rows = [
  { kind: 'unit', symbol: 'oz', name: '=ounce', notes: '=1+1\r\nsecond line, "quoted"', spare1: '' },
  { kind: 'unitConversion', from: 'kg', to: 'oz', factor: '7/3', notes: '\ttab' },
  { kind: 'unitConversion', from: 'l', to: 'oz', factor: 0.1 },
  ...names.map((name) => ({ kind: 'material', path: `Raw/${name}`, unitOfMeasureSymbol: 'kg', description: name })),
  {
    kind: 'location',
    path: place,
    allowNegativeInventory: true,
    storageCapacity: 12.5,
    storageCapacityUnitSymbol: 'kg',
  },
  { kind: 'reasonCode', lotRecordType: 'RECEIVE', reasonCode: '@home', requireComments: true },
  ...names.map((name) => ({ kind: 'lot', name, materialPath: `Raw/${name}`, notes: name })),
  ...names.map((name) => ({
    ...{ kind: 'lotRecord', lotRecordType: 'RECEIVE', status: 'COMPLETED', quantity: 0.5, notes: name },
    ...{ materialPath: `Raw/${name}`, inventoryLotName: name, destinationLocationPath: place },
    ...{ materialReasonCodeName: '@home', startDate: '2026-11-05T08:00:00.001Z' },
  })),
  { kind: 'material', path: 'Raw/\u202egnp', unitOfMeasureSymbol: 'kg' },
]
const kinds: readonly (readonly [ExportKind, ImportKind])[] = [
  ...([
    ['units', 'unit'],
    ['materials', 'material'],
    ['conversions', 'unitConversion'],
  ] as const),
  ...([
    ['locations', 'location'],
    ['reasonCodes', 'reasonCode'],
    ['lots', 'lot'],
    ['records', 'lotRecord'],
  ] as const),
]

describe.each(['csv', 'ndjson'] as const)('an export of each kind as %s', (format) => {
  it('is imported into another store as it was, whatever the words are', async () => {
    const [plant, copy] = [await makePlant(), await makePlant()]
    const text = rows.map((row) => JSON.stringify(row)).join('\n')
    const report = await importing(plant, 'rows', readNdjson(bytesOf(text)))
    expect(report).toMatchObject({
      rows: rows.length,
      saved: rows.length - 1,
      refused: 1,
      errors: [{ line: rows.length }],
    })

    for (const [what, kind] of kinds) {
      const file = await exported(plant, what, format)
      if (format === 'csv') expect(file).not.toMatch(/(?:^|,)"?[=+@\t]/mu)
      const read = format === 'csv' ? readCsv(bytesOf(file), kind) : readNdjson(bytesOf(file))
      expect(await importing(copy, what, read), what).toMatchObject({ refused: 0, errors: [] })
    }
    for (const what of exportKinds)
      expect(own(await exported(copy, what)), what).toEqual(own(await exported(plant, what)))
    const stock = own(await exported(copy, 'stock'))
    expect(new Set(stock.map(({ lotName }) => lotName))).toEqual(new Set(names))
  })
})

const saved = (type: string, lot: readonly [string, string], fields: Readonly<Record<string, unknown>>) => ({
  ...{ kind: 'lotRecord', lotRecordType: type, materialPath: lot[0], inventoryLotName: lot[1] },
  ...{ status: 'COMPLETED', startDate: '2026-11-05T08:00:00Z', ...fields },
})
const [milk1, milk2, cream2] = [['Raw/Milk', '1'] as const, ['Raw/Milk', '2'] as const, ['Made/Cream', '2'] as const]
/** Milk 1 goes into Cream 2, and there is a Milk 2 beside it. */
const twins = [
  { kind: 'material', path: 'Made/Cream', unitOfMeasureSymbol: 'l' },
  ...[milk1, milk2, cream2].map(([materialPath, name]) => ({ kind: 'lot', name, materialPath })),
  ...[milk1, milk2, cream2].map((lot) => saved('STATUS_CHANGE', lot, { lotStatus: 'AVAILABLE' })),
  saved('RECEIVE', milk1, { quantity: 9, destinationLocationPath: 'Plant/Dock' }),
  saved('CONSUME', milk1, {
    ...{ quantity: 3, sourceLocationPath: 'Plant/Dock' },
    ...{ secondaryInventoryLotName: '2', secondaryMaterialPath: 'Made/Cream' },
  }),
  saved('SPLIT', milk1, {
    ...{ quantity: 2, sourceLocationPath: 'Plant/Dock', secondaryInventoryLotName: '3' },
  }),
]

const reached = async ({ inventory, ada, done }: Plant, [material, name]: readonly [string, string]) => {
  const { id } = await done(inventory.getLotByIdOrNameAndMaterial(name, material, ada))
  const { nodes } = await done(inventory.traceLot(id ?? '', { direction: 'DESCENDANTS' }, ada))
  return nodes.map(({ materialPath, lotName }) => `${materialPath} ${lotName}`).toSorted()
}
/** Lots as they were at first: their records follow, and bring the status. */
async function* withoutStatus(rows: AsyncIterable<readonly SourceRow[]>): AsyncGenerator<readonly SourceRow[]> {
  for await (const chunk of rows)
    yield chunk.map((row) =>
      'fields' in row.input ? { ...row, input: { fields: { ...(row.input.fields as object), status: null } } } : row,
    )
}

describe.each(['csv', 'ndjson'] as const)('an export of records as %s', (format) => {
  it('names the other lot by its material too, so that an import traces to the same lots', async () => {
    const [plant, copy] = [await makePlant(), await makePlant()]
    const third = { kind: 'lot', name: '3', materialPath: 'Raw/Milk' }
    const text = [...twins.slice(0, 4), third, ...twins.slice(4)].map((row) => JSON.stringify(row)).join('\n')
    expect(await importing(plant, 'rows', readNdjson(bytesOf(text)))).toMatchObject({ errors: [], saved: 11 })
    for (const [what, kind] of kinds) {
      const file = await exported(plant, what, format)
      const read = format === 'csv' ? readCsv(bytesOf(file), kind) : readNdjson(bytesOf(file))
      const given = kind === 'lot' ? withoutStatus(read) : read
      expect(await importing(copy, what, given), what).toMatchObject({ refused: 0, errors: [] })
    }
    const others = own(await exported(plant, 'records')).map(({ secondaryMaterialPath: path }) => path)
    expect(others).toEqual([null, null, null, null, 'Made/Cream', 'Raw/Milk'])
    for (const store of [plant, copy]) {
      expect(await reached(store, milk1)).toEqual(['Made/Cream 2', 'Raw/Milk 1', 'Raw/Milk 3'])
      expect(await reached(store, milk2)).toEqual(['Raw/Milk 2'])
    }
  })
})

describe('a number in CSV', () => {
  it('stays a number, also below zero', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    await plant.consume(lot, 2.5, 5, plant.location.drain)
    expect(await exported(plant, 'stock', 'csv')).toMatch(/Plant\/Drain,Raw\/Sugar,A,AVAILABLE,AVAILABLE,-\d/u)
  })
})
