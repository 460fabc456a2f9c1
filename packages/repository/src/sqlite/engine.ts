import { setTimeout as wait } from 'node:timers/promises'
import { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Engine, Session } from '../engine.ts'
import { type Call, type Program, runNow } from '../program.ts'
import { Checkpointer, type CheckpointLimits } from './checkpointer.ts'
import { CommitWatch } from './commit-watch.ts'
import { Connection } from './connection.ts'
import { sqliteDialect } from './dialect.ts'
import { closed, failureOf, isBusy } from './failure.ts'
import { pause, Writer } from './writer.ts'

const begin: Call<unknown> = { sql: 'begin', parameters: [] }
const beginWriting: Call<unknown> = { sql: 'begin immediate', parameters: [] }
const commit: Call<unknown> = { sql: 'commit', parameters: [] }
const end: Call<unknown> = { sql: 'rollback', parameters: [] }

/** A snapshot of what is committed, for as long as the work takes. Nothing is written, so it is rolled back. */
const inSnapshot = <A>(connection: Connection, work: () => A): A => {
  connection.answer(begin)
  try {
    return work()
  } finally {
    if (connection.inTransaction) connection.answer(end)
  }
}

const sessionOn = (own: Connection): Session => ({
  run: async (program) => runNow(program(), own.answer),
  end: async (keep) => {
    try {
      if (own.inTransaction) own.answer(keep ? commit : end)
    } finally {
      own.close()
    }
  },
})

const oneTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

// One statement a turn of the event loop: others get their answers in between.
const runAtLength = async <A>(connection: Connection, program: Program<A>): Promise<A> => {
  connection.answer(begin)
  try {
    let step = program.next()
    while (step.done !== true) {
      await oneTurn()
      step = program.next(connection.answer(step.value))
    }
    return step.value
  } finally {
    if (connection.inTransaction) connection.answer(end)
  }
}

// Connections that are done with a long read wait for the next one: what they prepared stays prepared.
const mostIdle = 2

/** Runs programs on one SQLite file: writes and short reads on one connection, long reads on one of their own. */
export const makeEngine = (
  filename: string,
  connection: Connection,
  patience: number,
  limits?: CheckpointLimits,
): Engine & {
  readonly writer: Writer
  readonly checkpointer: Checkpointer | undefined
  readonly closeReaders: () => void
} => {
  const { tell, watch } = new CommitWatch(connection)
  const writer = new Writer(connection, patience, (changes) => {
    tell()
    checkpointer?.wrote(changes)
  })
  const checkpointer = connection.inMemory ? undefined : new Checkpointer(filename, writer, limits)

  const read: Engine['read'] = (program) =>
    Effect.suspend(() => {
      if (!connection.isOpen) return closed
      try {
        return Effect.succeed(inSnapshot(connection, () => runNow(program(), connection.answer)))
      } catch (error) {
        return failureOf(error)
      }
    })

  const idle: Connection[] = []
  const closeReaders = (): void => {
    for (const reader of idle.splice(0)) reader.close()
  }
  const readAtLength: Engine['readAtLength'] = (program) => {
    // A database in memory has one connection only.
    if (connection.inMemory || !connection.isOpen) return read(program)
    return Effect.callback((resume) => {
      const work = async () => {
        const reader = idle.pop() ?? new Connection(filename, { readonly: true })
        try {
          return await runAtLength(reader, program())
        } finally {
          if (connection.isOpen && idle.length < mostIdle) idle.push(reader)
          else reader.close()
        }
      }
      work().then(
        (answer) => resume(Effect.succeed(answer)),
        (error: unknown) => resume(failureOf(error)),
      )
    })
  }

  /** Begins to write, and waits for a lock that another process holds while others get their answers. */
  const beginToWrite = async (own: Connection): Promise<void> => {
    const until = performance.now() + patience
    for (;;) {
      try {
        own.answerAtOnce(beginWriting)
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() >= until || !connection.isOpen) throw error
      }
      await wait(pause)
    }
  }

  const openSession: Engine['openSession'] = async (writes) => {
    if (connection.inMemory) {
      if (writes) throw new StorageUnavailable({ reason: 'a store in memory takes no archive: name a file' })
      return { run: async (program) => runNow(program(), connection.answer), end: async () => undefined }
    }
    let own: Connection | undefined
    try {
      own = new Connection(filename, writes ? {} : { readonly: true, once: true })
      if (writes) await beginToWrite(own)
      else own.answer(begin)
      return sessionOn(own)
    } catch (error) {
      own?.close()
      const reason = sqliteDialect.whyUnavailable(error)
      throw reason === undefined ? error : new StorageUnavailable({ reason })
    }
  }

  return {
    read,
    readTogether: read,
    readAtLength,
    openSession,
    write: writer.write,
    watch,
    writer,
    checkpointer,
    closeReaders,
  }
}
