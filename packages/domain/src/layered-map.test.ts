import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withEntry } from './layered-map.ts'

describe('withEntry', () => {
  it('says at every step what a copied map says, and leaves the maps before it as they were', () => {
    const steps = fc.array(fc.tuple(fc.nat({ max: 120 }), fc.nat()), { minLength: 200, maxLength: 400 })
    fc.assert(
      fc.property(steps, (entries) => {
        const copied = new Map<number, number>()
        let layered: ReadonlyMap<number, number> = new Map()
        const earlier: (readonly [ReadonlyMap<number, number>, readonly (readonly [number, number])[]])[] = []
        for (const [index, [key, value]] of entries.entries()) {
          copied.set(key, value)
          layered = withEntry(layered, key, value)
          expect([layered.get(key), layered.has(key), layered.size]).toEqual([value, true, copied.size])
          if (index % 50 === 0) earlier.push([layered, [...copied]])
        }
        expect([...layered]).toEqual([...copied])
        expect([[...layered.keys()], [...layered.values()]]).toEqual([[...copied.keys()], [...copied.values()]])
        expect(layered.get(-1)).toBeUndefined()
        for (const [map, expected] of earlier) expect([...map]).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })
})
