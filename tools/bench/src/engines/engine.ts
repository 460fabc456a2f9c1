import type { ChildProgram } from '../http/child-server.ts'
import type { Plant } from '../plant.ts'
import type { Clock } from '../rounds.ts'

/** A database in the hands of its driver alone. A `?` in a statement stands for a value. */
export interface RawDatabase {
  /** The rows of a statement that is prepared once, integers as numbers. */
  readonly all: <R extends object>(sql: string, values?: readonly unknown[]) => Promise<readonly R[]>
  /** The values of a statement's only column. */
  readonly column: <A>(sql: string, values?: readonly unknown[]) => Promise<readonly A[]>
  /** The columns of a table, in their order. */
  readonly columnsOf: (table: string) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/** A kind of database, as a benchmark uses it: what Lotbook runs on, and what it is measured against. */
export interface Engine {
  readonly name: 'SQLite' | 'PostgreSQL'
  /** For logs and files. It goes with the benchmark, and so do the databases. */
  readonly folder: string
  /** The address of a database, which is made empty where there is none of this name. */
  readonly place: (name: string) => Promise<string>
  /** Makes a store of this name, with the lots that every benchmark begins with. */
  readonly plant: (name: string) => Promise<Plant>
  /** Makes a copy of a database that nobody has open. */
  readonly copy: (from: string, to: string) => Promise<void>
  /** Opens a database with its driver, as durable as a store. */
  readonly openRaw: (name: string) => Promise<RawDatabase>
  /** Fills a database without looking at keys and without waiting for the disk; afterwards it is like all others. */
  readonly fill: (name: string, work: (database: RawDatabase) => Promise<void>) => Promise<void>
  /** A query for the members of a JSON list, to be given as a value: column `value`, whose own members `->>` gives. */
  readonly membersOfList: string
  /** How a bare table says that a flag is set. */
  readonly truth: string
  /** What begins a transaction that writes. */
  readonly begin: string
  /** The two tables of a bare server for these columns. */
  readonly bareTables: (columns: readonly string[]) => readonly string[]
  /** Which bare servers there are: `single` has a transaction for each POST, `group` one for those that come together. */
  readonly bareModes: readonly ('single' | 'group')[]
  /** The bare server in one of its modes, on a bare database. */
  readonly bareServer: (mode: 'single' | 'group', name: string) => Promise<ChildProgram>
  /** What the time of work is where both sides are in this process: its processor time, or, with a server of its own, all time that passes. */
  readonly clock: Clock
}

/** Lends an engine to one benchmark after the other. */
export interface EngineHost {
  readonly lend: <A>(work: (engine: Engine) => Promise<A>) => Promise<A>
  readonly close: () => Promise<void>
}
