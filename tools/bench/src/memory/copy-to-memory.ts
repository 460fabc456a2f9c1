import Database from 'better-sqlite3'

interface Made {
  readonly type: string
  readonly name: string
  readonly sql: string | null
}

/**
 * Copies a SQLite file into a database in memory: tables, rows, indexes and triggers. Row by row, since a file that is
 * loaded as it is stays a file to SQLite, in another kind of memory than that of `:memory:`.
 */
export const copyToMemory = (file: string): Database.Database => {
  const database = new Database(':memory:')
  database.prepare('attach ? as source').run(file)
  const made = database
    .prepare<[], Made>(`select type, name, sql from source.sqlite_schema where name not like 'sqlite_%'`)
    .all()
  const make = (type: string): void => {
    for (const { sql } of made.filter((one) => one.type === type)) if (sql !== null) database.exec(sql)
  }
  database.pragma('foreign_keys = off')
  make('table')
  for (const { type, name } of made)
    if (type === 'table') database.exec(`insert into main."${name}" select * from source."${name}"`)
  make('index')
  make('trigger')
  database.exec('detach source')
  database.pragma('foreign_keys = on')
  return database
}
