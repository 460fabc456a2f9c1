import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Policy, StorageUnavailable } from '@lotbook/domain'
import { migrate, NoLedger, upToDate } from '../migrate.ts'
import { runNow } from '../program.ts'
import { Connection } from './connection.ts'
import { sqliteDialect, unwritableFolder } from './dialect.ts'

const mayBeWritten = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const hasTable = (connection: Connection, name: string): boolean => {
  const tables = "select 1 as one from sqlite_schema where type = 'table' and name = ?"
  return connection.answer({ sql: tables, parameters: [name] }).length > 0
}

/** What is up to date is only read, so that it opens while another process writes at length. */
const schemaUpToDate = (connection: Connection): string | undefined => {
  if (!hasTable(connection, 'migration')) return undefined
  connection.exec('begin')
  try {
    return runNow(upToDate(sqliteDialect), connection.answer)
  } finally {
    connection.exec('rollback')
  }
}

const bringUpToDate = (connection: Connection, filename: string, policy: Policy): string => {
  // Taking the lock tells what is wrong with a file that cannot be written.
  const already = mayBeWritten(filename) ? schemaUpToDate(connection) : undefined
  if (already !== undefined) return already
  connection.exec('begin immediate')
  try {
    const schema = runNow(migrate(sqliteDialect, policy, Date.now()), connection.answer)
    connection.exec('commit')
    return schema
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback')
    throw error
  }
}

/** Looks for a ledger without making or changing anything: SQLite takes an empty file for an empty database. */
const holdsLedger = (filename: string): boolean => {
  const looking = new Connection(filename, { readonly: true, once: true })
  try {
    return hasTable(looking, 'ledger_head')
  } finally {
    looking.close()
  }
}

const isCannotOpen = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_CANTOPEN'

const whyNotOpen = (filename: string, error: unknown): unknown => {
  // On a medium that is read-only SQLite says no more than that it cannot open.
  const isUnwritable = isCannotOpen(error) && !mayBeWritten(dirname(filename))
  const reason = isUnwritable ? unwritableFolder : sqliteDialect.whyUnavailable(error)
  return reason === undefined ? error : new StorageUnavailable({ reason: `${filename}: ${reason}` })
}

/**
 * Opens a SQLite file, made where there is none, and brings its schema up to date. Throws StorageUnavailable, or NoLedger
 * where the ledger must be there.
 */
export const openConnection = (
  filename: string,
  policy: Policy,
  mustExist = false,
): { readonly connection: Connection; readonly schema: string } => {
  if (mustExist && !existsSync(filename)) throw new NoLedger(filename)
  // The driver would call this an error of ours.
  if (filename !== ':memory:' && !existsSync(dirname(filename)))
    throw new StorageUnavailable({ reason: `${filename}: its folder does not exist` })
  let connection: Connection | undefined
  try {
    if (mustExist && !holdsLedger(filename)) throw new NoLedger(filename)
    connection = new Connection(filename)
    const schema = bringUpToDate(connection, filename, policy)
    connection.waitShortly()
    return { connection, schema }
  } catch (error) {
    connection?.close()
    throw whyNotOpen(filename, error)
  }
}
