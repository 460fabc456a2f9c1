import { deciding } from './deciding.ts'
import { newIds } from './new-ids.ts'
import type { Comparison } from './rounds.ts'

interface Bench {
  readonly name: string
  readonly what: string
  /** The greatest ratio that is good enough; null = reported only. */
  readonly must: number | null
  readonly run: () => Promise<Comparison>
}

const benches: readonly Bench[] = [
  { name: 'B8', what: 'decode + decide + run / JSON.parse of the body', must: 5, run: deciding },
  { name: 'B12', what: 'a ULID in a new millisecond / crypto.randomUUID', must: 8, run: newIds },
]

const wanted = process.argv.slice(2)
let failed = false
for (const { name, what, must, run } of benches) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const { ours, theirs, ratio } = await run()
  const good = must === null || ratio.median <= must
  failed ||= !good
  const bar = must === null ? '' : ` (must be at most ${must}: ${good ? 'met' : 'NOT met'})`
  process.stdout.write(
    `${name} ${what}: ${ratio.median.toFixed(2)} × [${ratio.least.toFixed(2)}–${ratio.greatest.toFixed(2)}]${bar}; ${ours.toFixed(2)} µs / ${theirs.toFixed(2)} µs\n`,
  )
}
process.exitCode = failed ? 1 : 0
