import Database from 'better-sqlite3'
import { migrate } from '../src/migrate.ts'
import { migrations } from '../src/migrations/migrations.ts'
import { runNow } from '../src/program.ts'
import { Connection } from '../src/sqlite/connection.ts'
import { sqliteDialect } from '../src/sqlite/dialect.ts'
import { newFile } from './plant.ts'

/**
 * A file with the schema of the first `count` migrations and all rows of another file, as far as that schema has
 * tables and columns for them: what an earlier Lotbook left behind.
 */
export const olderFile = (filename: string, count: number): string => {
  const file = newFile()
  const connection = new Connection(file)
  runNow(migrate(sqliteDialect, 'permissive', 0, migrations.slice(0, count)), connection.answer)
  connection.close()
  const database = new Database(file)
  database.pragma('foreign_keys = off')
  database.exec(`attach database '${filename}' as newer; delete from ledger_head`)
  const names = database.prepare<[], { name: string }>(
    "select name from main.sqlite_master where type = 'table' and name not like 'sqlite%' and name <> 'migration'",
  )
  for (const { name } of names.all()) {
    const columns = database.prepare<[], { name: string }>(`select name from pragma_table_info('${name}')`).all()
    const list = columns.map((column) => column.name).join()
    database.exec(`insert into main.${name} (${list}) select ${list} from newer.${name} order by 1`)
  }
  database.close()
  return file
}
