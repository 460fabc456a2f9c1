import type pg from 'pg'
import { execute, type Program, runInTurn } from '../program.ts'
import { breakOffIfSilent } from './lane.ts'
import { answerOn } from './session.ts'
import { begin, between, type Connections, commit, writeOn } from './transaction.ts'

/** What was read in a snapshot, on a connection that is kept for writing what comes of it. */
export interface ReadAhead<A> {
  readonly found: A
  /** Whether the connection may be written on: it is kept and, as far as anybody knows, there. */
  readonly isThere: () => boolean
  /** Ends the snapshot and writes in a transaction of its own, whose beginning is sent with what follows it. */
  readonly write: <B>(program: () => Program<B>) => Promise<B>
  /** Gives the connection back, where it still is kept. */
  readonly end: () => void
}

/** Where a connection answered longer ago, in milliseconds, it is asked whether it is there before anything is written. */
const freshFor = 1000

function* inSnapshot<A>(program: Program<A>): Program<A> {
  yield* execute({ ...begin.snapshot })
  return yield* program
}

function* afterSnapshot<A>(program: Program<A>): Program<A> {
  yield* execute({ ...commit })
  return yield* between(begin.writing, program)
}

const hear = async <A>(client: pg.ClientBase, silence: number | undefined, asked: Promise<A>): Promise<A> => {
  const end = breakOffIfSilent(client, silence)
  try {
    return await asked
  } finally {
    end()
  }
}

/** Reads in a snapshot, and keeps the connection until what was found is written on it, or it is given back. */
export const readAheadOn = async <A>(
  { readsAhead, writes }: Connections,
  program: () => Program<A>,
): Promise<ReadAhead<A>> => {
  const client = await readsAhead.pool.connect()
  let isKept = true
  const lose = (): void => {
    if (isKept) giveBack(true)
  }
  const giveBack = (isBroken: boolean): void => {
    isKept = false
    client.off('error', lose)
    client.off('end', lose)
    client.release(isBroken)
  }
  /** Asks a last thing of the connection. */
  const last = async <B>(silence: number | undefined, ask: () => Promise<B>): Promise<B> => {
    isKept = false
    try {
      const answered = await hear(client, silence, ask())
      giveBack(false)
      return answered
    } catch (error) {
      giveBack(true)
      throw error
    }
  }
  try {
    const found = await hear(client, readsAhead.silence, runInTurn(inSnapshot(program()), answerOn(client)))
    const readAt = performance.now()
    client.on('error', lose)
    client.on('end', lose)
    return {
      found,
      isThere: () => isKept && performance.now() - readAt < freshFor,
      write: (writing) => last(writes.silence, () => writeOn(client, afterSnapshot(writing()), true)),
      end: () => {
        // Nothing was written, and whoever takes a connection next finds out what is wrong.
        if (isKept) void Promise.allSettled([last(readsAhead.silence, () => answerOn(client)([{ ...commit }]))])
      },
    }
  } catch (error) {
    client.release(true)
    throw error
  }
}
