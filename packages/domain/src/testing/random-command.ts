import * as fc from 'fast-check'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'

/** One step of a random history. Numbers pick among what is there by then, so that every command means something. */
export interface Command {
  readonly kind: LotRecordType | 'CORRECT' | 'REVERSE' | 'CASCADE'
  readonly lot: number
  readonly other: number
  readonly from: number
  readonly to: number
  /** In quarters of a unit. */
  readonly quarters: number
  /** A MERGE of everything. */
  readonly all: boolean
  readonly day: number
  /** Which of the earlier postings is corrected or reversed. */
  readonly which: number
  /** What is corrected. */
  readonly what: 'quantity' | 'day' | 'place' | 'everything'
}

const kinds: readonly (readonly [Command['kind'], number])[] = [
  ['RECEIVE', 6],
  ['PRODUCE', 2],
  ['CONSUME', 4],
  ['UNCONSUME', 2],
  ['MOVE', 3],
  ['SPLIT', 2],
  ['MERGE', 2],
  ['SCRAP', 1],
  ['RETURN', 1],
  ['SHIP', 1],
  ['EDIT', 1],
  ['STATUS_CHANGE', 2],
  ['CORRECT', 5],
  ['REVERSE', 3],
  ['CASCADE', 3],
]

/** The first and the last day on which random records happen. */
export const days = [2, 3, 4, 5, 6, 7, 8] as const

const small = fc.nat({ max: 1000 })

/** A random step. */
export const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.oneof(...kinds.map(([kind, weight]) => ({ arbitrary: fc.constant(kind), weight }))),
  lot: small,
  other: small,
  from: small,
  to: small,
  quarters: fc.integer({ min: 1, max: 24 }),
  all: fc.boolean(),
  day: fc.constantFrom(...days),
  which: small,
  what: fc.constantFrom('quantity', 'day', 'place', 'everything'),
})
