import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

/** What a file of rows holds, and what a ledger must hold once it is imported. */
export interface ImportFile {
  readonly rows: number
  readonly records: number
  /** On hand, over all lots, in kg. */
  readonly stock: number
}

const places = 50
const lotsPerRecord = 0.01
const oneSecond = 1000

/** Writes an NDJSON file: a unit, a material, places, a hundredth as many lots, and this many records of their stock. */
export const writeImportFile = async (file: string, records: number): Promise<ImportFile> => {
  const out = createWriteStream(file, { highWaterMark: 1 << 20 })
  const lots = Math.max(1, Math.floor(records * lotsPerRecord))
  let rows = 0
  let stock = 0
  const write = async (row: Readonly<Record<string, unknown>>): Promise<void> => {
    rows += 1
    if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain')
  }
  await write({ kind: 'unit', symbol: 'kg', name: 'kilogram' })
  await write({ kind: 'material', path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' })
  for (let place = 0; place < places; place++) await write({ kind: 'location', path: `Plant/Place ${place}` })
  for (let lot = 0; lot < lots; lot++)
    await write({ kind: 'lot', name: `L-${lot}`, materialPath: 'Raw/Sugar', status: 'AVAILABLE' })
  const begin = Date.UTC(2026, 0, 1)
  for (let record = 0; record < records; record++) {
    const lot = record % lots
    // Every fourth record of a lot receives; the others take less than that away.
    const receives = Math.floor(record / lots) % 4 === 0
    const place = `Plant/Place ${lot % places}`
    stock += receives ? 10 : -2
    await write({
      kind: 'lotRecord',
      lotRecordType: receives ? 'RECEIVE' : 'CONSUME',
      materialPath: 'Raw/Sugar',
      inventoryLotName: `L-${lot}`,
      [receives ? 'destinationLocationPath' : 'sourceLocationPath']: place,
      quantity: receives ? 10 : 2,
      status: 'COMPLETED',
      startDate: new Date(begin + record * oneSecond).toISOString(),
    })
  }
  out.end()
  await once(out, 'finish')
  // Making a lot AVAILABLE is a record too.
  return { rows, records: records + lots, stock }
}
