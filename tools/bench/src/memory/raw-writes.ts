import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Plant } from '../plant.ts'
import { type Example, exampleTexts, makeRawRows } from './raw-rows.ts'
import { type Head, type Row, rawStatements } from './raw-statements.ts'

const readExample = (database: Database): Example => {
  const first = (sql: string, ...values: readonly unknown[]): Row | undefined =>
    database.prepare<unknown[], Row>(sql).get(...values)
  const record = first(exampleTexts.record)
  const version = first(exampleTexts.version)
  if (record === undefined || version === undefined) throw new Error('there is no record to take as an example')
  return { record, version, side: first(exampleTexts.side, record['id']), receipt: first(exampleTexts.receipt) }
}

/**
 * The writes of the repository as somebody would write them who needs only this one, and needs it fast: the same tables,
 * indexes and triggers, the same statements, each prepared once, and nothing in between. The newest record of the
 * database is the example that the others are made from. What comes back writes a group in one transaction.
 */
export const makeRawWrites = (database: Database, plant: Plant): ((group: number) => void) => {
  const statements = rawStatements(database)
  const example = readExample(database)
  const { side, receipt } = example
  const rows = makeRawRows(statements.texts, example, plant)

  const consume = (before: Head): Head => {
    const lotUlid = rows.next()
    statements.readLot.get(lotUlid)
    const [row] = statements.readRows.all(lotUlid) as [Row]
    statements.updateRow.run(...rows.changed(row))
    const made = rows.consumption(before, row, lotUlid)
    statements.insertRecord.run(...made.record)
    if (side !== undefined) statements.insertSide.run(...made.side)
    statements.insertVersion.run(...made.version)
    statements.insertEntry.run(...made.entry)
    return made.head
  }

  return (group) => {
    statements.begin.run()
    let head = statements.readHead.get() as Head
    const key = randomUUID()
    if (receipt !== undefined) statements.readReceipt.get(String(receipt['scope']), key)
    for (let i = 0; i < group; i++) head = consume(head)
    if (receipt !== undefined) statements.insertReceipt.run(...rows.receipt(key))
    statements.writeHead.run(...rows.written(head))
    statements.commit.run()
  }
}
