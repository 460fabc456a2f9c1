import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findingBy, withEntry } from './layered-map.ts'

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

describe('findingBy', () => {
  it('finds at every step what looking through all values finds, whatever was renamed since', () => {
    const steps = fc.array(fc.tuple(fc.nat({ max: 80 }), fc.nat({ max: 400 })), { minLength: 100, maxLength: 300 })
    fc.assert(
      fc.property(steps, (entries) => {
        const find = findingBy<number, { readonly name: string }>(({ name }) => name)
        let map: ReadonlyMap<number, { readonly name: string }> = new Map()
        const holder = new Map<string, number>()
        const names = new Map<number, string>()
        const earlier: (readonly [typeof map, ReadonlyMap<string, number>])[] = []
        for (const [index, [key, number]] of entries.entries()) {
          const name = `n${number}`
          // A name belongs to one thing at a time.
          if (holder.has(name)) continue
          const before = names.get(key)
          if (before !== undefined) holder.delete(before)
          holder.set(name, key)
          names.set(key, name)
          map = withEntry(map, key, { name })
          if (index % 25 === 0) earlier.push([map, new Map(holder)])
          for (const asked of [name, before ?? 'none']) {
            const found = holder.get(asked)
            expect(find(map, asked)).toBe(found === undefined ? undefined : map.get(found))
          }
        }
        for (const [then, held] of earlier) for (const [name, key] of held) expect(find(then, name)).toBe(then.get(key))
      }),
      { numRuns: 50 },
    )
  })

  it('looks through each layer once, however often the map grows', () => {
    let looked = 0
    const find = findingBy<number, string>((value) => {
      looked += 1
      return value
    })
    let map: ReadonlyMap<number, string> = new Map()
    for (let key = 0; key < 4096; key++) {
      map = withEntry(map, key, `v${key}`)
      if (key >= 32) expect(find(map, `v${key - 1}`)).toBe(`v${key - 1}`)
    }
    // Each value is in about as many layers, one after the other, as the size has bits; looking through all values at
    // every step would be some eight millions.
    expect(looked).toBeLessThan(4096 * 16)
  })
})
