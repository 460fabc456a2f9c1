import { type Policy, StorageUnavailable } from '@lotbook/domain'
import pg from 'pg'
import { migrate, upToDate } from '../migrate.ts'
import { execute, first, type Program } from '../program.ts'
import { codeOf, postgresDialect } from './dialect.ts'
import { begin, CommitUnanswered, type Connections, transaction } from './transaction.ts'

/** Where in a database the ledger is, or a new one is made. */
export interface Place {
  /** The schema that holds it. */
  readonly schema: string
  readonly holdsLedger: boolean
  /** What this process is to the database. */
  readonly role: string
  /** That of the database, such as UTF8. */
  readonly encoding: string
}

interface Seen extends Omit<Place, 'schema' | 'holdsLedger'> {
  readonly made: string | null
  readonly first: string | null
}

const whereSql = `select cast(current_user as text) as role, current_setting('server_encoding') as encoding,
  cast(current_schema() as text) as first,
  (select cast(nspname as text) from pg_class join pg_namespace on pg_namespace.oid = pg_class.relnamespace
    where pg_class.oid = to_regclass('ledger_head')) as made`

/** The statement after which a session looks in one schema alone: none that is made later comes before it. */
export const stayingIn = (schema: string): string => `set search_path to ${pg.escapeIdentifier(schema)}`

function* look(): Program<Place> {
  const seen = yield* first<Seen>({ sql: whereSql, parameters: [] })
  const schema = seen?.made ?? seen?.first
  if (seen === undefined || typeof schema !== 'string')
    throw new StorageUnavailable({
      reason: 'PostgreSQL: the search_path of the role names no schema that is there: make one, or set another',
    })
  yield* execute({ sql: stayingIn(schema), parameters: [] })
  const { role, encoding, made } = seen
  return { schema, holdsLedger: made !== null, role, encoding }
}

/** Looks where the ledger is, without making anything. The session that looks stays there. */
export const findPlace = (connections: Connections, patience: number): Promise<Place> =>
  transaction(connections, 'statement', patience, look, connections.lookups)

const refusing =
  (why: (code: string, said: string) => string | undefined) =>
  (error: unknown): never => {
    const code = codeOf(error)
    const reason = error instanceof pg.DatabaseError && code !== undefined ? why(code, error.message) : undefined
    throw reason === undefined ? error : new StorageUnavailable({ reason: `PostgreSQL: ${reason}` })
  }

const whyNotRead = (code: string, said: string): string | undefined =>
  code.startsWith('42') && code !== '42501'
    ? `the database holds tables of another program (${code}, ${said}): give Lotbook a database of its own`
    : undefined

const whyNotMade = ({ schema, role }: Place, code: string, said: string): string | undefined => {
  if (code === '25006') return `it holds no ledger, and none can be made: the database is read-only (${code})`
  return code === '42501'
    ? `the role ${role} may not make tables in schema ${schema} (${code}): grant create on schema ${schema} to ${role}, or let a role that may do so open the ledger once`
    : whyNotRead(code, said)
}

const whyNotBrought = ({ role }: Place, code: string, said: string): string | undefined => {
  const outdated = 'the schema of this ledger is to be brought up to date'
  if (code === '25006')
    return `${outdated}, and the database is read-only (${code}): open it once where it may be written`
  return code === '42501'
    ? `${outdated}, which the role ${role} may not do (${code}, ${said}): open it once as the role that owns its tables`
    : whyNotRead(code, said)
}

// Two processes that make the schema at the same time meet here; the second finds it made when it tries again.
const madeMeanwhile = /^(23505|42P07|42723|42710|XX000)$/
const triesToMigrate = 5

const make = async (connections: Connections, policy: Policy, patience: number): Promise<string> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const migrating = () => migrate(postgresDialect, policy, Date.now())
      return await transaction(connections, begin.writing, patience, migrating, connections.readsAtLength)
    } catch (error) {
      // What was made after all is found made.
      const again = error instanceof CommitUnanswered || madeMeanwhile.test(codeOf(error) ?? '')
      if (attempt === triesToMigrate || !again) throw error
    }
  }
}

/** Brings the schema up to date. One that is so already is only read, so that who may not write opens it too. */
export const bringUpToDate = async (
  connections: Connections,
  place: Place,
  policy: Policy,
  patience: number,
): Promise<string> => {
  const making = () => make(connections, policy, patience)
  if (!place.holdsLedger) return await making().catch(refusing((code, said) => whyNotMade(place, code, said)))
  const looking = () => upToDate(postgresDialect)
  const already = await transaction(connections, begin.snapshot, patience, looking).catch(refusing(whyNotRead))
  return already ?? (await making().catch(refusing((code, said) => whyNotBrought(place, code, said))))
}
