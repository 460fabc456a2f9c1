import { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import pg from 'pg'
import { LedgerNotUsable } from '../ledger-head.ts'
import { codeOf, postgresDialect } from './dialect.ts'

/** What a caller gets for an error of the database: a refusal where trying again may help, else a defect. */
export const failureOf = (error: unknown): Effect.Effect<never, StorageUnavailable> => {
  const reason = postgresDialect.whyUnavailable(error)
  return reason === undefined ? Effect.die(error) : Effect.fail(new StorageUnavailable({ reason }))
}

/** An error of the database, as it is thrown to who awaits: StorageUnavailable where trying again may help. */
export const unavailableFor = (error: unknown): unknown => {
  const reason = postgresDialect.whyUnavailable(error)
  return reason === undefined ? error : new StorageUnavailable({ reason })
}

/** What a caller gets where nobody knows whether its change was committed. */
export const isUnanswered = (): StorageUnavailable =>
  new StorageUnavailable({
    reason: 'the connection was lost while the change was being committed',
    mayBeWritten: true,
  })

/** What callers get once the store is closed. */
export const isClosed = (): StorageUnavailable => new StorageUnavailable({ reason: 'the store is closed' })

/** The same as an effect. */
export const closed: Effect.Effect<never, StorageUnavailable> = Effect.suspend(() => Effect.fail(isClosed()))

// Trying again does not help who may not come in or lacks a right, or asks for a database that does not exist. Nor does it end a restore.
const hopeless = /^(28|3D|3F|25006|42|XX)/

/** Whether the same transaction, tried again from its beginning, may well go through. */
export const isPassing = (error: unknown): boolean =>
  !(error instanceof LedgerNotUsable) &&
  postgresDialect.whyUnavailable(error) !== undefined &&
  !hopeless.test(codeOf(error) ?? '')

// What ends a session (FATAL, PANIC), by code: the severity comes in the server's language. The server may say it of a
// commit that is done already, while any other error of a commit says that it was rolled back.
const endsSession = /^(25P0[34]|53|57|58|XX)/
// Said by whoever stands between, who may not have heard the server's last words either; and by a database of several
// servers, of which none knows.
const lostConnection = /^(08|40003)/

/** Whether a transaction whose commit was sent, and that failed at it or at a statement sent ahead, may be committed. */
export const mayBeCommitted = (error: unknown, at: 'the commit' | 'ahead of the commit'): boolean => {
  const code = error instanceof pg.DatabaseError ? codeOf(error) : undefined
  if (code === undefined || lostConnection.test(code)) return true
  // The server answers in order: where it fails a statement ahead of the commit, it never came to the commit.
  return at === 'the commit' && endsSession.test(code)
}
