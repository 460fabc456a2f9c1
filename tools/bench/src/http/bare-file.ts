import Database from 'better-sqlite3'
import type { Plant } from '../plant.ts'
import { insertRecord, recordColumns, setBalance } from './bare-statements.ts'

/** Makes the file of a bare server: its two tables, and a record and a balance for every lot. */
export const makeBareFile = (file: string, { lots, location }: Plant): void => {
  const database = new Database(file)
  database.pragma('journal_mode = wal')
  database.exec(`
    create table record (id text primary key, ${recordColumns
      .filter((column) => column !== 'id')
      .map((column) => `${column} ${column === 'quantity' ? 'real' : column === 'enabled' ? 'integer' : 'text'}`)
      .join(', ')}) strict;
    create index record_lot on record (inventoryLotId, id);
    create index record_operation on record (inventoryOperationId, lotRecordType, inventoryLotId) where inventoryOperationId is not null;
    create table balance (lot text, location text, quantity real not null, primary key (lot, location)) strict, without rowid;
  `)
  const insert = database.prepare<unknown[]>(insertRecord)
  const upsert = database.prepare<unknown[]>(setBalance)
  database.transaction(() => {
    for (const lot of lots) {
      const record: Record<string, unknown> = {
        id: `RECEIVE-${lot}`,
        inventoryLotId: lot,
        destinationLocationId: location,
      }
      insert.run(...recordColumns.map((column) => record[column] ?? null))
      upsert.run(lot, location, 1_000_000)
    }
  })()
  database.close()
}

/** Fills a bare file up to so many records, with consumptions as full as Lotbook's. */
export const growBare = (file: string, records: number): void => {
  const database = new Database(file)
  database.pragma('journal_mode = off')
  database.pragma('synchronous = off')
  const example: Readonly<Record<string, string>> = {
    id: "printf('01JE%022d', n)",
    lotRecordType: "'CONSUME'",
    inventoryLotId: 'lot',
    operationRecordId: "'01JE6F0CE9-T94PZD8R-TH9J01TA'",
    inventoryOperationId: "'01JE6F0CE9-T94PZD8R-TH9J01TB'",
    productionOrderId: "'01JE6F0CE9-T94PZD8R-TH9J01TC'",
    sourceLocationId: 'location',
    quantity: '0.001',
    startDate: "'2026-11-23T08:00:00.000Z'",
    status: "'COMPLETED'",
    notes: "'into batch 7'",
    enabled: '1',
  }
  database
    .prepare(
      `insert into record (${recordColumns.join()})
       with recursive next(n) as (select (select count(*) from record) + 1 union all select n + 1 from next where n < ?)
       select ${recordColumns.map((column) => example[column] ?? 'null').join()}
       from next, (select lot, location from balance limit 1)`,
    )
    .run(records)
  database.pragma('journal_mode = wal')
  database.close()
}
