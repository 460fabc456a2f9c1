import type { Instant } from '../time/instant.ts'
import { ask, type Key, type TracedLot, type TracedRecord, type Walk } from './questions.ts'
import { inChunks } from './reach.ts'

/** What the trace shows of some lots, as they were at a moment; null = as they are. */
export function* lotsOf(keys: readonly Key[], asOf: Instant | null): Walk<Map<Key, TracedLot>> {
  const found = new Map<Key, TracedLot>()
  for (const lots of inChunks([...new Set(keys)]))
    for (const lot of yield* ask('lots', { lots, asOf })) found.set(lot.key, lot)
  return found
}

/** What the trace shows of some records. */
export function* recordsOf(keys: readonly Key[]): Walk<Map<Key, TracedRecord>> {
  const found = new Map<Key, TracedRecord>()
  for (const records of inChunks([...new Set(keys)], 1000))
    for (const record of yield* ask('records', { records })) found.set(record.key, record)
  return found
}
