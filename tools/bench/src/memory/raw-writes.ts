import { hash, randomUUID } from 'node:crypto'
import { makeUlidSource, readUlid } from '@lotbook/domain'
import type { Database } from 'better-sqlite3'
import { draw, type Plant } from '../plant.ts'
import { type Head, type Row, rawStatements } from './raw-statements.ts'

interface Content {
  readonly record: object
  readonly stock: readonly unknown[]
}

const quantity = 1000

// What else the newest record left: the link of a trace, where it names an operation, and the answer that was kept for
// the request, where it had an idempotency key.
const readExample = (database: Database) => {
  const first = (sql: string): Row | undefined => database.prepare<[], Row>(sql).get()
  const record = first('select * from lot_record order by id desc limit 1')
  const version = first('select content from record_version order by sequence desc limit 1')
  if (record === undefined || version === undefined) throw new Error('there is no record to take as an example')
  const side = database
    .prepare<[unknown], Row>('select side, operation from trace_operation where record = ?')
    .get(record['id'])
  const content = JSON.parse(String(version['content'])) as Content
  return { record, content, side, receipt: first('select * from receipt order by id desc limit 1') }
}

/**
 * The writes of the repository as somebody would write them who needs only this one, and needs it fast: the same tables,
 * indexes and triggers, the same statements, each prepared once, and nothing in between. The newest record of the
 * database is the example that the others are made from. What comes back writes a group in one transaction.
 */
export const makeRawWrites = (database: Database, plant: Plant): ((group: number) => void) => {
  const statements = rawStatements(database)
  const { rowColumns, recordColumns } = statements
  const example = readExample(database)
  const { content, side, receipt } = example
  const lots = plant.lots.map((lot) => readUlid(lot) as string)
  const locationUlid = readUlid(plant.location) as string
  const newUlid = makeUlidSource()
  let now = Date.now()

  const slot = (columns: readonly string[], column: string): number => {
    const found = columns.indexOf(column)
    if (found === -1) throw new Error(`there is no column ${column}`)
    return found
  }
  const rowKeys = rowColumns.map((column) => `inventory_${column}`)
  const quantitySlot = slot(rowColumns, 'quantity')
  const lastSlot = slot(rowColumns, 'last_effective_at')
  const changeRow = (row: Row, lot: number, location: number): void => {
    const values = rowKeys.map((key) => row[key])
    values[quantitySlot] = Number(values[quantitySlot]) - quantity
    values[lastSlot] = now
    statements.updateRow.run(...values, lot, location)
  }

  const recordValues = recordColumns.map((column) => example.record[column])
  const ulidSlot = slot(recordColumns, 'ulid')
  const lotSlot = slot(recordColumns, 'lot')
  const timeSlots = ['start_at', 'end_at', 'created_at', 'effective_at']
    .filter((column) => example.record[column] !== null)
    .map((column) => slot(recordColumns, column))
  // A record's key is the sequence of its first version.
  const sequenceSlots = ['id', 'sequence', 'posted_sequence'].map((column) => slot(recordColumns, column))
  const addRecord = (ulid: string, lot: number, sequence: number): void => {
    recordValues[ulidSlot] = ulid
    recordValues[lotSlot] = lot
    for (const time of timeSlots) recordValues[time] = now
    for (const place of sequenceSlots) recordValues[place] = sequence
    statements.insertRecord.run(...recordValues)
  }

  const times = Object.keys(content.record).filter((field) => ['startDate', 'endDate', 'createdDate'].includes(field))
  const recordAt = (ulid: string, lot: string): object => {
    const record: Record<string, unknown> = { ...content.record, id: ulid, inventoryLotId: lot }
    for (const field of times) record[field] = now
    return record
  }

  const consume = (before: Head): Head => {
    now += 1
    const lotUlid = draw(lots)
    const lot = statements.readLot.get(lotUlid)?.['lot_id'] as number
    const [row] = statements.readRows.all(lot) as [Row]
    const location = row['inventory_location'] as number
    changeRow(row, lot, location)
    const ulid = newUlid(now)
    const sequence = before.count + 1
    addRecord(ulid, lot, sequence)
    if (side !== undefined) statements.insertSide.run(lot, side['side'], side['operation'], sequence, quantity, 0, now)
    const json = JSON.stringify({
      ...content,
      record: recordAt(ulid, lotUlid),
      stock: [[locationUlid, lotUlid, -quantity, now]],
      writtenDate: now,
    })
    const head = hash('sha256', `${sequence}\n${before.head}\n${json}`)
    statements.insertVersion.run(sequence, sequence, 1, json, head, now)
    statements.insertEntry.run(sequence, 0, sequence, location, lot, -quantity, now)
    return { ...before, count: sequence, head, knownAt: now }
  }

  return (group) => {
    statements.begin.run()
    let head = statements.readHead.get() as Head
    const key = randomUUID()
    if (receipt !== undefined) statements.readReceipt.get(String(receipt['scope']), key)
    for (let i = 0; i < group; i++) head = consume(head)
    if (receipt !== undefined)
      statements.insertReceipt.run(receipt['scope'], key, receipt['fingerprint'], receipt['answer'], now + 86_400_000)
    statements.writeHead.run(head.count, head.head, head.knownAt, head.policy, head.masterData, 1)
    statements.commit.run()
  }
}
