import type { Grant, Instant, StorageUnavailable } from '@lotbook/domain'
import type { Effect } from 'effect'
import { Problem } from './problem.ts'
import { keyMissing, keyNotValid } from './problems.ts'
import { run } from './run.ts'

/** An API key as it is kept: its secret is not among it. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly grants: readonly Grant[]
  readonly expiresAt: Instant | null
  readonly revokedAt: Instant | null
}

/** Finds the key that has a secret, whether or not it may still be used. */
export interface KeyFinder {
  readonly find: (secret: string) => Effect.Effect<ApiKey | undefined, StorageUnavailable>
}

const bearer = /^Bearer +([\u0021-\u007e]{1,512})$/iu

/** The key of a request, or 401. Expired, revoked and unknown are told apart only in the log. */
export const authenticate = async (
  authorization: string | null,
  keys: KeyFinder,
  now: Instant,
): Promise<ApiKey | Problem> => {
  if (authorization === null) return keyMissing()
  const secret = bearer.exec(authorization)?.[1]
  if (secret === undefined) return keyNotValid('malformed')
  const key = await run(keys.find(secret))
  if (key === undefined) return keyNotValid('unknown')
  if (key instanceof Problem) return key
  if (key.revokedAt !== null && key.revokedAt <= now) return keyNotValid(`revoked: ${key.name}`)
  if (key.expiresAt !== null && key.expiresAt <= now) return keyNotValid(`expired: ${key.name}`)
  return key
}
