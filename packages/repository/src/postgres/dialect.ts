import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'
import pg from 'pg'
import type { Dialect } from '../dialect.ts'
import { LedgerNotUsable } from '../ledger-head.ts'
import type { Tables } from '../tables.ts'

// SQLSTATE by its beginning (PostgreSQL, appendix A), and what it means for who asks.
const unavailable: readonly (readonly [state: string, reason: string])[] = [
  ['22P05', 'the encoding of the database has no such character'],
  ['40001', 'other writers were in the way'],
  ['40003', 'it is not known whether the change was committed'],
  ['40P01', 'other writers were in the way'],
  ['55P03', 'another process is writing'],
  ['08', 'the connection to the database was lost'],
  ['57014', 'a statement took longer than the database allows, or somebody ended it'],
  ['57P', 'the database is stopping or starting'],
  ['25006', 'the database is read-only'],
  ['25P03', 'the transaction was idle for too long'],
  ['28', 'the database does not let this user in'],
  ['3D000', 'the database does not exist'],
  ['3F000', 'the search_path of the role names no schema that is there'],
  ['42501', 'the role of this process lacks a right on the tables of the ledger'],
  ['53', 'the database has run out of disk, memory or connections'],
  ['58', 'the database could not read or write its disk'],
  ['XX001', 'the database is damaged'],
  ['XX002', 'the database is damaged'],
]

// What Node.js and the driver say where there is no answer from the server that has a SQLSTATE.
const unreachable = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/
const noConnection = /^(Connection terminated|Client has encountered a connection error|timeout expired)/
const noneFree = /^timeout exceeded when trying to connect/

/** The code of an error of the server (SQLSTATE) or of the system, or undefined. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

const whyUnavailable = (error: unknown): string | undefined => {
  if (error instanceof LedgerNotUsable) return error.message
  const code = codeOf(error)
  if (error instanceof pg.DatabaseError) {
    const found = unavailable.find(([state]) => code?.startsWith(state))
    return found && `${found[1]} (${code})`
  }
  // Several addresses of one name were tried.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  const said = codeOf(first)
  if (said !== undefined && unreachable.test(said)) return `the database cannot be reached (${said})`
  if (error instanceof Error && noneFree.test(error.message))
    return 'all connections of this process to the database are in use, or it does not answer'
  return error instanceof Error && noConnection.test(error.message)
    ? 'the connection to the database was lost'
    : undefined
}

const refuse = (table: string, verb: 'update' | 'delete'): readonly string[] => [
  `create or replace function ${table}_no_${verb}() returns trigger language plpgsql as $$ begin raise exception '${table} is history: rows are appended, never ${verb}d'; end $$`,
  `create trigger ${table}_no_${verb} before ${verb} on ${table} for each row execute function ${table}_no_${verb}()`,
]

const each = (json: string) =>
  sql`(select ordinality - 1 as key, value::bigint as value, ordinality from jsonb_array_elements_text(${json}::jsonb) with ordinality)`

/** PostgreSQL's part of what differs between engines. */
export const postgresDialect: Dialect = {
  db: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
  integer: sql`bigint`,
  text: sql`text collate "C"`,
  surrogateKey: (column) => column.primaryKey().generatedByDefaultAsIdentity(),
  table: (builder) => builder,
  clustered: (builder) => builder,
  lockForChange: sql`for update`,
  appendOnly: (table) => [...refuse(table, 'update'), ...refuse(table, 'delete')],
  changeable: (table) => (['update', 'delete'] as const).map((verb) => `drop trigger ${table}_no_${verb} on ${table}`),
  member: (json, path, as) => {
    const found = sql`(cast(${json} as jsonb) #>> ${sql.lit(`{${path.join()}}`)})`
    if (as === 'text') return found
    return as === 'integer'
      ? sql`cast(${found} as bigint)`
      : sql`cast(case ${found} when 'true' then '1' when 'false' then '0' end as bigint)`
  },
  denseSequence: [
    `create function record_version_dense() returns trigger language plpgsql as $$ begin
      if new.sequence <> (select coalesce(max(sequence), 0) + 1 from record_version) then
        raise exception 'a version takes the next sequence';
      end if;
      return new;
    end $$`,
    'create trigger record_version_dense before insert on record_version for each row execute function record_version_dense()',
  ],
  // No two have one sequence, so all are there where each but the first has one before it.
  denseByPredecessor: [
    `create or replace function record_version_dense() returns trigger language plpgsql as $$ begin
      if new.sequence <> 1 and not exists (select 1 from record_version where sequence = new.sequence - 1) then
        raise exception 'a version takes the next sequence';
      end if;
      return new;
    end $$`,
  ],
  rowsIn: (json, members) => {
    const types = { integer: sql`bigint`, text: sql`text` }
    const columns = Object.entries(members).map(([name, type]) => sql`${sql.ref(name)} ${types[type]}`)
    return sql`select * from jsonb_to_recordset(cast(${json} as jsonb)) as given(${sql.join(columns)})`
  },
  each,
  // A list of which only the length is unknown: a query of rows would be joined to all the others, and those read whole.
  isAmong: (column, json) => sql<boolean>`${sql.ref(column)} = any (array(select value from ${each(json)} as list))`,
  // The list is known to come in the order of its ordinality, so that a page ends where its rows do.
  inOrderOfList: (list, ...columns) =>
    sql`order by ${sql.join([`${list}.ordinality`, ...columns].map((column) => sql.ref(column)))}`,
  listOf: (column) => sql`cast(coalesce(json_agg(${column}), '[]') as text)`,
  joined: (column) => sql`coalesce(string_agg(${column}, ''), '')`,
  quoted: (text) => sql`cast(to_json(${text}) as text)`,
  contains: (text, part) => sql<boolean>`strpos(${text}, ${part}) > 0`,
  mayLoseCommits: true,
  whyUnavailable,
  isUniqueViolation: (error) => codeOf(error) === '23505',
}
