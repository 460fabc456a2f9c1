import Database from 'better-sqlite3'

interface Column {
  readonly name: string
}

/**
 * Fills a closed store up to so many versions with copies of its newest record, for lots all over the store: what a large
 * store holds, in a minute. Nothing that a write or an export reads tells them from others; their hashes are none.
 */
export const grow = (file: string, versions: number): void => {
  const database = new Database(file)
  database.pragma('journal_mode = off')
  database.pragma('synchronous = off')
  database.pragma('cache_size = -262144')
  database.pragma('foreign_keys = off')
  const { count } = database.prepare<[], { count: number }>('select count from ledger_head').get() ?? { count: 0 }
  const copy = (table: string, key: string, changed: Readonly<Record<string, string>>): void => {
    const columns = database.prepare<[string], Column>('select name from pragma_table_info(?)').all(table)
    const values = columns.map(({ name }) => changed[name] ?? `example.${name}`)
    database
      .prepare(
        `insert into ${table} (${columns.map(({ name }) => name).join()})
         with recursive next(n) as (select ? + 1 union all select n + 1 from next where n < ?)
         select ${values.join()} from next, (select * from ${table} order by ${key} desc limit 1) as example`,
      )
      .run(count, versions)
  }
  const { lots } = database.prepare<[], { lots: number }>('select max(id) as lots from lot').get() ?? { lots: 0 }
  const ulid = "printf('01JE%022d', n)"
  // One step of a generator of pseudorandom numbers: as good as drawn, and the same in every table.
  const lot = `1 + ((n * 1103515245 + 12345) / 65536) % ${lots}`
  copy('lot_record', 'id', { id: 'n', ulid, lot, sequence: 'n', posted_sequence: 'n' })
  copy('record_version', 'sequence', { sequence: 'n', record: 'n', version: '1' })
  copy('stock_entry', 'sequence', { sequence: 'n', record: 'n', lot })
  copy('trace_operation', 'record', { record: 'n', lot })
  database.prepare('update ledger_head set count = ?').run(versions)
  database.pragma('journal_mode = wal')
  database.close()
}
