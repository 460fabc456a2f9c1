import { type Call, execute, type Program } from '../program.ts'
import { mergedWriting, type Writing } from './merge.ts'

interface Batch {
  readonly writing: Writing
  readonly calls: Call<unknown>[]
  /** Of updates: the rows that they change. */
  readonly rows: Set<string>
}

const keyOf = (writing: Writing, { parameters }: Call<unknown>): string | undefined =>
  writing.kind === 'update' ? parameters.slice(-writing.keys).join(' ') : undefined

// The tables whose rows others refer to, each before those that refer to it.
const referredTo = ['lot', 'lot_record', 'record_version']

const rankOf = ({ writing: { table, kind } }: Batch): number => {
  const found = referredTo.indexOf(table)
  return found === -1 ? referredTo.length * 2 : found * 2 + (kind === 'update' ? 1 : 0)
}

/**
 * Holds writes back, so that those of one statement are sent as one. What rows refer to is sent first, the rest where it
 * came first: a change whose writes were sent in its middle leaves the tables in another order than the one after it.
 * What cannot wait (another statement, a second update of one row) is sent when all that is held back is.
 */
export const makePendingWrites = () => {
  let batches = new Map<Writing, Batch>()

  /** Sends all that is held back. */
  function* send(): Program<void> {
    const held = [...batches.values()].sort((one, other) => rankOf(one) - rankOf(other))
    batches = new Map()
    for (const { writing, calls } of held) {
      const [only] = calls
      yield* execute(calls.length === 1 && only !== undefined ? only : mergedWriting(writing, calls))
    }
  }

  /** Takes a write that nobody waits for. */
  function* add(call: Call<unknown>): Program<void> {
    const { merging } = call
    if (merging === undefined || merging.kind === 'lookup') {
      yield* send()
      yield* execute(call)
      return
    }
    const row = keyOf(merging, call)
    if (row !== undefined && batches.get(merging)?.rows.has(row)) yield* send()
    const batch: Batch = batches.get(merging) ?? { writing: merging, calls: [], rows: new Set() }
    batches.set(merging, batch)
    batch.calls.push(call)
    if (row !== undefined) batch.rows.add(row)
  }

  return { add, send }
}
/** What `makePendingWrites` makes. */
export type PendingWrites = ReturnType<typeof makePendingWrites>
