import type { KeyStore } from '@lotbook/repository'
import { Effect } from 'effect'

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
  if (adminKey !== null) {
    await Effect.runPromise(keys.createWithSecret({ ...key, secret: adminKey }))
    return { kind: 'brought' }
  }
  const { secret } = await Effect.runPromise(keys.create(key))
  return { kind: 'made', secret }
}
