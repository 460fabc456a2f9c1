import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The program, as it was built. */
export const program = fileURLToPath(new URL('../../../../apps/cli/bin/lotbook.mjs', import.meta.url))

/** How much a ledger holds. */
export interface PlantSize {
  readonly lots: number
  /** Receipts and consumptions; each lot that is made AVAILABLE has a record of that besides. */
  readonly records: number
}

const materials = 50
const places = 200
const oneSecond = 1000
// One lot in so many is on hold, so that a filter finds a few among many.
const heldEvery = 997

/** The name of a lot: `LOT-000001` is the first. */
export const lotName = (lot: number): string => `LOT-${String(lot + 1).padStart(6, '0')}`
const material = (lot: number): string =>
  `Materials/Group ${(lot % materials) % 7}/Material ${String(lot % materials).padStart(2, '0')}`
const place = (lot: number): string => {
  const at = lot % places
  return `Plant/Hall ${Math.floor(at / 50) + 1}/Bay ${String((at % 50) + 1).padStart(2, '0')}`
}

function* rows({ lots, records }: PlantSize): Generator<Readonly<Record<string, unknown>>> {
  yield { kind: 'unit', symbol: 'kg', name: 'kilogram' }
  for (let index = 0; index < materials; index++)
    yield { kind: 'material', path: material(index), unitOfMeasureSymbol: 'kg' }
  for (let index = 0; index < places; index++) yield { kind: 'location', path: place(index) }
  for (let lot = 0; lot < lots; lot++)
    yield { kind: 'lot', name: lotName(lot), materialPath: material(lot), status: 'AVAILABLE' }
  const begin = Date.UTC(2026, 0, 1)
  for (let record = 0; record < records; record++) {
    const lot = record % lots
    // Every fourth record of a lot receives; the others take less than that away.
    const receives = Math.floor(record / lots) % 4 === 0
    yield {
      kind: 'lotRecord',
      lotRecordType: receives ? 'RECEIVE' : 'CONSUME',
      materialPath: material(lot),
      inventoryLotName: lotName(lot),
      [receives ? 'destinationLocationPath' : 'sourceLocationPath']: place(lot),
      quantity: receives ? 10 : 2,
      status: 'COMPLETED',
      startDate: new Date(begin + record * oneSecond).toISOString(),
    }
  }
  for (let lot = heldEvery - 1; lot < lots; lot += heldEvery)
    yield {
      kind: 'lotRecord',
      lotRecordType: 'STATUS_CHANGE',
      materialPath: material(lot),
      inventoryLotName: lotName(lot),
      lotStatus: 'QA_HOLD',
      status: 'COMPLETED',
    }
}

/** Makes a ledger of this size in a folder, as a user would: writes rows into a file and imports them. Takes minutes. */
export const makeLargePlant = async (folder: string, size: PlantSize): Promise<string> => {
  const [file, db] = [join(folder, 'plant.ndjson'), join(folder, 'plant.db')]
  const out = createWriteStream(file, { highWaterMark: 1 << 20 })
  for (const row of rows(size)) if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain')
  out.end()
  await once(out, 'finish')
  const child = spawn(process.execPath, [program, 'import', file, '--db', db], { stdio: ['ignore', 2, 2] })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the import ended with ${code}`)
  return db
}
