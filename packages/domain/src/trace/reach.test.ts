import { describe, expect, it } from 'vitest'
import { type Answers, type Edge, type EdgePage, type Key, runWalk, type Side } from './questions.ts'
import { type Reach, reach } from './reach.ts'

const never = (): never => {
  throw new Error('a walk asks for edges only')
}

/** Answers from pairs of lots, a few edges at a time. */
const answersFrom = (pairs: readonly (readonly [Key, Key])[], pageSize = 3): Answers => {
  const edges = pairs.map(([from, to], record): Edge => ({ from, to, record, produced: null, quantity: 1 }))
  const by = (of: (edge: Edge) => Key): ReadonlyMap<Key, readonly Edge[]> => {
    const groups = new Map<Key, Edge[]>()
    for (const edge of edges) groups.set(of(edge), [...(groups.get(of(edge)) ?? []), edge])
    return groups
  }
  const ends = { down: by(({ from }) => from), up: by(({ to }) => to) }
  const edgesOf = ({ lots, side, after }: { lots: readonly Key[]; side: Side; after: unknown }): EdgePage => {
    const all = lots.flatMap((lot) => ends[side].get(lot) ?? [])
    const [from] = (after ?? [0]) as readonly [number]
    const page = all.slice(from, from + pageSize)
    return {
      places: page.map(({ from: near, to }) => lots.indexOf(side === 'down' ? near : to)),
      others: page.map(({ from: near, to }) => (side === 'down' ? to : near)),
      records: page.map(({ record }) => record),
      quantities: page.map(({ quantity }) => quantity),
      next: from + pageSize < all.length ? [from + pageSize, 0, 0] : null,
    }
  }
  return {
    edges: edgesOf,
    inferred: () => ({ edges: [], next: null }),
    pause: () => undefined,
    ...{
      key: never,
      lots: never,
      records: never,
      lotColumns: never,
      recordColumns: never,
      postings: never,
      conversions: never,
    },
    ...{ stock: never, entrySums: never, movements: never, ahead: never, shipments: never },
  }
}

const walk = (pairs: readonly (readonly [Key, Key])[], side: Side, changes: object = {}, pageSize?: number): Reach =>
  runWalk(reach(0, { side, depth: null, asOf: null, lots: 1e6, edges: 1e6, ...changes }), answersFrom(pairs, pageSize))

const depthsOf = ({ places, depths }: Reach) => Array.from(places, ([lot, place]) => [lot, depths[place]])

describe('a walk', () => {
  it('tells the least number of steps, every edge once, and the ends', () => {
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
      [0, 3],
      [3, 4],
    ] as const
    const found = walk(pairs, 'down')
    expect(depthsOf(found)).toEqual([
      [0, 0],
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 2],
    ])
    expect(found.records).toHaveLength(6)
    expect([...found.terminals]).toEqual([4])
    expect([...walk(pairs, 'up').terminals]).toEqual([0])
  })

  it('ends on a cycle', () => {
    const found = walk(
      [
        [0, 1],
        [1, 2],
        [2, 0],
      ],
      'down',
    )
    expect([...found.places.keys()]).toEqual([0, 1, 2])
    expect(found.records).toHaveLength(3)
    expect(found.terminals.size).toBe(0)
  })

  it('stops at a depth, and knows which lots go on', () => {
    const found = walk(
      [
        [0, 1],
        [0, 2],
        [1, 3],
      ],
      'down',
      { depth: 1 },
    )
    expect([...found.places.keys()]).toEqual([0, 1, 2])
    expect([...found.terminals]).toEqual([2])
    expect(found.truncated).toBe(false)
  })

  it('stops at a number of lots and of edges, and says so; at exactly that number it does not', () => {
    const star = Array.from({ length: 10 }, (_, index) => [0, index + 1] as const)
    expect(walk(star, 'down', { lots: 11 })).toMatchObject({ truncated: false })
    const cut = walk(star, 'down', { lots: 10 })
    expect(cut.truncated).toBe(true)
    expect(cut.places.size).toBe(10)
    expect(walk(star, 'down', { edges: 10 }).truncated).toBe(false)
    expect(walk(star, 'down', { edges: 9 })).toMatchObject({ truncated: true, records: { length: 9 } })
  })

  it('goes to the end of a chain of 10,000 lots', () => {
    const chain = Array.from({ length: 10_000 }, (_, index) => [index, index + 1] as const)
    const found = walk(chain, 'down')
    expect(found.depths[found.places.get(10_000) ?? 0]).toBe(10_000)
    expect([...found.terminals]).toEqual([10_000])
  })

  it('asks for each lot of a ladder with 2^60 paths once', () => {
    const rungs = Array.from({ length: 60 }, (_, rung) => {
      const [left, right, next] = [2 * rung + 1, 2 * rung + 2, 2 * rung + 3]
      const ends = rung === 0 ? [0] : [2 * rung - 1, 2 * rung]
      return next > 0 ? ends.flatMap((end) => [[end, left] as const, [end, right] as const]) : []
    }).flat()
    const found = walk(rungs, 'down', {}, 1000)
    expect(found.places.size).toBe(121)
    expect(found.records).toHaveLength(238)
  })
})
