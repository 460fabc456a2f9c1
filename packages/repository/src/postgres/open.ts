import { type Policy, StorageUnavailable } from '@lotbook/domain'
import pg from 'pg'
import { NoLedger } from '../migrate.ts'
import { codeOf, postgresDialect } from './dialect.ts'
import { breakOffIfSilent, onConnection, socketOf } from './lane.ts'
import { bringUpToDate, findPlace, whyNotEveryText } from './place.ts'
import { risksOf, setUp, shown } from './set-up.ts'
import type { Connections } from './transaction.ts'

/** How many connections a process has at most, 33 in all. Each is made when it is needed and closed after 10 s without use. */
const most = {
  /** Keys are looked up on one at a time; on another it is asked whether anybody has written. */
  lookups: 2,
  reads: 8,
  readsAtLength: 4,
  /** As many as the exports that a server sends at one time. */
  sessions: 16,
  /** One writes, one has read ahead and writes next, one reads ahead for the group after that. */
  writes: 3,
}
const connectTimeout = 5000
/** A process that stops in the middle of a transaction lets go of the ledger's head after this long. */
const idleInTransaction = 30_000
/** Longer than the reader of an export may take nothing. */
const idleInSession = 120_000
/** How long a group waits for the head while another process holds it. */
const lockTimeout = 10_000
/** After this long without a word the system asks whether the other end is still there, and soon knows that it is not. */
const keepAliveAfter = 10_000

/** For how many milliseconds the database may say nothing to who waits for it. */
export interface Silences {
  /** To who asks for a row, or reads ahead of a change. */
  readonly short: number
  /** To who reads or writes. Longer than anybody waits for the head. */
  readonly long: number
}
const standardSilences: Silences = { short: 5_000, long: 2 * lockTimeout }

const whyNotOpen = (error: unknown): unknown => {
  const reason = postgresDialect.whyUnavailable(error)
  if (reason === undefined || !(error instanceof Error)) return error
  // Which right is lacking only the server's own words say.
  const which = codeOf(error) === '42501' ? `: ${error.message}` : ''
  return new StorageUnavailable({ reason: `PostgreSQL: ${reason}${which}` })
}

/** The driver hands a new connection out when this is done. Its types do not say that it may take time. */
interface Settings extends Omit<pg.PoolConfig, 'onConnect'> {
  readonly onConnect: (client: pg.ClientBase) => Promise<void>
}

/** What the connections of a store share. */
interface Shared {
  readonly url: string
  readonly open: Set<pg.ClientBase>
  /** In which all stay that are made from now on; undefined until it is found. */
  schema: string | undefined
}

const makePool = (shared: Shared, max: number, idle = idleInTransaction): pg.Pool => {
  const { url, open } = shared
  const settings: Settings = {
    connectionString: url,
    application_name: 'lotbook',
    max,
    connectionTimeoutMillis: connectTimeout,
    idle_in_transaction_session_timeout: idle,
    lock_timeout: lockTimeout,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfter,
    onConnect: async (client) => {
      const end = breakOffIfSilent(client, connectTimeout)
      try {
        await setUp(client, shared.schema)
      } finally {
        end()
      }
    },
  }
  const pool = new pg.Pool(settings)
  // A connection that breaks leaves the pool. Whoever uses it hears of that from its query, and nobody needs to otherwise.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    open.add(client)
  })
  pool.on('remove', (client) => {
    open.delete(client)
  })
  return pool
}

const connect = (shared: Shared, { short, long }: Silences): Connections => {
  const pool = (kind: keyof typeof most, idle?: number) => makePool(shared, most[kind], idle)
  const writers = pool('writes')
  return {
    lookups: { pool: pool('lookups'), silence: short },
    reads: { pool: pool('reads'), silence: long },
    readsAtLength: { pool: pool('readsAtLength'), silence: undefined },
    sessions: { pool: pool('sessions', idleInSession), silence: undefined },
    writes: { pool: writers, silence: long },
    readsAhead: { pool: writers, silence: short },
    open: shared.open,
    closing: false,
  }
}

/** Ends all connections, each when it is done with what it does. */
export const endAll = async ({ lookups, reads, readsAtLength, sessions, writes, open }: Connections): Promise<void> => {
  await Promise.all([lookups, reads, readsAtLength, sessions, writes].map(({ pool }) => pool.end()))
  // A database that does not hear the goodbye keeps no process from ending.
  for (const client of open) socketOf(client).unref()
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
  silences = standardSilences,
): Promise<Opened> => {
  const shared: Shared = { url, open: new Set(), schema: undefined }
  const connections = connect(shared, silences)
  try {
    // Who serves waits for a database that starts; a command that needs a ledger says at once that none can be had.
    const place = await findPlace(connections, mustExistAt === null ? patience : 0)
    if (mustExistAt !== null && !place.holdsLedger) throw new NoLedger(mustExistAt)
    const lacking = whyNotEveryText(place)
    // A ledger that stands is only worked with to be brought away.
    if (mustExistAt === null && lacking !== undefined)
      throw new StorageUnavailable({ reason: `PostgreSQL: ${lacking}` })
    shared.schema = place.schema
    const schema = await bringUpToDate(connections, place, policy, patience)
    return await onConnection(connections.lookups, async (client) => {
      const version = (await shown(client, 'server_version')) ?? ''
      return {
        connections,
        schema,
        version,
        warnings: [...(lacking === undefined ? [] : [`PostgreSQL: ${lacking}`]), ...(await risksOf(client))],
      }
    })
  } catch (error) {
    connections.closing = true
    await endAll(connections)
    throw whyNotOpen(error)
  }
}
