import { describe, expect, it } from 'vitest'
import { compare, median, ratioOf } from './rounds.ts'

describe('rounds', () => {
  it('takes the middle of some numbers, and between two middles the middle', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 3, 2])).toBe(2.5)
  })

  it('sums up ratios by their median and their spread', () => {
    expect(ratioOf([2, 1, 4])).toEqual({ median: 2, least: 1, greatest: 4 })
  })

  it('times both sides in turns, the same number of repetitions each', async () => {
    const order: string[] = []
    const side = (name: string) => (times: number) => {
      order.push(`${name} ${times}`)
      // The clock of the processor does not tick for less.
      const begun = process.cpuUsage()
      for (let used = 0; used === 0; ) {
        const { user, system } = process.cpuUsage(begun)
        used = user + system
      }
    }
    const { ratio } = await compare(side('ours'), side('theirs'), 5, 2)
    expect(order).toEqual(['ours 5', 'theirs 5', 'ours 5', 'theirs 5', 'ours 5', 'theirs 5'])
    expect(ratio.median).toBeGreaterThan(0)
  })
})
