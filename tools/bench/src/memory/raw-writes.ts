import { hash } from 'node:crypto'
import { makeUlidSource, readUlid } from '@lotbook/domain'
import type { Database } from 'better-sqlite3'
import { draw, type Plant } from '../plant.ts'

type Row = Readonly<Record<string, string | number | null>>

interface Head {
  readonly count: number
  readonly head: string
  readonly policy: string
}

interface Content {
  readonly record: object
  readonly stock: readonly unknown[]
}

const quantity = 1000

/**
 * The writes of the repository as somebody would write them who needs only this one, and needs it fast: the same tables,
 * indexes and triggers, the same statements, each prepared once, and nothing in between. The newest record of the
 * database is the example that the others are made from.
 */
export const makeRawWrites = (database: Database, plant: Plant): ((group: number) => void) => {
  const columnsOf = (table: string): readonly string[] =>
    database.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table)
  const aliased = (table: string): string =>
    columnsOf(table)
      .map((column) => `${table}.${column} as ${table}_${column}`)
      .join(', ')
  const insertInto = (table: string, columns: readonly string[]): string =>
    `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`

  const begin = database.prepare('begin immediate')
  const commit = database.prepare('commit')
  const savepoint = database.prepare('savepoint one_write')
  const release = database.prepare('release savepoint one_write')
  const readHead = database.prepare<[], Head>('select count, head, policy from ledger_head')
  const writeHead = database.prepare('update ledger_head set count = ?, head = ?, policy = ? where id = 1')
  const readLot = database.prepare<[string], Row>(
    `select ${aliased('lot')}, ${aliased('material')}, ${aliased('unit')}, material_unit.ulid as material_unit_ulid
     from lot join material on material.id = lot.material join unit on unit.id = lot.unit
     join unit as material_unit on material_unit.id = material.unit where lot.ulid = ?`,
  )
  const readRows = database.prepare<[number], Row>(
    `select ${aliased('inventory')}, ${aliased('location')}, lot.ulid as lot_ulid, capacity_unit.ulid as capacity_unit_ulid
     from inventory join location on location.id = inventory.location join lot on lot.id = inventory.lot
     left join unit as capacity_unit on capacity_unit.id = location.storage_capacity_unit where inventory.lot = ?`,
  )
  const rowColumns = columnsOf('inventory').filter((column) => !['ulid', 'lot', 'location'].includes(column))
  const updateRow = database.prepare<unknown[]>(
    `update inventory set ${rowColumns.map((column) => `${column} = ?`).join(', ')} where lot = ? and location = ?`,
  )
  const recordColumns = columnsOf('lot_record').filter((column) => column !== 'id')
  const insertRecord = database
    .prepare<unknown[], number>(`${insertInto('lot_record', recordColumns)} returning id`)
    .pluck()
  const insertVersion = database.prepare<unknown[]>(
    insertInto('record_version', ['sequence', 'record', 'version', 'content', 'hash']),
  )
  const insertEntry = database.prepare<unknown[]>(
    insertInto('stock_entry', ['sequence', 'position', 'record', 'location', 'lot', 'quantity', 'effective_at']),
  )

  const example = database.prepare<[], Row>('select * from lot_record order by id desc limit 1').get()
  const text = database.prepare<[], string>('select content from record_version order by sequence desc').pluck().get()
  if (example === undefined || text === undefined) throw new Error('there is no record to take as an example')
  const content = JSON.parse(text) as Content
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
    updateRow.run(...values, lot, location)
  }

  const recordValues = recordColumns.map((column) => example[column])
  const ulidSlot = slot(recordColumns, 'ulid')
  const lotSlot = slot(recordColumns, 'lot')
  const timeSlots = ['start_at', 'created_at', 'effective_at'].map((column) => slot(recordColumns, column))
  const sequenceSlots = ['sequence', 'posted_sequence'].map((column) => slot(recordColumns, column))
  const addRecord = (ulid: string, lot: number, sequence: number): number => {
    recordValues[ulidSlot] = ulid
    recordValues[lotSlot] = lot
    for (const time of timeSlots) recordValues[time] = now
    for (const place of sequenceSlots) recordValues[place] = sequence
    return insertRecord.get(...recordValues) as number
  }

  const consume = ({ count, head, policy }: Head): Head => {
    now += 1
    const lotUlid = draw(lots)
    const lot = readLot.get(lotUlid)?.['lot_id'] as number
    const [row] = readRows.all(lot) as [Row]
    const location = row['location_id'] as number
    changeRow(row, lot, location)
    const ulid = newUlid(now)
    const sequence = count + 1
    const record = addRecord(ulid, lot, sequence)
    const json = JSON.stringify({
      ...content,
      record: { ...content.record, id: ulid, inventoryLotId: lotUlid, startDate: now, createdDate: now },
      stock: [[locationUlid, lotUlid, -quantity, now]],
      writtenDate: now,
    })
    const next = hash('sha256', `${sequence}\n${head}\n${json}`)
    insertVersion.run(sequence, record, 1, json, next)
    insertEntry.run(sequence, 0, record, location, lot, -quantity, now)
    return { count: sequence, head: next, policy }
  }

  return (group) => {
    begin.run()
    let head = readHead.get() as Head
    for (let i = 0; i < group; i++) {
      savepoint.run()
      head = consume(head)
      release.run()
    }
    writeHead.run(head.count, head.head, head.policy)
    commit.run()
  }
}
