import type { Instant } from '@lotbook/domain'
import type { FoundKey, KeyStore } from '@lotbook/repository'
import { limits } from './limits.ts'
import type { Problem } from './problem.ts'
import { keyMissing, keyNotValid } from './problems.ts'
import { run } from './run.ts'

/** What the app needs of the key store: to find the key that has a secret. */
export type KeyFinder = Pick<KeyStore, 'find'>

/** A key that may be used now. */
export type ValidKey = Exclude<FoundKey, string>

const bearer = /^Bearer +([\u0021-\u007e]+)$/iu

/** The key of a request, or 401. Unknown, expired and revoked are told apart only in the log. */
export const authenticate = async (
  authorization: string | null,
  keys: KeyFinder,
  now: Instant,
): Promise<ValidKey | Problem> => {
  if (authorization === null) return keyMissing()
  const secret = bearer.exec(authorization)?.[1]
  if (secret === undefined || secret.length > limits.secretCharacters) return keyNotValid('malformed')
  const found = await run(keys.find(secret, now))
  return typeof found === 'string' ? keyNotValid(found) : found
}
