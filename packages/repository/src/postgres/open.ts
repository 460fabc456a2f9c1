import { type Policy, StorageUnavailable } from '@lotbook/domain'
import pg from 'pg'
import { migrate, NoLedger } from '../migrate.ts'
import { codeOf, postgresDialect } from './dialect.ts'
import { answerOn, types } from './session.ts'
import { risksOf, setUp } from './set-up.ts'
import { begin, CommitUnanswered, type Connections, transaction } from './transaction.ts'

/** How many connections a process reads with at most. */
const mostReaders = 10
/** One writes, one reads ahead for the next. */
const mostWriters = 2
const connectTimeout = 5000
/** A process that stops in the middle of a transaction lets go of the ledger's head after this long. */
const idleInTransaction = 30_000
/** How long a group waits for the head while another process holds it. */
const lockTimeout = 10_000

// Two processes that make the schema at the same time meet here; the second finds it made when it tries again.
const madeMeanwhile = /^(23505|42P07|42723|42710|XX000)$/
const triesToMigrate = 5

const whyNotOpen = (error: unknown): unknown => {
  const reason = postgresDialect.whyUnavailable(error)
  return reason === undefined ? error : new StorageUnavailable({ reason: `PostgreSQL: ${reason}` })
}

const bringUpToDate = async (connections: Connections, policy: Policy, patience: number): Promise<string> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction(connections, begin.writing, patience, () => migrate(postgresDialect, policy, Date.now()))
    } catch (error) {
      // What was made after all is found made.
      const again = error instanceof CommitUnanswered || madeMeanwhile.test(codeOf(error) ?? '')
      if (attempt === triesToMigrate || !again) throw error
    }
  }
}

/** Looks for a ledger without making anything. */
const holdsLedger = async ({ pool }: Connections): Promise<boolean> => {
  const client = await pool.connect()
  try {
    const sql = "select 1 as one where to_regclass('ledger_head') is not null"
    return (await answerOn(client)({ sql, parameters: [] })).length > 0
  } finally {
    client.release()
  }
}

/** The driver hands a new connection out when this is done. Its types do not say that it may take time. */
interface Settings extends Omit<pg.PoolConfig, 'onConnect'> {
  readonly onConnect: (client: pg.ClientBase) => Promise<void>
}

const makePool = (url: string, max: number): pg.Pool => {
  const settings: Settings = {
    connectionString: url,
    application_name: 'lotbook',
    max,
    connectionTimeoutMillis: connectTimeout,
    idle_in_transaction_session_timeout: idleInTransaction,
    lock_timeout: lockTimeout,
    keepAlive: true,
    // Statements are sent without waiting for the answers to those before.
    pipeline: true,
    types,
    onConnect: setUp,
  }
  const pool = new pg.Pool(settings)
  // A connection that breaks leaves the pool. Whoever uses it hears of that from its query, and nobody needs to otherwise.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  return pool
}

/** Ends all connections, each when it is done with what it does. */
export const endAll = async ({ pool, writers }: Connections): Promise<void> => {
  await Promise.all([pool.end(), writers.end()])
}

/** A database that is open. */
export interface Opened {
  readonly connections: Connections
  /** The last migration. */
  readonly schema: string
  /** That of the server. */
  readonly version: string
  /** See `OpenStore.warnings`. */
  readonly warnings: readonly string[]
}

/**
 * Opens a PostgreSQL database and brings its schema up to date. Rejects with StorageUnavailable, or with NoLedger where
 * the ledger must be there already: then it is named so.
 */
export const openConnections = async (
  url: string,
  policy: Policy,
  patience: number,
  mustExistAt: string | null = null,
): Promise<Opened> => {
  const [pool, writers] = [makePool(url, mostReaders), makePool(url, mostWriters)]
  const connections: Connections = { pool, writers, closing: false }
  try {
    if (mustExistAt !== null && !(await holdsLedger(connections))) throw new NoLedger(mustExistAt)
    const schema = await bringUpToDate(connections, policy, patience)
    const client = await pool.connect()
    try {
      const [row] = await answerOn(client)({ sql: 'show server_version', parameters: [] })
      const version = (row as { readonly server_version: string }).server_version
      return { connections, schema, version, warnings: await risksOf(client) }
    } finally {
      client.release()
    }
  } catch (error) {
    connections.closing = true
    await endAll(connections)
    throw whyNotOpen(error)
  }
}
