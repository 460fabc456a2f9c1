import { writeFileSync } from 'node:fs'
import { beginOn, type Folder, lotbook } from '../program.ts'

type Row = Readonly<Record<string, unknown>>

const material = (path: string): Row => ({ kind: 'material', path, unitOfMeasureSymbol: 'kg' })
const lot = (name: string, materialPath: string): Row => ({ kind: 'lot', name, materialPath, status: 'AVAILABLE' })

let minute = 0
const record = (lotRecordType: string, name: string, materialPath: string, more: Row): Row => {
  minute += 1
  const startDate = new Date(Date.UTC(2026, 10, 1) + minute * 60_000).toISOString()
  return {
    kind: 'lotRecord',
    status: 'COMPLETED',
    startDate,
    endDate: startDate,
    ...{ lotRecordType, inventoryLotName: name, materialPath },
    ...more,
  }
}

const place = 'Test/Store'
const received = (name: string, path: string, quantity: number): Row =>
  record('RECEIVE', name, path, { quantity, destinationLocationPath: place })
const consumed = (name: string, path: string, into: string, intoPath: string, quantity: number | null): Row =>
  record('CONSUME', name, path, {
    ...(quantity !== null && { quantity, sourceLocationPath: place }),
    secondaryInventoryLotName: into,
    secondaryMaterialPath: intoPath,
  })
const produced = (name: string, path: string, from: string, fromPath: string, quantity: number): Row =>
  record('PRODUCE', name, path, {
    quantity,
    destinationLocationPath: place,
    secondaryInventoryLotName: from,
    secondaryMaterialPath: fromPath,
  })

/** A name that would be a script if anybody took it for HTML. */
export const wickedName = '<img src=x onerror="globalThis.owned=1">'
const wickedMaterial = 'Wicked/<svg onload="globalThis.owned=1">'

/** Lots with wicked names, a memo, an inferred step, and one that was scrapped. */
const oddRows = (): readonly Row[] => {
  const operationId = '01JJCQEJYG-E31FHVTF-JB6WEJTC'
  return [
    ...['Odd/Base', wickedMaterial].map(material),
    ...['ODD-A', 'ODD-B', 'ODD-C', 'ODD-SCRAP', 'LONELY'].map((name) => lot(name, 'Odd/Base')),
    lot(wickedName, wickedMaterial),
    received('ODD-A', 'Odd/Base', 100),
    consumed('ODD-A', 'Odd/Base', wickedName, wickedMaterial, 30),
    consumed('ODD-A', 'Odd/Base', 'ODD-B', 'Odd/Base', null),
    record('CONSUME', 'ODD-A', 'Odd/Base', { quantity: 5, sourceLocationPath: place, operationId }),
    record('PRODUCE', 'ODD-C', 'Odd/Base', { quantity: 5, destinationLocationPath: place, operationId }),
    produced('ODD-SCRAP', 'Odd/Base', 'ODD-A', 'Odd/Base', 7),
    record('SCRAP', 'ODD-SCRAP', 'Odd/Base', { quantity: 7, sourceLocationPath: place }),
  ]
}

/** One lot that went into 27, and each of these into 36: 1,000 lots, with the traced one. */
const wideRows = (): readonly Row[] => {
  const [base, middle, leaf] = ['Wide/Base', 'Wide/Middle', 'Wide/Leaf']
  const middles = Array.from({ length: 27 }, (_, index) => `MID-${index + 1}`)
  const leaves = middles.flatMap((from) =>
    Array.from({ length: 36 }, (_, index) => [from, `${from}-${index + 1}`] as const),
  )
  return [
    ...[base, middle, leaf].map(material),
    lot('WIDE', base),
    ...middles.map((name) => lot(name, middle)),
    ...leaves.map(([, name]) => lot(name, leaf)),
    received('WIDE', base, 2700),
    ...middles.flatMap((name) => [
      consumed('WIDE', base, name, middle, 100),
      produced(name, middle, 'WIDE', base, 100),
    ]),
    ...leaves.map(([from, name]) => consumed(from, middle, name, leaf, 2)),
  ]
}

/** Writes the sample plant and the lots of these tests into a ledger. */
export const makeTracedLedger = async (folder: Folder, name: string): Promise<string> => {
  const [db, file] = [folder.file(name), folder.file(`${name}.ndjson`)]
  beginOn('2026-11-23')
  const seeded = await lotbook(['seed', '--now', '2026-11-23', '--db', db])
  if (seeded.code !== 0) throw new Error(seeded.stderr)
  const rows = [{ kind: 'location', path: place }, ...oddRows(), ...wideRows()]
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  const imported = await lotbook(['import', file, '--db', db])
  if (imported.code !== 0) throw new Error(`${imported.stdout}${imported.stderr}`)
  return db
}
