import { hash } from 'node:crypto'
import type { Policy, Sha256, Store } from '@lotbook/domain'
import type { KeyStore } from './keys/api-key.ts'
import { makeKeyStore } from './keys/key-store.ts'
import { backUp } from './sqlite/backup.ts'
import { sqliteDialect } from './sqlite/dialect.ts'
import { makeEngine } from './sqlite/engine.ts'
import { openConnection } from './sqlite/open.ts'
import { makeStore } from './store.ts'

/** Where a store is kept, and how a new one begins. */
export interface OpenOptions {
  /** A SQLite file, made where there is none; `:memory:` is forgotten when the store is closed. */
  readonly filename: string
  /** SHA-256 of a text as hexadecimal; by default that of `node:crypto`. */
  readonly sha256?: Sha256
  /** For how many milliseconds a change waits while another process writes, before it is refused; by default 10,000. */
  readonly patience?: number
  /** The policy of a new store; one that exists keeps its own. By default `standard`. */
  readonly policy?: Policy
}

/** What a store is kept in. */
export interface StoreInfo {
  readonly filename: string
  readonly engine: string
  /** The last migration. */
  readonly schema: string
}

/** An open store. */
export interface OpenStore {
  readonly store: Store
  readonly keys: KeyStore
  readonly info: StoreInfo
  /** Copies the store into a file while it is in use. The file is replaced when the copy is whole. */
  readonly backup: (file: string) => Promise<void>
  /** How many transactions were committed since it was opened: fewer than changes, where changes came together. */
  readonly commits: () => number
  /** Finishes the changes that wait, and closes. Whoever calls the store afterwards gets StorageUnavailable. */
  readonly close: () => Promise<void>
}

/**
 * Opens a store, bringing its schema up to date. Rejects with StorageUnavailable where the file cannot be opened.
 *
 * @example
 * const { store, close } = await openStore({ filename: 'plant.db' })
 */
export const openStore = async (options: OpenOptions): Promise<OpenStore> => {
  const { filename, policy = 'standard', patience = 10_000, sha256 = (text) => hash('sha256', text) } = options
  const { connection, schema } = openConnection(filename, policy)
  const engine = makeEngine(filename, connection, patience)
  return {
    store: makeStore(sqliteDialect, engine, sha256),
    keys: makeKeyStore(sqliteDialect, engine),
    info: { filename, engine: `SQLite ${connection.version}`, schema },
    backup: (file) => backUp(connection, filename, file),
    commits: () => engine.writer.commits,
    close: async () => {
      engine.writer.close()
      connection.close()
    },
  }
}
