import { hash } from 'node:crypto'
import { makeUlidSource, readUlid } from '@lotbook/domain'
import { draw, type Plant } from '../plant.ts'
import type { Head, RawTexts, Row } from './raw-statements.ts'

/** What the newest record left: where it names an operation, the link of a trace; where its request had a key, the answer that was kept. */
export interface Example {
  readonly record: Row
  /** With its content. */
  readonly version: Row
  readonly side?: Row | undefined
  readonly receipt?: Row | undefined
}

/** Where what is written next to a database finds its example. */
export const exampleTexts = {
  record: 'select * from lot_record order by id desc limit 1',
  version: 'select content from record_version order by sequence desc limit 1',
  side: 'select side, operation from trace_operation where record = ?',
  receipt: 'select * from receipt order by id desc limit 1',
} as const

interface Content {
  readonly record: object
  readonly stock: readonly unknown[]
}

/** A consumption that is about to be written. */
export interface RawConsumption {
  readonly record: readonly unknown[]
  readonly side: readonly unknown[]
  readonly version: readonly unknown[]
  readonly entry: readonly unknown[]
  readonly head: Head
}

const quantity = 1000

/** Makes the rows of consumptions after an example: what has to be in each column, in the order of the statements. */
export const makeRawRows = ({ rowColumns, recordColumns }: RawTexts, example: Example, plant: Plant) => {
  const content = JSON.parse(String(example.version['content'])) as Content
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

  const recordValues = recordColumns.map((column) => example.record[column])
  const ulidSlot = slot(recordColumns, 'ulid')
  const lotSlot = slot(recordColumns, 'lot')
  const timeSlots = ['start_at', 'end_at', 'created_at', 'effective_at']
    .filter((column) => example.record[column] !== null)
    .map((column) => slot(recordColumns, column))
  // A record's key is the sequence of its first version.
  const sequenceSlots = ['id', 'sequence', 'posted_sequence'].map((column) => slot(recordColumns, column))

  const times = Object.keys(content.record).filter((field) => ['startDate', 'endDate', 'createdDate'].includes(field))
  const recordAt = (ulid: string, lot: string): object => {
    const record: Record<string, unknown> = { ...content.record, id: ulid, inventoryLotId: lot }
    for (const field of times) record[field] = now
    return record
  }

  return {
    /** Begins another consumption: of this lot. */
    next: (): string => {
      now += 1
      return draw(lots)
    },
    changed: (row: Row): readonly unknown[] => {
      const values: unknown[] = rowKeys.map((key) => row[key])
      values[quantitySlot] = Number(values[quantitySlot]) - quantity
      values[lastSlot] = now
      values.push(row['inventory_lot'], row['inventory_location'])
      return values
    },
    consumption: (before: Head, row: Row, lotUlid: string): RawConsumption => {
      const lot = row['inventory_lot']
      const ulid = newUlid(now)
      const sequence = before.count + 1
      recordValues[ulidSlot] = ulid
      recordValues[lotSlot] = lot as number
      for (const time of timeSlots) recordValues[time] = now
      for (const place of sequenceSlots) recordValues[place] = sequence
      const json = JSON.stringify({
        ...content,
        record: recordAt(ulid, lotUlid),
        stock: [[locationUlid, lotUlid, -quantity, now]],
        writtenDate: now,
      })
      const head = hash('sha256', `${sequence}\n${before.head}\n${json}`)
      return {
        record: recordValues,
        side: [lot, example.side?.['side'], example.side?.['operation'], sequence, quantity, 0, now],
        version: [sequence, sequence, 1, json, head, now],
        entry: [sequence, 0, sequence, row['inventory_location'], lot, -quantity, now],
        head: { ...before, count: sequence, head, knownAt: now },
      }
    },
    receipt: (key: string): readonly unknown[] => {
      const { scope, fingerprint, answer } = example.receipt ?? {}
      return [scope, key, fingerprint, answer, now + 86_400_000]
    },
    written: ({ count, head, knownAt, policy, masterData }: Head): readonly unknown[] => [
      ...[count, head, knownAt, policy, masterData],
      1,
    ],
  }
}
