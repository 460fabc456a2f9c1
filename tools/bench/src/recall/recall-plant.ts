import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { program } from '../terminal/large-plant.ts'

const materials = 50
const places = 200
const oneSecond = 1000

/** The name of a lot: `LOT-000001` is the first, which all others came from. */
export const lotName = (lot: number): string => `LOT-${String(lot + 1).padStart(6, '0')}`
const material = (lot: number): string => `Materials/Material ${String(lot % materials).padStart(2, '0')}`
const place = (lot: number): string => `Plant/Bay ${String((lot % places) + 1).padStart(3, '0')}`

type Row = Readonly<Record<string, unknown>>

/**
 * What happens to every lot, one after the other: made, consumed into three others (so that each is made of up to three),
 * made again, moved, shipped, scrapped and returned. Nine records; that it is AVAILABLE is the tenth.
 */
const steps: readonly ((lot: number, lots: number) => Row)[] = [
  (lot) => ({ lotRecordType: 'PRODUCE', quantity: 10, destinationLocationPath: place(lot) }),
  ...[(lot: number) => 2 * lot + 1, (lot: number) => 2 * lot + 2, (lot: number) => lot + 1].map(
    (into, n) => (lot: number, lots: number) => ({
      ...{ lotRecordType: 'CONSUME', quantity: n === 2 ? 1 : 2, sourceLocationPath: place(lot) },
      ...(into(lot) < lots && {
        secondaryInventoryLotName: lotName(into(lot)),
        secondaryMaterialPath: material(into(lot)),
      }),
    }),
  ),
  (lot) => ({ lotRecordType: 'PRODUCE', quantity: 10, destinationLocationPath: place(lot) }),
  (lot) => ({
    ...{ lotRecordType: 'MOVE', quantity: 3 },
    ...{ sourceLocationPath: place(lot), destinationLocationPath: place(lot + 7) },
  }),
  (lot) => ({
    ...{ lotRecordType: 'SHIP', quantity: 2, sourceLocationPath: place(lot), notes: `To customer ${lot % 100}` },
  }),
  (lot) => ({ lotRecordType: 'SCRAP', quantity: 1, sourceLocationPath: place(lot) }),
  (lot) => ({ lotRecordType: 'RETURN', quantity: 0.5, sourceLocationPath: place(lot) }),
]

/** What a recall of the first lot must find, in kilograms. */
export const expected = (lots: number) => ({
  lots,
  onHand: 11.5 * lots,
  shipped: 2 * lots,
  scrapped: lots,
  returned: 0.5 * lots,
})

function* rows(lots: number): Generator<Row> {
  yield { kind: 'unit', symbol: 'kg', name: 'kilogram' }
  for (let index = 0; index < materials; index++)
    yield { kind: 'material', path: material(index), unitOfMeasureSymbol: 'kg' }
  for (let index = 0; index < places; index++) yield { kind: 'location', path: place(index) }
  for (let lot = 0; lot < lots; lot++)
    yield { kind: 'lot', name: lotName(lot), materialPath: material(lot), status: 'AVAILABLE' }
  let moment = Date.UTC(2026, 0, 1)
  for (const step of steps)
    for (let lot = 0; lot < lots; lot++) {
      moment += oneSecond
      const of = { inventoryLotName: lotName(lot), materialPath: material(lot), status: 'COMPLETED' }
      yield { kind: 'lotRecord', ...step(lot, lots), ...of, startDate: new Date(moment).toISOString() }
    }
}

/** Writes the rows into a file, and gives its name. */
export const writeRows = async (folder: string, lots: number): Promise<string> => {
  const file = join(folder, 'recall.ndjson')
  const out = createWriteStream(file, { highWaterMark: 1 << 20 })
  for (const row of rows(lots)) if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain')
  out.end()
  await once(out, 'finish')
  return file
}

/** Makes a ledger of so many lots and ten times as many records in a folder, as a user would: imports them. Takes minutes. */
export const makeRecallPlant = async (folder: string, lots: number): Promise<string> => {
  const db = join(folder, 'recall.db')
  const file = await writeRows(folder, lots)
  const child = spawn(process.execPath, [program, 'import', file, '--db', db], { stdio: ['ignore', 2, 2] })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the import ended with ${code}`)
  return db
}
