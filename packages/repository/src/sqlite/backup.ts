import { rename, rm } from 'node:fs/promises'
import { Connection } from './connection.ts'

/**
 * Copies the database into a file while it is in use: the copy is one moment of it. The file appears under its name
 * only when it is whole; what it replaces is gone then.
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
    throw error
  } finally {
    if (source !== connection) source.close()
  }
}
