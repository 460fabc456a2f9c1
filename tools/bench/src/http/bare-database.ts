import type { Engine } from '../engines/engine.ts'
import type { Plant } from '../plant.ts'
import { recordColumns } from './bare-statements.ts'

/** Makes the database of a bare server: its two tables, and a record and a balance for every lot. */
export const makeBare = async (engine: Engine, name: string, { lots, location }: Plant): Promise<void> => {
  const database = await engine.openRaw(name)
  for (const table of engine.bareTables(recordColumns)) await database.all(table)
  const list = JSON.stringify(lots.map((lot) => [lot]))
  await database.all(
    `insert into record (id, inventoryLotId, destinationLocationId)
     select 'RECEIVE-' || (value ->> 0), value ->> 0, cast(? as text) from (${engine.membersOfList}) as each_lot`,
    [location, list],
  )
  await database.all(
    `insert into balance (lot, location, quantity)
     select value ->> 0, cast(? as text), 1000000 from (${engine.membersOfList}) as each_lot`,
    [location, list],
  )
  await database.close()
}

/** A text of 26 characters that ends with a number. */
export const ulidOf = (number: string): string =>
  `substr('01JE0000000000000000000000', 1, 26 - length(cast(${number} as text))) || cast(${number} as text)`

/** Fills a bare database up to so many records, with consumptions as full as Lotbook's. */
export const growBare = (engine: Engine, name: string, records: number): Promise<void> => {
  const example: Readonly<Record<string, string>> = {
    id: ulidOf('n'),
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
    enabled: engine.truth,
  }
  return engine.fill(name, async (database) => {
    await database.all(
      `insert into record (${recordColumns.join()})
       with recursive next(n) as (select (select count(*) from record) + 1 union all select n + 1 from next where n < ?)
       select ${recordColumns.map((column) => example[column] ?? 'null').join()}
       from next, (select lot, location from balance limit 1) as example`,
      [records],
    )
  })
}
