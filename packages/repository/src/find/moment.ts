import type { Moment } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import { makeLedgerHead } from '../ledger-head.ts'
import { first, type Program } from '../program.ts'
import { statement } from '../statement.ts'

/** What counts at a moment: entries effective up to and including `upTo`, of versions up to the sequence `known`. */
export interface Counting {
  readonly upTo: number
  readonly known: number
  /** A lot that was made no later than this was there, even if nothing had happened to it. */
  readonly made: number
}

/** What stands for a moment in a statement that does not look at one. */
export const today: Counting = { upTo: 0, known: 0, made: 0 }

const everything = Number.MAX_SAFE_INTEGER

/** What counts at a moment of which everything is known. */
export const effectiveBy = (asOf: number): Counting => ({ upTo: asOf, known: everything, made: asOf })

/** Finds what counts at a moment; undefined where it is all that there is. */
export const makeMoments = (dialect: Dialect) => {
  const { db } = dialect
  const { readHead } = makeLedgerHead(dialect)
  const timeOf = statement((p: { readonly sequence: number }) =>
    db.selectFrom('record_version').select('known_at').where('sequence', '=', p.sequence),
  )

  /** The last sequence that was known at a moment; undefined where that is the last there is. */
  function* knownSequence(asKnownAt: number | undefined): Program<number | undefined> {
    if (asKnownAt === undefined) return undefined
    const head = yield* readHead()
    if (head.knownAt <= asKnownAt) return undefined
    // Sequences are dense, and the time from which a version is known never goes back: halving finds it without an index.
    let [low, high] = [0, head.count - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      const version = yield* first(timeOf({ sequence: middle }))
      if (version !== undefined && version.known_at <= asKnownAt) low = middle
      else high = middle - 1
    }
    return low
  }

  function* counting({ asOf, asKnownAt }: Moment): Program<Counting | undefined> {
    if (asOf === undefined && asKnownAt === undefined) return undefined
    const known = yield* knownSequence(asKnownAt)
    const made = Math.min(asOf ?? everything, asKnownAt ?? everything)
    return { upTo: asOf ?? everything, known: known ?? everything, made }
  }

  return { knownSequence, counting }
}
/** What `makeMoments` makes. */
export type Moments = ReturnType<typeof makeMoments>
