import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { median } from './rounds.ts'
import { inScratch } from './scratch.ts'

/** What the figures were measured on. No names, no paths. */
export interface Machine {
  readonly cores: number
  readonly node: string
  readonly sqlite: string
  /** How long it takes to append 4 KiB to a file and sync it: the middle of 500 times, in milliseconds. */
  readonly sync: number
}

const measureSync = (file: string): number => {
  const handle = openSync(file, 'w')
  const page = Buffer.alloc(4096, 1)
  const times = Array.from({ length: 500 }, () => {
    const start = performance.now()
    writeSync(handle, page)
    fdatasyncSync(handle)
    return performance.now() - start
  })
  closeSync(handle)
  return median(times)
}

/** Below this a disk only claims to sync, and what is measured against single commits says nothing. */
export const realSync = 0.08

const sqliteVersion = (): string => {
  const database = new Database(':memory:')
  const version = database.prepare<[], string>('select sqlite_version()').pluck().get() ?? 'unknown'
  database.close()
  return version
}

/** Looks at the machine. */
export const lookAtMachine = (): Promise<Machine> =>
  inScratch(async (folder) => ({
    cores: availableParallelism(),
    node: process.version,
    sqlite: sqliteVersion(),
    sync: measureSync(join(folder, 'sync')),
  }))
