import { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import { sqliteDialect } from './dialect.ts'

/** What a caller gets for an error of the database: a refusal where trying again may help, else a defect. */
export const failureOf = (error: unknown): Effect.Effect<never, StorageUnavailable> => {
  const reason = sqliteDialect.whyUnavailable(error)
  return reason === undefined ? Effect.die(error) : Effect.fail(new StorageUnavailable({ reason }))
}

/** What a caller gets once the store is closed. */
export const closed: Effect.Effect<never, StorageUnavailable> = Effect.suspend(() =>
  Effect.fail(new StorageUnavailable({ reason: 'the store is closed' })),
)
