import { StorageUnavailable } from '@lotbook/domain'
import Database from 'better-sqlite3'
import { Effect } from 'effect'
import { sqliteDialect } from './dialect.ts'

/** What a caller gets for an error of the database: a refusal where trying again may help, else a defect. */
export const failureOf = (error: unknown): Effect.Effect<never, StorageUnavailable> => {
  const reason = sqliteDialect.whyUnavailable(error)
  return reason === undefined ? Effect.die(error) : Effect.fail(new StorageUnavailable({ reason }))
}

const isOfDisk = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_IOERR')

/**
 * What callers get where a commit failed, for whatever reason. Where the disk failed it (its sync, say), all of it may
 * stand in the -wal file: this connection does not see it, and its next commit writes over it, but a process that finds
 * the file after a crash takes it for committed.
 */
export const notCommitted = (error: unknown): Effect.Effect<never, StorageUnavailable> =>
  Effect.fail(
    new StorageUnavailable({
      reason: sqliteDialect.whyUnavailable(error) ?? String(error),
      ...(isOfDisk(error) && { mayBeWritten: true }),
    }),
  )

/** Whether another process holds the lock. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')

/** What a caller gets once the store is closed. */
export const closed: Effect.Effect<never, StorageUnavailable> = Effect.suspend(() =>
  Effect.fail(new StorageUnavailable({ reason: 'the store is closed' })),
)
