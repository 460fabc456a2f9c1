import { type Genealogy, type Side, sideOf } from './genealogy.ts'

/** Sides of lots that are expanded, by {@link sideOf}. */
export type Opened = ReadonlySet<string>

const sides = ['up', 'down'] as const

// More than this at first sight is no sight.
const firstLots = 40

/** The lots that are to be seen: what can be reached from the traced lot over expanded sides. */
export const shownLots = ({ trace, lots, next }: Genealogy, opened: Opened): ReadonlySet<string> => {
  const shown = new Set(lots.has(trace.lotId) ? [trace.lotId] : [])
  for (const lot of shown)
    for (const side of sides) {
      const key = sideOf(lot, side)
      if (opened.has(key)) for (const other of next.get(key) ?? []) shown.add(other)
    }
  return shown
}

/** Expands level by level, as long as there are not too many lots; the first level always. */
export const openedAtFirst = (genealogy: Genealogy, most = firstLots): Opened => {
  const { trace, next } = genealogy
  const opened = new Set<string>()
  const seen = new Set([trace.lotId])
  let level: readonly (readonly [lot: string, side: Side])[] = sides.map((side) => [trace.lotId, side])
  while (level.length > 0) {
    const found = level.flatMap(([lot, side]) =>
      Array.from(next.get(sideOf(lot, side)) ?? [], (other) => [other, side] as const),
    )
    const fresh = [...new Map(found)].filter(([other]) => !seen.has(other))
    if (opened.size > 0 && seen.size + fresh.length > most) break
    for (const [lot, side] of level) opened.add(sideOf(lot, side))
    for (const [other] of fresh) seen.add(other)
    level = fresh
  }
  return opened
}

/** Everything that the trace told: upwards from what it was made of, downwards from what it went into. */
export const openedAll = ({ trace, lots, next }: Genealogy): Opened => {
  const opened = new Set<string>()
  for (const { lotId, reach } of [...trace.nodes, ...lots.values()])
    for (const side of sides) {
      const isOutward = side === 'up' ? reach !== 'DESCENDANT' : reach !== 'ANCESTOR'
      const key = sideOf(lotId, side)
      if (isOutward && reach !== 'BESIDE' && next.has(key)) opened.add(key)
    }
  return opened
}

/** What the handle on one side of a lot does. */
export interface Handle {
  readonly does: 'expand' | 'collapse' | 'ask'
  /** How many lots appear; 0 where that is not known yet. */
  readonly hidden: number
}

/** The handle on one side of a lot; undefined where there is nothing on that side. */
export const handleOf = (
  { complete, next, lots }: Genealogy,
  shown: ReadonlySet<string>,
  opened: Opened,
  lotId: string,
  side: Side,
): Handle | undefined => {
  const key = sideOf(lotId, side)
  const others = [...(next.get(key) ?? [])].filter((other) => lots.has(other))
  const hidden = others.filter((other) => !shown.has(other)).length
  if (!complete.has(key)) return { does: 'ask', hidden: 0 }
  if (hidden > 0) return { does: 'expand', hidden }
  if (opened.has(key) && others.length > 0) return { does: 'collapse', hidden: 0 }
  return others.length > 0 ? { does: 'expand', hidden: 0 } : undefined
}
