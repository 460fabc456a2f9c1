import type { KeyStore } from '@lotbook/repository'
import { Effect, Result } from 'effect'

/** Which key a server can tell its users of: one made now, the one it was brought, or those that are there already. */
export type FirstKey =
  | { readonly kind: 'made'; readonly secret: string }
  | { readonly kind: 'brought' }
  | { readonly kind: 'there' }

/** Sees to it that a store has a key. The secret of one that is made is known only here and now. */
export const ensureFirstKey = async (keys: KeyStore, adminKey: string | null, actor: string): Promise<FirstKey> => {
  // A key that was revoked counts: who has revoked all keys does not get a new one by starting again.
  if ((await Effect.runPromise(keys.list())).length > 0) {
    const found = adminKey === null ? 'unknown' : await Effect.runPromise(keys.find(adminKey))
    return { kind: typeof found === 'string' ? 'there' : 'brought' }
  }
  const key = { name: 'admin', grants: ['INVENTORY'], expires: null, createdBy: actor, now: Date.now() } as const
  const making = adminKey === null ? keys.create(key) : keys.createWithSecret({ ...key, secret: adminKey })
  const made = await Effect.runPromise(Effect.result(making))
  if (Result.isFailure(made)) {
    // Another process was started at the same time and was first: what it made is there now.
    if (made.failure._tag === 'DuplicateName') return await ensureFirstKey(keys, adminKey, actor)
    throw made.failure
  }
  return adminKey === null ? { kind: 'made', secret: made.success.secret } : { kind: 'brought' }
}
