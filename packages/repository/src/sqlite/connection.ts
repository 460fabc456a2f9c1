import Database from 'better-sqlite3'
import type { Call, Value } from '../program.ts'
import { type Columns, WideRow } from '../wide-row.ts'

// What is in here is never collected. better-sqlite3 built against Node 24.19 or later aborts the process when a
// statement is collected (nodejs/node#65446), so statements are kept, and with them their databases.
const kept = new Set<Connection>()

interface Prepared {
  readonly statement: Database.Statement<unknown[]>
  readonly reads: boolean
  /** Of wide rows. */
  readonly columns: Columns | undefined
}

/** How long SQLite waits for a lock inside a call, which blocks the process, while a database is opened, and later. */
const openingTimeout = 5000
const usualTimeout = 100

const timeout = (milliseconds: number): Call<unknown> => ({
  sql: `pragma busy_timeout = ${milliseconds}`,
  parameters: [],
})
const [waitShortly, waitNever] = [timeout(usualTimeout), timeout(0)]

const cacheKibibytes = {
  // Whenever a page was split SQLite looks through all that it keeps at the end of the transaction.
  writing: 8192,
  reading: 65_536,
  // Who reads everything once, in order, finds nothing again.
  once: 2048,
}

/** What a connection is for. */
export interface ConnectionOptions {
  readonly readonly?: boolean
  /** For reading the whole database once: it keeps little of what it has read. */
  readonly once?: boolean
}

/** A connection with its prepared statements, one per SQL text. */
export class Connection {
  readonly #database: Database.Database
  readonly #statements = new Map<string, Prepared>()

  constructor(filename: string, { readonly = false, once = false }: ConnectionOptions = {}) {
    this.#database = new Database(filename, { timeout: openingTimeout, readonly })
    kept.add(this)
    try {
      this.#configure(cacheKibibytes[once ? 'once' : readonly ? 'reading' : 'writing'])
    } catch (error) {
      this.close()
      throw error
    }
  }

  #configure(kibibytes: number): void {
    this.exec('pragma foreign_keys = on')
    this.exec(`pragma cache_size = -${kibibytes}`)
    // This build runs a WAL database that is opened again at NORMAL, where a power loss may drop acknowledged commits.
    this.exec('pragma synchronous = full')
    if (!this.#database.readonly) {
      this.exec('pragma journal_mode = wal')
      this.exec('pragma wal_autocheckpoint = 24000')
      // What a savepoint keeps of changed pages is a file otherwise.
      this.exec('pragma temp_store = memory')
    }
    if (this.pragma('synchronous') !== 2) throw new Error('SQLite did not keep synchronous = FULL')
    if (this.pragma('foreign_keys') !== 1) throw new Error('SQLite did not keep foreign_keys = ON')
  }

  /** Runs one statement, prepared once, and returns its rows. */
  readonly answer = (call: Call<unknown>): readonly unknown[] => {
    const { statement, reads, columns } = this.#statements.get(call.sql) ?? this.#prepare(call)
    if (columns !== undefined) {
      const rows = statement.all(...call.parameters) as (readonly Value[])[]
      return rows.map((values) => new WideRow(columns, values))
    }
    if (reads) return statement.all(...call.parameters)
    statement.run(...call.parameters)
    return []
  }

  #prepare({ sql, wide }: Call<unknown>): Prepared {
    const statement = this.#database.prepare<unknown[]>(sql)
    const reads = statement.reader
    if (wide === true) statement.raw(true)
    const columns = wide === true ? new Map(statement.columns().map(({ name }, at) => [name, at])) : undefined
    const prepared = { statement, reads, columns }
    this.#statements.set(sql, prepared)
    return prepared
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

  /** The same for a statement that takes a lock: where another process holds it, that is told at once. */
  answerAtOnce(call: Call<unknown>): readonly unknown[] {
    // Nobody else has a database in memory.
    if (this.inMemory) return this.answer(call)
    this.answer(waitNever)
    try {
      return this.answer(call)
    } finally {
      this.answer(waitShortly)
    }
  }

  /** From now on it is others' turn, where they hold a lock: SQLite itself waits for it shortly only. */
  waitShortly(): void {
    this.answer(waitShortly)
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
