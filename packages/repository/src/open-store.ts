import { hash } from 'node:crypto'
import type { Policy, Sha256, Store, WebhookStore } from '@lotbook/domain'
import type { Archive } from './archive/archive.ts'
import type { KeyStore } from './keys/api-key.ts'
import { openPostgresStore } from './postgres/open-postgres-store.ts'
import type { Snapshot } from './snapshot.ts'
import { openSqliteStore } from './sqlite/open-sqlite-store.ts'

/** Where a store is kept, and how a new one begins. */
export interface OpenOptions {
  /**
   * A SQLite file, made where there is none; `:memory:` is forgotten when the store is closed. Or the address of a
   * PostgreSQL database that exists: `postgres://user:password@host:5432/database`.
   */
  readonly filename: string
  /** SHA-256 of a text as hexadecimal; by default that of `node:crypto`. */
  readonly sha256?: Sha256
  /** For how many milliseconds a change waits while another process writes, before it is refused; by default 10,000. */
  readonly patience?: number
  /** The policy of a new store; one that exists keeps its own. By default `standard`. */
  readonly policy?: Policy
  /** Opens only what holds a ledger: rejects with NoLedger otherwise, and makes and changes nothing. By default false. */
  readonly mustExist?: boolean
}

/** What a store is kept in. */
export interface StoreInfo {
  /** The file, or the address without its password. */
  readonly filename: string
  /** `SQLite` or `PostgreSQL`, with its version. */
  readonly engine: string
  /** The last migration. */
  readonly schema: string
}

/** An open store. */
export interface OpenStore {
  readonly store: Store
  readonly keys: KeyStore
  readonly webhooks: WebhookStore
  /** The whole ledger as text: out of this store, or into it while it is empty. */
  readonly archive: Archive
  /** Takes one moment of it, to be read while others write. */
  readonly snapshot: () => Promise<Snapshot>
  readonly info: StoreInfo
  /** How the database is set up so that what was acknowledged may be lost, in words for who runs it; else empty. */
  readonly warnings: readonly string[]
  /**
   * Copies the store into a new file while it is in use. The file is there when the copy is whole and on the disk.
   * Rejects with EEXIST where there is such a file, and on PostgreSQL, which is backed up with its own tools.
   */
  readonly backup: (file: string) => Promise<void>
  /** How many transactions were committed since it was opened: fewer than changes, where changes came together. */
  readonly commits: () => number
  /** Finishes the changes that wait, and closes. Whoever calls the store afterwards gets StorageUnavailable. */
  readonly close: () => Promise<void>
}

/** What opening needs, with nothing left out. */
export type Opening = Required<OpenOptions>

/**
 * Opens a store, bringing its schema up to date. Rejects with StorageUnavailable where the database cannot be opened.
 *
 * @example
 * const { store, close } = await openStore({ filename: 'plant.db' })
 */
export const openStore = async (options: OpenOptions): Promise<OpenStore> => {
  const { filename, policy = 'standard', patience = 10_000, mustExist = false } = options
  const { sha256 = (text) => hash('sha256', text) } = options
  const opening: Opening = { filename, policy, patience, sha256, mustExist }
  return /^postgres(ql)?:\/\//.test(filename) ? openPostgresStore(opening) : openSqliteStore(opening)
}
