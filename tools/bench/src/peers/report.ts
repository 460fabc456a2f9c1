import { median, type Ratio, ratioOf } from '../rounds.ts'
import type { Installed, Side } from './peer.ts'

const [rounds, seconds, warmUpSeconds] = [5, 3, 8]

/** Who is compared. */
export interface Sides {
  readonly ours: Side
  readonly theirs: Side
  readonly floor?: Side
}

/** What a comparison found: writes a second, and how many times theirs ours are. */
export interface Standing {
  readonly ratio: Ratio
  readonly ours: number
  readonly theirs: number
  readonly floor: number | undefined
}

/** Measures all sides in turns, after a warm-up. */
export const inTurns = async ({ ours, theirs, floor }: Sides): Promise<Standing> => {
  const sides = floor === undefined ? [ours, theirs] : [ours, theirs, floor]
  for (const side of sides) await side.perSecond(warmUpSeconds)
  const rates: number[][] = []
  for (let round = 0; round < rounds; round++) {
    const rate: number[] = []
    for (const side of sides) rate.push(await side.perSecond(seconds))
    rates.push(rate)
  }
  const of = (side: number): number[] => rates.map((rate) => rate[side] ?? Number.NaN)
  return {
    ratio: ratioOf(rates.map(([our = 0, their = 0]) => our / their)),
    ours: median(of(0)),
    theirs: median(of(1)),
    floor: floor === undefined ? undefined : median(of(2)),
  }
}

const head = [
  'Other',
  'One write of it',
  'Lotbook / it',
  'Spread',
  'Lotbook',
  'It',
  'Floor',
  'How it keeps what it acknowledged',
]

const cellsOf = ([{ packages, what, durability }, standing]: readonly [Installed, Standing | string]) => {
  const perSecond = (rate: number | undefined): string => (rate === undefined ? '' : `${rate.toFixed(0)}/s`)
  if (typeof standing === 'string') return [packages[0] ?? '', what, standing, '', '', '', '', durability]
  const { ratio, ours, theirs, floor } = standing
  const spread = `${ratio.least.toFixed(1)}–${ratio.greatest.toFixed(1)}`
  const rates = [perSecond(ours), perSecond(theirs), perSecond(floor)]
  return [packages[0] ?? '', what, `${ratio.median.toFixed(1)} ×`, spread, ...rates, durability]
}

/** What was found, as a table in Markdown. */
export const markdown = (standings: readonly (readonly [Installed, Standing | string])[]): string =>
  [head, head.map(() => '---'), ...standings.map(cellsOf)].map((row) => `| ${row.join(' | ')} |`).join('\n')
