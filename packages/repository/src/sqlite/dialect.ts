import Database from 'better-sqlite3'
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { LedgerNotUsable } from '../ledger-head.ts'
import type { Tables } from '../tables.ts'

/** Where SQLite cannot make what it keeps beside a database, which it does for reading too. */
export const unwritableFolder =
  'SQLite keeps two more files beside the database, and its folder cannot be written: copy the file, and the one with -wal behind its name where there is one, to where it can'

const unavailable: readonly (readonly [code: string, reason: string])[] = [
  ['SQLITE_BUSY', 'another process is writing'],
  ['SQLITE_LOCKED', 'a table is locked'],
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_IOERR_SHMSIZE', 'the disk is full: SQLite keeps two more files beside the database'],
  ['SQLITE_IOERR', 'the disk could not be read or written'],
  ['SQLITE_READONLY_DIRECTORY', unwritableFolder],
  ['SQLITE_READONLY', 'the database is read-only: copy it to where it can be written'],
  ['SQLITE_CANTOPEN', 'the database cannot be opened'],
  ['SQLITE_PROTOCOL', 'the lock of the database could not be taken'],
  ['SQLITE_NOMEM', 'there is not enough memory'],
  ['SQLITE_CORRUPT', 'the database file is damaged'],
  ['SQLITE_NOTADB', 'the file is not a database'],
]

const whyUnavailable = (error: unknown): string | undefined => {
  if (error instanceof LedgerNotUsable) return error.message
  if (!(error instanceof Database.SqliteError)) return undefined
  const found = unavailable.find(([code]) => error.code.startsWith(code))
  return found && `${found[1]} (${error.code})`
}

const refuse = (table: string, verb: 'update' | 'delete') =>
  `create trigger ${table}_no_${verb} before ${verb} on ${table} begin select raise(abort, '${table} is history: rows are appended, never ${verb}d'); end`

/** SQLite's part of what differs between engines. Tables are STRICT: a column holds its type or nothing. */
export const sqliteDialect: Dialect = {
  db: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  integer: sql`integer`,
  text: sql`text`,
  surrogateKey: (column) => column.primaryKey(),
  table: (builder) => builder.modifyEnd(sql`strict`),
  clustered: (builder) => builder.modifyEnd(sql`strict, without rowid`),
  // Its writers begin IMMEDIATE: they hold the whole file.
  lockForChange: sql``,
  appendOnly: (table) => [refuse(table, 'update'), refuse(table, 'delete')],
  changeable: (table) => ['update', 'delete'].map((verb) => `drop trigger ${table}_no_${verb}`),
  member: (json, path) => sql`json_extract(${json}, ${sql.lit(`$.${path.join('.')}`)})`,
  denseSequence: [
    `create trigger record_version_dense before insert on record_version
     when new.sequence <> (select coalesce(max(sequence), 0) + 1 from record_version)
     begin select raise(abort, 'a version takes the next sequence'); end`,
  ],
  denseByPredecessor: [],
  rowsIn: (json, members) => {
    const columns = Object.keys(members).map((name) => sql`value ->> ${sql.lit(name)} as ${sql.ref(name)}`)
    return sql`select ${sql.join(columns)} from json_each(${json})`
  },
  each: (json) => sql`json_each(${json})`,
  isAmong: (column, json) => sql<boolean>`${sql.ref(column)} in (select value from json_each(${json}))`,
  // A cross join goes through the list in its order, and through the index for each of its numbers. Asking for the order
  // would make SQLite sort all of it, because it does not know the order of a list.
  inOrderOfList: () => sql``,
  listOf: (column) => sql`json_group_array(${column})`,
  joined: (column) => sql`coalesce(group_concat(${column}, ''), '')`,
  quoted: (text) => sql`json_quote(${text})`,
  contains: (text, part) => sql<boolean>`instr(${text}, ${part}) > 0`,
  mayLoseCommits: false,
  whyUnavailable,
  isUniqueViolation: (error) =>
    error instanceof Database.SqliteError &&
    (error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY'),
}
