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

/**
 * Holds writes back, so that those of one statement are sent as one. A kind of statement is sent where it came first:
 * what a row refers to is written before it by every change, and so it is for all of them together. What cannot wait
 * (another statement, a second update of one row) is sent when all that is held back is.
 */
export const makePendingWrites = () => {
  let batches = new Map<Writing, Batch>()

  /** Sends all that is held back. */
  function* send(): Program<void> {
    const held = batches
    batches = new Map()
    for (const { writing, calls } of held.values()) {
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
