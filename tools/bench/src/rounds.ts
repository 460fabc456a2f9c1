/** One thing to be timed: does `times` repetitions. */
export type Work = (times: number) => void | Promise<void>

/** A ratio over rounds: the median of the per-round ratios, and their spread. */
export interface Ratio {
  readonly median: number
  readonly least: number
  readonly greatest: number
}

/** The middle of some numbers. */
export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** Sums up per-round ratios. */
export const ratioOf = (ratios: readonly number[]): Ratio => ({
  median: median(ratios),
  least: Math.min(...ratios),
  greatest: Math.max(...ratios),
})

/** Microseconds that only grow. */
export type Clock = () => number

/** The processor time of this process, that of every thread, and nothing of other processes. */
export const processorTime: Clock = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** All time that passes. */
export const elapsed: Clock = () => performance.now() * 1000

const perRepetition = async (work: Work, times: number, clock: Clock): Promise<number> => {
  const start = clock()
  await work(times)
  return (clock() - start) / times
}

/** The ratio of two rows of figures that were measured in turns, round by round. */
export const ratioInTurns = (ours: readonly number[], theirs: readonly number[]): Ratio =>
  ratioOf(ours.map((figure, round) => figure / (theirs[round] ?? Number.NaN)))

/** What a comparison found: microseconds a repetition for both, and the ratio between them. */
export interface Comparison {
  readonly ours: number
  readonly theirs: number
  readonly ratio: Ratio
}

/** Times two things in turns, after a warm-up; only ratios inside one round count, machines being noisy. */
export const compare = async (
  ours: Work,
  theirs: Work,
  times: number,
  rounds = 9,
  clock = processorTime,
): Promise<Comparison> => {
  await ours(times)
  await theirs(times)
  const ourTimes: number[] = []
  const theirTimes: number[] = []
  for (let round = 0; round < rounds; round++) {
    ourTimes.push(await perRepetition(ours, times, clock))
    theirTimes.push(await perRepetition(theirs, times, clock))
  }
  return {
    ours: median(ourTimes),
    theirs: median(theirTimes),
    ratio: ratioInTurns(ourTimes, theirTimes),
  }
}
