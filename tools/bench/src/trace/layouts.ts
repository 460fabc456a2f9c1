/** A step: something of one lot went into another. Lots are numbered. */
export type Step = readonly [from: number, to: number]

/** Steps between lots, and the greatest number of a lot. */
export interface Layout<Begin> {
  readonly steps: readonly Step[]
  readonly last: number
  /** Where traces begin. */
  readonly begin: Begin
}

/** The numbers of the lots at which traces of the shapes begin. */
export interface Shapes {
  /** 100,000 steps: every lot but the first was made of three. */
  readonly wide: number
  /** Two lots a rung, each made of both of the rung before: 2^60 paths. */
  readonly ladder: number
  /** 49,000 steps that join each lot with some of the next level and of the one after. */
  readonly skipping: number
  /** Lots made of each other, round and round. */
  readonly cycle: number
}

const numbering = (first: number) => {
  let last = first - 1
  return {
    get last() {
      return last
    },
    level: (count: number): readonly number[] =>
      Array.from({ length: count }, () => {
        last += 1
        return last
      }),
  }
}

/** Lays out the shapes, with lots from `first` on. */
export const shapes = (first: number): Layout<Shapes> => {
  const numbers = numbering(first)
  const { level } = numbers
  const steps: Step[] = []
  const join = (from: readonly number[], to: readonly number[], inputs: number): void => {
    for (const [index, lot] of to.entries())
      for (const input of new Set(
        Array.from({ length: inputs }, (_, n) => from[(index * 31 + n * 977) % from.length] ?? 0),
      ))
        steps.push([input, lot])
  }
  const wide = numbers.last + 1
  let above = level(1)
  while (steps.length < 100_000) {
    const below = level(Math.min(4096, above.length * 2))
    join(above, below, 3)
    above = below
  }
  const ladder = numbers.last + 1
  above = level(1)
  for (let rung = 0; rung < 60; rung++) {
    const below = level(2)
    join(above, below, 2)
    above = below
  }
  const skipping = numbers.last + 1
  let [before, now] = [level(1), level(128)]
  join(before, now, 1)
  for (let n = 0; n < 64; n++) {
    const next = level(128)
    join(now, next, 3)
    join(before, next, 3)
    ;[before, now] = [now, next]
  }
  const cycle = numbers.last + 1
  const round = level(1000)
  for (const [index, lot] of round.entries()) steps.push([lot, round[(index + 1) % round.length] ?? cycle])
  return { steps, last: numbers.last, begin: { wide, ladder, skipping, cycle } }
}

/**
 * Lays out about so many records as diamonds over one or two levels: every lot was made of six of the level before and of
 * six of the one before that. A trace begins at the lot that all came from.
 */
export const diamonds = (first: number, records: number): Layout<{ readonly top: number }> => {
  const numbers = numbering(first)
  const steps: Step[] = []
  const [top] = numbers.level(1) as [number]
  let [before, now]: [readonly number[], readonly number[]] = [[top], numbers.level(128)]
  for (const lot of now) steps.push([top, lot])
  while (steps.length + 12 * 128 <= records) {
    const next = numbers.level(128)
    for (const [index, lot] of next.entries())
      for (const above of [now, before])
        for (const input of new Set(Array.from({ length: 6 }, (_, n) => above[(index * 31 + n * 977) % above.length])))
          if (input !== undefined) steps.push([input, lot])
    ;[before, now] = [now, next]
  }
  return { steps, last: numbers.last, begin: { top } }
}

// A prime, so that every lot of a level has its turn, and neighbours are not made of neighbours.
const stride = 7919

/**
 * Lays out a plant of 12 levels with about so many records: every lot is made of three, and goes into two. A trace begins
 * at a raw material, or at a lot of the last level but one.
 */
export const plant = (first: number, records: number): Layout<{ readonly raw: number; readonly made: number }> => {
  const numbers = numbering(first)
  const steps: Step[] = []
  // Each level has two thirds of the lots of the one before.
  let above = numbers.level(Math.ceil(records / 5.93 / 3) * 3)
  const raw = above[0] ?? first
  let made = raw
  for (let n = 1; n < 12; n++) {
    const below = numbers.level(Math.floor((above.length * 2) / 3))
    for (const [index, lot] of below.entries())
      for (let input = 0; input < 3; input++)
        steps.push([above[((3 * index + input) * stride) % above.length] ?? first, lot])
    above = below
    if (n === 10) made = below[0] ?? first
  }
  return { steps, last: numbers.last, begin: { raw, made } }
}
