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

describe('a number in CSV', () => {
  it('stays a number, also below zero', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    await plant.consume(lot, 2.5, 5, plant.location.drain)
    expect(await exported(plant, 'stock', 'csv')).toMatch(/Plant\/Drain,Raw\/Sugar,A,AVAILABLE,AVAILABLE,-\d/u)
  })
})
