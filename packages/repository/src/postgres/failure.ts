import { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import { codeOf, postgresDialect } from './dialect.ts'

/** What a caller gets for an error of the database: a refusal where trying again may help, else a defect. */
export const failureOf = (error: unknown): Effect.Effect<never, StorageUnavailable> => {
  const reason = postgresDialect.whyUnavailable(error)
  return reason === undefined ? Effect.die(error) : Effect.fail(new StorageUnavailable({ reason }))
}

/** What callers get once the store is closed. */
export const closed: Effect.Effect<never, StorageUnavailable> = Effect.suspend(() =>
  Effect.fail(new StorageUnavailable({ reason: 'the store is closed' })),
)

// Trying again does not help who may not come in, or asks for a database that does not exist.
const hopeless = /^(28|3D|25006|XX)/

/** Whether the same transaction, tried again from its beginning, may well go through. */
export const isPassing = (error: unknown): boolean =>
  postgresDialect.whyUnavailable(error) !== undefined && !hopeless.test(codeOf(error) ?? '')
