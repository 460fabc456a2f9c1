import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallestFirst } from './smallest-first.ts'

const compare = (a: number, b: number): number => a - b

describe('smallestFirst', () => {
  it('gives all items in the order in which sorting puts them, and leaves the list as it was', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 200 }), (items) => {
        const before = [...items]
        expect([...smallestFirst(items, compare)]).toEqual(items.toSorted(compare))
        expect(items).toEqual(before)
      }),
    )
  })

  it('compares each item a few times only where the first one is taken', () => {
    const items = Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 10_007)
    let times = 0
    const counting = (a: number, b: number): number => {
      times += 1
      return a - b
    }
    const [first] = smallestFirst(items, counting)
    expect(first).toBe(Math.min(...items))
    expect(times).toBeLessThan(3 * items.length)
  })
})
