import { randomUUID } from 'node:crypto'
import { makeUlidSource } from '@lotbook/domain'
import type { Finding } from './finding.ts'
import { compare } from './rounds.ts'

/** B12: an id in a new millisecond, against crypto.randomUUID. */
export const newIds = async (): Promise<readonly Finding[]> => {
  const newUlid = makeUlidSource()
  let at = Date.now()
  const { ours, theirs, ratio } = await compare(
    (times) => {
      for (let i = 0; i < times; i++) newUlid(at++)
    },
    (times) => {
      for (let i = 0; i < times; i++) randomUUID()
    },
    50_000,
  )
  return [
    {
      name: 'B12',
      what: 'an id in a new millisecond / crypto.randomUUID',
      ratio,
      bar: { sense: 'at most', must: 8, goal: 4 },
      figures: `${(ours * 1000).toFixed(0)} ns / ${(theirs * 1000).toFixed(0)} ns`,
    },
  ]
}
