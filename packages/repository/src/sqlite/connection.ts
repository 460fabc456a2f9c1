import Database from 'better-sqlite3'
import type { Call } from '../program.ts'

// What is in here is never collected. better-sqlite3 built against Node 24.19 or later aborts the process when a
// statement is collected (nodejs/node#65446), so statements are kept, and with them their databases.
const kept = new Set<Connection>()

const openingTimeout = 5000

/** A connection with its prepared statements, one per SQL text. */
export class Connection {
  readonly #database: Database.Database
  readonly #statements = new Map<string, Database.Statement<unknown[]>>()

  constructor(filename: string, options: { readonly readonly?: boolean } = {}) {
    this.#database = new Database(filename, { timeout: openingTimeout, readonly: options.readonly ?? false })
    kept.add(this)
    this.exec('pragma foreign_keys = on')
    // This build runs a WAL database that is opened again at NORMAL, where a power loss may drop acknowledged commits.
    this.exec('pragma synchronous = full')
    if (!this.#database.readonly) {
      this.exec('pragma journal_mode = wal')
      this.exec('pragma wal_autocheckpoint = 2000')
    }
    if (this.pragma('synchronous') !== 2) throw new Error('SQLite did not keep synchronous = FULL')
    if (this.pragma('foreign_keys') !== 1) throw new Error('SQLite did not keep foreign_keys = ON')
  }

  /** Runs one statement, prepared once, and returns its rows. */
  readonly answer = (call: Call<unknown>): readonly unknown[] => {
    let statement = this.#statements.get(call.sql)
    if (statement === undefined) {
      statement = this.#database.prepare<unknown[]>(call.sql)
      this.#statements.set(call.sql, statement)
    }
    if (statement.reader) return statement.all(...call.parameters)
    statement.run(...call.parameters)
    return []
  }

  /** Runs SQL that has no values and no rows. */
  exec(sql: string): void {
    this.#database.exec(sql)
  }

  /** The present value of a pragma. */
  pragma(name: string): unknown {
    const [row] = this.answer({ sql: `pragma ${name}`, parameters: [] })
    return Object.values(row as Record<string, unknown>)[0]
  }

  /** How long SQLite itself waits for a lock, blocking the process. */
  set busyTimeout(milliseconds: number) {
    this.exec(`pragma busy_timeout = ${milliseconds}`)
  }

  /** SQLite's own version. */
  get version(): string {
    const [row] = this.answer({ sql: 'select sqlite_version() as version', parameters: [] })
    return (row as { readonly version: string }).version
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  get inMemory(): boolean {
    return this.#database.memory
  }

  get isOpen(): boolean {
    return this.#database.open
  }

  /** Copies the database page by page while it is in use. */
  async backup(file: string): Promise<void> {
    await this.#database.backup(file)
  }

  close(): void {
    this.#database.close()
  }
}
