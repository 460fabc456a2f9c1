import { minus, one, plus, type Ratio, times, zero } from '../quantity/ratio.ts'
import type { Mixing } from './mixings.ts'
import { ask, type Key, type Walk } from './questions.ts'

/** How much of a lot came through others. All parts are exact, from 0 to 1. */
export interface Shares {
  /** By lot: the part that went through it at least once. */
  readonly through: ReadonlyMap<Key, Ratio>
  /** By lot: the part that began in it. They sum to one. */
  readonly origins: ReadonlyMap<Key, Ratio>
}

// A fraction that needs more digits than this says nothing to anybody and takes long to reckon with.
const longestFraction = 1000
// Hexadecimal digits reckoned with in all, and until others get their turn.
const mostEffort = 4_000_000
const effortPerTurn = 8_000
// Lots on a cycle are followed one by one: this many steps in all.
const mostSteps = 1_000_000

/** Keeps count of what exact fractions cost: they may become long, and then there are no shares. */
export class Effort {
  #spent = 0
  #turn = 0

  /** Whether there is enough left to reckon with this fraction too. */
  covers({ denominator }: Ratio): boolean {
    const digits = denominator === 1n ? 1 : denominator.toString(16).length
    this.#spent += digits + 8
    return digits <= longestFraction && this.#spent <= mostEffort
  }

  /** Whether others should get their turn now. */
  get needsTurn(): boolean {
    if (this.#spent - this.#turn < effortPerTurn) return false
    this.#turn = this.#spent
    return true
  }
}

/** The part of each lot that came through one of them, or undefined where fractions become too long. */
export function* partsThrough(
  mixings: readonly Mixing[],
  marked: Key,
  effort: Effort,
): Walk<ReadonlyMap<Key, Ratio> | undefined> {
  const parts = new Map<Key, Ratio>()
  for (const { into, from, part } of mixings) {
    if (into === marked) continue
    const before = parts.get(into) ?? zero
    const added = from === marked ? one : from === null ? zero : (parts.get(from) ?? zero)
    if (before === added) continue
    const after = plus(times(before, minus(one, part)), times(added, part))
    if (!effort.covers(after)) return undefined
    parts.set(into, after)
    if (effort.needsTurn) yield* ask('pause', {})
  }
  return parts
}

/** The lots that lie on a cycle, or between two of them: what is left when lots without inputs or uses are taken away. */
const onCycles = (mixings: readonly Mixing[]): ReadonlySet<Key> => {
  const peel = (pairs: readonly (readonly [Key, Key])[]): readonly (readonly [Key, Key])[] => {
    const degree = new Map<Key, number>()
    const next = new Map<Key, Key[]>()
    for (const [from, into] of pairs) {
      degree.set(into, (degree.get(into) ?? 0) + 1)
      degree.set(from, degree.get(from) ?? 0)
      const uses = next.get(from)
      if (uses === undefined) next.set(from, [into])
      else uses.push(into)
    }
    const free = [...degree].filter(([, count]) => count === 0).map(([lot]) => lot)
    const gone = new Set<Key>()
    for (let lot = free.pop(); lot !== undefined; lot = free.pop()) {
      gone.add(lot)
      for (const into of next.get(lot) ?? []) {
        const left = (degree.get(into) ?? 0) - 1
        degree.set(into, left)
        if (left === 0) free.push(into)
      }
    }
    return pairs.filter(([from, into]) => !gone.has(from) && !gone.has(into))
  }
  const pairs = mixings.flatMap(({ from, into }) => (from === null ? [] : [[from, into] as const]))
  const turned = peel(pairs).map(([from, into]) => [into, from] as const)
  return new Set(peel(turned).flat())
}

/**
 * What a lot is made of in the end, told from all mixings of the lots it came from. Its content is followed backwards:
 * the last mixing of a lot says which part of it came from where, and what is left is older. Where content may have gone
 * through a lot more than once (rework), that lot is followed forwards instead. Undefined where fractions become too long.
 */
export function* sharesOf(mixings: readonly Mixing[], lot: Key, effort: Effort): Walk<Shares | undefined> {
  const held = new Map<Key, Ratio>([[lot, one]])
  const through = new Map<Key, Ratio>()
  const origins = new Map<Key, Ratio>()
  const add = (to: Map<Key, Ratio>, key: Key, part: Ratio): boolean => {
    const sum = plus(to.get(key) ?? zero, part)
    to.set(key, sum)
    return effort.covers(sum)
  }
  for (const { into, from, part } of mixings.toReversed()) {
    const whole = held.get(into)
    if (whole === undefined || whole.numerator === 0n) continue
    const moved = times(whole, part)
    held.set(into, minus(whole, moved))
    const isCovered = from === null ? add(origins, into, moved) : add(held, from, moved) && add(through, from, moved)
    if (!isCovered) return undefined
    if (effort.needsTurn) yield* ask('pause', {})
  }
  for (const [key, rest] of held) if (rest.numerator !== 0n && !add(origins, key, rest)) return undefined

  const cyclic = [...onCycles(mixings)].filter((key) => key !== lot && through.has(key))
  if (cyclic.length * mixings.length > mostSteps) return undefined
  for (const key of cyclic) {
    const parts = yield* partsThrough(mixings, key, effort)
    if (parts === undefined) return undefined
    through.set(key, parts.get(lot) ?? zero)
  }
  through.set(lot, one)
  return { through, origins }
}
