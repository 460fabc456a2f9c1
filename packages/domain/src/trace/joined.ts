import type { Edge, Key } from './questions.ts'
import type { Reach } from './reach.ts'

/** What all sides of a trace reached, each lot and each edge once. */
export interface Joined {
  /** The lots by their places: the traced one, then the others, nearest first. */
  readonly keys: readonly Key[]
  readonly edges: readonly Edge[]
  /** The places of the lots of each edge. */
  readonly froms: readonly number[]
  readonly tos: readonly number[]
  /** The places of what the second side reached, by their places there. */
  readonly seconds: readonly number[]
}

/** Tells which edges of a second side the first one did not meet: both meet those between lots that both reached. */
const newTo = (first: Reach, second: Reach): ((edge: Edge) => boolean) => {
  const isMetTwice = ({ from, to }: Edge): boolean =>
    first.places.has(from) && first.places.has(to) && second.places.has(from) && second.places.has(to)
  const nameOf = ({ record, produced }: Edge): string => `${record} ${produced}`
  const known = new Set(first.edges.filter(isMetTwice).map(nameOf))
  return (edge) => !isMetTwice(edge) || !known.has(nameOf(edge))
}

const joinedOne = ({ side, places, edges, nears, fars }: Reach): Joined => ({
  keys: [...places.keys()],
  edges,
  seconds: [],
  ...(side === 'down' ? { froms: nears, tos: fars } : { froms: fars, tos: nears }),
})

/** Joins what one side reached, or two. */
export const joined = (first: Reach, second: Reach | undefined): Joined => {
  const one = joinedOne(first)
  if (second === undefined) return one
  const other = joinedOne(second)
  const keys = [...one.keys]
  const seconds = other.keys.map((key) => first.places.get(key) ?? keys.push(key) - 1)
  const edges = [...one.edges]
  const [froms, tos] = [[...one.froms], [...one.tos]]
  const isNew = newTo(first, second)
  for (const [index, edge] of other.edges.entries()) {
    if (!isNew(edge)) continue
    edges.push(edge)
    froms.push(seconds[other.froms[index] as number] as number)
    tos.push(seconds[other.tos[index] as number] as number)
  }
  return { keys, edges, froms, tos, seconds }
}

/** The records of some edges, then the PRODUCE records of the inferred ones, in the order of the edges. */
export const recordsOfEdges = (edges: readonly Edge[]): readonly Key[] => {
  const keys = edges.map(({ record }) => record)
  for (const { produced } of edges) if (produced !== null) keys.push(produced)
  return keys
}
