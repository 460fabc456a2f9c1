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
