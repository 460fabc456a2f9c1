import { rename, rm } from 'node:fs/promises'
import { StorageUnavailable } from '@lotbook/domain'
import { Connection } from './connection.ts'
import { sqliteDialect } from './dialect.ts'

/**
 * Copies the database into a file while it is in use: the copy is one moment of it. The file appears under its name
 * only when it is whole; what it replaces is gone then. Rejects with StorageUnavailable where there is no room for it.
 */
export const backUp = async (connection: Connection, filename: string, file: string): Promise<void> => {
  const partial = `${file}.partial`
  const clear = () => Promise.all([rm(partial, { force: true }), rm(`${partial}-journal`, { force: true })])
  // A copy that was killed may have left its beginnings behind.
  await clear()
  const source = connection.inMemory ? connection : new Connection(filename, { readonly: true })
  try {
    // Holding a snapshot: otherwise every write of another process starts the copy anew, and it may never end.
    if (source !== connection) {
      source.exec('begin')
      source.answer({ sql: 'select count(*) from sqlite_schema', parameters: [] })
    }
    await source.backup(partial)
    await rename(partial, file)
  } catch (error) {
    await clear()
    const reason = sqliteDialect.whyUnavailable(error)
    throw reason === undefined ? error : new StorageUnavailable({ reason: `the copy ${file}: ${reason}` })
  } finally {
    if (source !== connection) source.close()
  }
}
