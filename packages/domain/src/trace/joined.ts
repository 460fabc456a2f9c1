import type { Key } from './questions.ts'
import type { Reach } from './reach.ts'

/** What all sides of a trace reached, each lot and each edge once, as lists. */
export interface Joined extends Pick<Reach, 'records' | 'quantities' | 'produced'> {
  /** The lots by their places: the traced one, then the others, nearest first. */
  readonly keys: readonly Key[]
  /** The places of the lots of each edge. */
  readonly froms: readonly number[]
  readonly tos: readonly number[]
  /** The places of what the second side reached, by their places there. */
  readonly seconds: readonly number[]
}

const joinedOne = ({ side, places, nears, fars, records, quantities, produced }: Reach): Joined => ({
  keys: [...places.keys()],
  ...(side === 'down' ? { froms: nears, tos: fars } : { froms: fars, tos: nears }),
  ...{ records, quantities, produced, seconds: [] },
})

/** Joins what one side reached, or two. */
export const joined = (first: Reach, second: Reach | undefined): Joined => {
  const one = joinedOne(first)
  if (second === undefined) return one
  const other = joinedOne(second)
  const keys = [...one.keys]
  const seconds = other.keys.map((key) => first.places.get(key) ?? keys.push(key) - 1)
  const [froms, tos, records] = [[...one.froms], [...one.tos], [...one.records]]
  const quantities = [...one.quantities]
  const produced = new Map(one.produced)
  // Both sides meet the edges between lots that both reached.
  const isMetTwice = (from: number, to: number): boolean =>
    [from, to].every((place) => place < one.keys.length && second.places.has(keys[place] as Key))
  const nameOf = (side: Joined, at: number): string => `${side.records[at]} ${side.produced.get(at)}`
  const known = new Set<string>()
  for (const [at, from] of one.froms.entries()) if (isMetTwice(from, one.tos[at] as number)) known.add(nameOf(one, at))
  for (const [at, record] of other.records.entries()) {
    const from = seconds[other.froms[at] as number] as number
    const to = seconds[other.tos[at] as number] as number
    if (isMetTwice(from, to) && known.has(nameOf(other, at))) continue
    const by = other.produced.get(at)
    if (by !== undefined) produced.set(records.length, by)
    froms.push(from)
    tos.push(to)
    records.push(record)
    quantities.push(other.quantities[at] ?? null)
  }
  return { keys, froms, tos, records, quantities, produced, seconds }
}

/** The records of all edges, then the PRODUCE records of the inferred ones, in the order of the edges. */
export const recordsOf = ({ records, produced }: Joined): readonly Key[] =>
  produced.size === 0 ? records : [...records, ...produced.values()]
