import { rename, rm } from 'node:fs/promises'
import type { Connection } from './connection.ts'

/**
 * Copies the database into a file while it is in use: the copy is one moment of it. The file appears under its name
 * only when it is whole; what it replaces is gone then.
 */
export const backUp = async (connection: Connection, file: string): Promise<void> => {
  const partial = `${file}.partial`
  try {
    await connection.backup(partial)
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
