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

/** The columns of a table, but for some. */
type ColumnsOf = (table: string, ...without: readonly string[]) => readonly string[]

/** The statements that the repository runs for a consumption, written by hand. */
export const rawTexts = (columnsOf: ColumnsOf) => {
  const aliased = (table: string): string =>
    columnsOf(table)
      .map((column) => `${table}.${column} as ${table}_${column}`)
      .join(', ')
  const insertInto = (table: string, columns = columnsOf(table)): string =>
    `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
  const rowColumns = columnsOf('inventory', 'ulid', 'lot', 'location')
  const recordColumns = columnsOf('lot_record', 'reversed_by')
  return {
    /** Which columns `updateRow` sets, and which `insertRecord` does. */
    ...{ rowColumns, recordColumns },
    readHead: `select count, head, known_at as "knownAt", policy, master_data as "masterData",
       (select count(*) from restoration) as restoring, (select count(*) from migration) as steps from ledger_head`,
    readReceipt: 'select fingerprint, answer from receipt where scope = ? and key = ?',
    readLot: `select ${aliased('lot')}, material.ulid as material_ulid, unit.ulid as unit_ulid from lot
       join material on material.id = lot.material join unit on unit.id = lot.unit where lot.ulid = ?`,
    readRows: `select ${aliased('inventory')}, location.ulid as location_ulid, lot.ulid as lot_ulid from inventory
       join location on location.id = inventory.location join lot on lot.id = inventory.lot where lot.ulid = ?`,
    updateRow: `update inventory set ${rowColumns.map((column) => `${column} = ?`).join(', ')} where lot = ? and location = ?`,
    insertRecord: insertInto('lot_record', recordColumns),
    insertSide: insertInto('trace_operation'),
    insertVersion: insertInto('record_version'),
    insertEntry: insertInto('stock_entry'),
    insertReceipt: insertInto('receipt', columnsOf('receipt', 'id')),
    writeHead: 'update ledger_head set count = ?, head = ?, known_at = ?, policy = ?, master_data = ? where id = ?',
  } as const
}
/** What `rawTexts` gives. */
export type RawTexts = ReturnType<typeof rawTexts>

/** The same, prepared for SQLite. */
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
  readonly texts: RawTexts
  readonly readHead: Sqlite.Statement<[], Head>
  readonly readReceipt: Sqlite.Statement<[string, string], Row>
  readonly readLot: Sqlite.Statement<[string], Row>
  readonly readRows: Sqlite.Statement<[string], Row>
}

/** Prepares them. */
export const rawStatements = (database: Sqlite.Database): RawStatements => {
  const texts = rawTexts((table, ...without) =>
    database
      .prepare<[string], string>('select name from pragma_table_info(?)')
      .pluck()
      .all(table)
      .filter((column) => !without.includes(column)),
  )
  const prepare = (text: string) => database.prepare<unknown[]>(text)
  return {
    texts,
    begin: prepare('begin immediate'),
    readHead: database.prepare<[], Head>(texts.readHead),
    readReceipt: database.prepare<[string, string], Row>(texts.readReceipt),
    readLot: database.prepare<[string], Row>(texts.readLot),
    readRows: database.prepare<[string], Row>(texts.readRows),
    updateRow: prepare(texts.updateRow),
    insertRecord: prepare(texts.insertRecord),
    insertSide: prepare(texts.insertSide),
    insertVersion: prepare(texts.insertVersion),
    insertEntry: prepare(texts.insertEntry),
    insertReceipt: prepare(texts.insertReceipt),
    writeHead: prepare(texts.writeHead),
    commit: prepare('commit'),
  }
}
