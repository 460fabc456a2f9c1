import type { Ratio } from './rounds.ts'

/** What a ratio has to be. */
export interface Bar {
  readonly sense: 'at most' | 'at least'
  readonly must: number
  readonly goal: number
}

/** One row of the report: a ratio, what it has to be, and the figures behind it. */
export interface Finding {
  /** The bar's name, such as B8. */
  readonly name: string
  readonly what: string
  /** What the store was kept in, where there is one. */
  readonly engine?: 'SQLite' | 'PostgreSQL'
  readonly ratio: Ratio
  /** Undefined: reported only. */
  readonly bar?: Bar
  /** The medians that the ratio was made of, in words. */
  readonly figures: string
}

const reaches = ({ sense }: Bar, value: number, limit: number): boolean =>
  sense === 'at most' ? value <= limit : value >= limit

/** How a finding stands to its bar. */
export const standing = ({ bar, ratio }: Finding): 'goal' | 'met' | 'not met' | 'no bar' => {
  if (bar === undefined) return 'no bar'
  if (reaches(bar, ratio.median, bar.goal)) return 'goal'
  return reaches(bar, ratio.median, bar.must) ? 'met' : 'not met'
}
