import type { AmountOf } from './amounts.ts'
import type { Mixing } from './mixings.ts'
import type { Edge, Key, Side } from './questions.ts'

/**
 * Which shares are only of what went in by one dimension, because something of another dimension went in too: into the
 * lot itself or into one between it and the traced lot. By lot: the lot that it went into, whose unit names the dimension.
 */
export const leftOutOf = (
  root: Key,
  side: Side,
  edges: readonly Edge[],
  amountOf: AmountOf,
  mixings: readonly Mixing[],
): ReadonlyMap<Key, Key> => {
  const mixed = new Set(edges.filter((edge) => amountOf(edge) === 'otherDimension').map(({ to }) => to))
  // What went into the traced lot does not matter to what it went into.
  if (side === 'down') mixed.delete(root)
  const found = new Map<Key, Key>()
  if (mixed.size === 0) return found
  const next = new Map<Key, Key[]>()
  for (const { from, into } of mixings) {
    if (from === null) continue
    const [near, far] = side === 'down' ? [from, into] : [into, from]
    next.set(near, [...(next.get(near) ?? []), far])
  }
  for (const lot of mixed) if (side === 'down' || lot === root) found.set(lot, lot)
  for (const lot of mixed) {
    const reached = [lot]
    for (const key of reached)
      for (const far of next.get(key) ?? []) {
        if (found.has(far) || far === root) continue
        found.set(far, lot)
        reached.push(far)
      }
  }
  return found
}
