import { rm } from 'node:fs/promises'
import { StorageUnavailable } from '@lotbook/domain'
import { makeNewFile } from '../new-file.ts'
import { Connection } from './connection.ts'
import { sqliteDialect } from './dialect.ts'

/**
 * Copies the database into a new file while it is in use: the copy is one moment of it. The file appears under its name
 * only when it is whole and on the disk. Rejects with StorageUnavailable where there is no room for it, and with EEXIST
 * where there is a file of that name.
 */
export const backUp = async (connection: Connection, filename: string, file: string): Promise<void> => {
  const source = connection.inMemory ? connection : new Connection(filename, { readonly: true })
  const copyInto = async (partial: string): Promise<void> => {
    try {
      // Holding a snapshot: otherwise every write of another process starts the copy anew, and it may never end.
      if (source !== connection) {
        source.exec('begin')
        source.answer({ sql: 'select count(*) from sqlite_schema', parameters: [] })
      }
      await source.backup(partial)
    } finally {
      if (source !== connection) source.close()
      await rm(`${partial}-journal`, { force: true })
    }
  }
  try {
    await makeNewFile(file, copyInto)
  } catch (error) {
    const reason = sqliteDialect.whyUnavailable(error)
    throw reason === undefined ? error : new StorageUnavailable({ reason: `the copy ${file}: ${reason}` })
  }
}
