import type Sqlite from 'better-sqlite3'

/** A row, by column. */
export type Row = Readonly<Record<string, string | number | null>>

/** The one row that all writing goes through. */
export interface Head {
  readonly count: number
  readonly head: string
  readonly knownAt: number
  readonly policy: string
  readonly masterData: number
}

/** What the repository runs for a consumption. */
export interface RawStatements
  extends Record<
    | 'begin'
    | 'updateRow'
    | 'insertRecord'
    | 'insertSide'
    | 'insertVersion'
    | 'insertEntry'
    | 'insertReceipt'
    | 'writeHead'
    | 'commit',
    Sqlite.Statement<unknown[]>
  > {
  readonly readHead: Sqlite.Statement<[], Head>
  readonly readReceipt: Sqlite.Statement<[string, string], Row>
  readonly readLot: Sqlite.Statement<[string], Row>
  readonly readRows: Sqlite.Statement<[number], Row>
  /** Which columns `updateRow` sets, and which `insertRecord` does. */
  readonly rowColumns: readonly string[]
  readonly recordColumns: readonly string[]
}

/** The statements that the repository runs for a consumption, written by hand and prepared once. */
export const rawStatements = (database: Sqlite.Database): RawStatements => {
  const columnsOf = (table: string, ...without: readonly string[]): readonly string[] =>
    database
      .prepare<[string], string>('select name from pragma_table_info(?)')
      .pluck()
      .all(table)
      .filter((column) => !without.includes(column))
  const aliased = (table: string): string =>
    columnsOf(table)
      .map((column) => `${table}.${column} as ${table}_${column}`)
      .join(', ')
  const insertInto = (table: string, columns: readonly string[]): Sqlite.Statement<unknown[]> =>
    database.prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
  const rowColumns = columnsOf('inventory', 'ulid', 'lot', 'location')
  const recordColumns = columnsOf('lot_record', 'reversed_by')
  return {
    begin: database.prepare('begin immediate'),
    readHead: database.prepare<[], Head>(
      `select count, head, known_at as knownAt, policy, master_data as masterData,
       (select count(*) from restoration) as restoring from ledger_head`,
    ),
    readReceipt: database.prepare<[string, string], Row>(
      'select fingerprint, answer, expires_at from receipt where scope = ? and key = ?',
    ),
    readLot: database.prepare<[string], Row>(
      `select ${aliased('lot')}, material.ulid as material_ulid, unit.ulid as unit_ulid from lot
       join material on material.id = lot.material join unit on unit.id = lot.unit where lot.ulid = ?`,
    ),
    readRows: database.prepare<[number], Row>(
      `select ${aliased('inventory')}, location.ulid as location_ulid, lot.ulid as lot_ulid from inventory
       join location on location.id = inventory.location join lot on lot.id = inventory.lot where inventory.lot = ?`,
    ),
    rowColumns,
    updateRow: database.prepare<unknown[]>(
      `update inventory set ${rowColumns.map((column) => `${column} = ?`).join(', ')} where lot = ? and location = ?`,
    ),
    recordColumns,
    insertRecord: insertInto('lot_record', recordColumns),
    insertSide: insertInto('trace_operation', columnsOf('trace_operation')),
    insertVersion: insertInto('record_version', columnsOf('record_version')),
    insertEntry: insertInto('stock_entry', columnsOf('stock_entry')),
    insertReceipt: insertInto('receipt', columnsOf('receipt', 'id')),
    writeHead: database.prepare<unknown[]>(
      'update ledger_head set count = ?, head = ?, known_at = ?, policy = ?, master_data = ? where id = ?',
    ),
    commit: database.prepare('commit'),
  }
}
