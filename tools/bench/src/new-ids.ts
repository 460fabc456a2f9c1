import { randomUUID } from 'node:crypto'
import { makeUlidSource } from '@lotbook/domain'
import { type Comparison, compare } from './rounds.ts'

/** B12: an id in a new millisecond, against crypto.randomUUID. */
export const newIds = (): Promise<Comparison> => {
  const newUlid = makeUlidSource()
  let at = Date.now()
  return compare(
    (times) => {
      for (let i = 0; i < times; i++) newUlid(at++)
    },
    (times) => {
      for (let i = 0; i < times; i++) randomUUID()
    },
    50_000,
  )
}
