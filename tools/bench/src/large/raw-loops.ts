import { randomUUID } from 'node:crypto'
import { makeUlidSource, newInventoryLotRecord } from '@lotbook/domain'
import type { Engine } from '../engines/engine.ts'
import { insertRecord, recordColumns, setBalance } from '../http/bare-statements.ts'
import { exampleTexts, makeRawRows } from '../memory/raw-rows.ts'
import { type Head, type Row, rawTexts } from '../memory/raw-statements.ts'
import { draw, type Plant } from '../plant.ts'

/** Writes so many actions in one durable transaction, again and again. */
export interface RawLoop {
  readonly batch: (actions: number) => Promise<void>
  readonly close: () => Promise<void>
}

const written = ['lot', 'inventory', 'lot_record', 'trace_operation', 'record_version', 'stock_entry', 'receipt']

/** The same rows as Lotbook writes for a batch, by the same statements, one after the other. The newest are the example. */
export const loopOfSameRows = async (engine: Engine, name: string, plant: Plant): Promise<RawLoop> => {
  const database = await engine.openRaw(name)
  const columns = new Map<string, readonly string[]>()
  for (const table of written) columns.set(table, await database.columnsOf(table))
  const texts = rawTexts((table, ...without) => (columns.get(table) ?? []).filter((name) => !without.includes(name)))
  const first = async <R extends object = Row>(sql: string, values?: readonly unknown[]): Promise<R | undefined> =>
    (await database.all<R>(sql, values))[0]
  const record = await first(exampleTexts.record)
  const version = await first(exampleTexts.version)
  if (record === undefined || version === undefined) throw new Error('there is no record to take as an example')
  const side = await first(exampleTexts.side, [record['id']])
  const receipt = await first(exampleTexts.receipt)
  const rows = makeRawRows(texts, { record, version, side, receipt }, plant)

  const consume = async (before: Head): Promise<Head> => {
    const lotUlid = rows.next()
    await first(texts.readLot, [lotUlid])
    const row = (await first(texts.readRows, [lotUlid])) as Row
    await database.all(texts.updateRow, rows.changed(row))
    const made = rows.consumption(before, row, lotUlid)
    await database.all(texts.insertRecord, made.record)
    if (side !== undefined) await database.all(texts.insertSide, made.side)
    await database.all(texts.insertVersion, made.version)
    await database.all(texts.insertEntry, made.entry)
    return made.head
  }
  return {
    batch: async (actions) => {
      await database.all(engine.begin)
      let head = (await first<Head>(texts.readHead)) as Head
      const key = randomUUID()
      if (receipt !== undefined) await database.all(texts.readReceipt, [receipt['scope'], key])
      for (let i = 0; i < actions; i++) head = await consume(head)
      if (receipt !== undefined) await database.all(texts.insertReceipt, rows.receipt(key))
      await database.all(texts.writeHead, rows.written(head))
      await database.all('commit')
    },
    close: database.close,
  }
}

/** The least that one would write in a loop: a record and a balance for each. */
export const loopOfLeast = async (engine: Engine, name: string, { lots, location }: Plant): Promise<RawLoop> => {
  const database = await engine.openRaw(name)
  const newUlid = makeUlidSource()
  return {
    batch: async (actions) => {
      await database.all(engine.begin)
      for (let i = 0; i < actions; i++) {
        const lot = draw(lots)
        const record: Record<string, unknown> = {
          ...newInventoryLotRecord(Date.now()),
          id: newUlid(Date.now()),
          lotRecordType: 'CONSUME',
          inventoryLotId: lot,
          sourceLocationId: location,
          quantity: 0.001,
          status: 'COMPLETED',
          notes: 'into batch 7',
          enabled: 1,
        }
        await database.all(
          insertRecord,
          recordColumns.map((column) => record[column] ?? null),
        )
        await database.all(setBalance, [lot, location, -0.001])
      }
      await database.all('commit')
    },
    close: database.close,
  }
}
