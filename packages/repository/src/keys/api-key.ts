import type { DuplicateName, Grant, Instant, NotFound, StorageUnavailable, Ulid } from '@lotbook/domain'
import type { Effect } from 'effect'

/** What a new API key is to be. */
export interface NewKey {
  readonly name: string
  readonly grants: readonly Grant[]
  /** Until when it is good; null = for good. */
  readonly expires: Instant | null
  readonly createdBy: string
  readonly now: Instant
}

/** A key that was just made. The secret is shown this once and kept nowhere. */
export interface MadeKey {
  readonly id: Ulid
  readonly secret: string
}

/** An API key as it may be listed. */
export interface ApiKey {
  readonly id: Ulid
  readonly name: string
  readonly grants: readonly Grant[]
  readonly expires: Instant | null
  readonly createdDate: Instant
  readonly createdBy: string
  readonly revokedDate: Instant | null
  readonly revokedBy: string | null
}

/** The key that a secret belongs to, or why it is no good. */
export type FoundKey = Pick<ApiKey, 'id' | 'name' | 'grants'> | 'unknown' | 'expired' | 'revoked'

/** The API keys of a store. They live beside the ledger, and their changes go into its change table. */
export interface KeyStore {
  /** Makes a key with a random secret. The name must differ from that of every key that is not revoked. */
  readonly create: (key: NewKey) => Effect.Effect<MadeKey, DuplicateName | StorageUnavailable>
  /** Makes a key whose secret the caller brings along: the administrator's first one. */
  readonly createWithSecret: (
    key: NewKey & { readonly secret: string },
  ) => Effect.Effect<MadeKey, DuplicateName | StorageUnavailable>
  /** Every key, oldest first, revoked ones too. */
  readonly list: () => Effect.Effect<readonly ApiKey[], StorageUnavailable>
  /** Makes a key useless from now on. A name means the key of that name that is not revoked. */
  readonly revoke: (
    idOrName: string,
    by: { readonly actor: string; readonly now: Instant },
  ) => Effect.Effect<ApiKey, NotFound | StorageUnavailable>
  readonly find: (secret: string, now?: Instant) => Effect.Effect<FoundKey, StorageUnavailable>
  /** How many keys are not revoked. */
  readonly count: () => Effect.Effect<number, StorageUnavailable>
}
