import type { Engine } from '../engines/engine.ts'
import { ulidOf } from '../http/bare-database.ts'

/**
 * Fills a closed store up to so many versions with copies of its newest record, for lots all over the store: what a large
 * store holds, in a minute. Nothing that a write or an export reads tells them from others; their hashes are none.
 */
export const grow = (engine: Engine, name: string, versions: number): Promise<void> =>
  engine.fill(name, async (database) => {
    const [count = 0] = await database.column<number>('select count from ledger_head')
    const [lots = 0] = await database.column<number>('select max(id) from lot')
    const copy = async (table: string, key: string, changed: Readonly<Record<string, string>>): Promise<void> => {
      const columns = await database.columnsOf(table)
      const values = columns.map((column) => changed[column] ?? `example.${column}`)
      await database.all(
        `insert into ${table} (${columns.join()})
         with recursive next(n) as (select cast(? as bigint) + 1 union all select n + 1 from next where n < ?)
         select ${values.join()} from next, (select * from ${table} order by ${key} desc limit 1) as example`,
        [count, versions],
      )
    }
    // One step of a generator of pseudorandom numbers: as good as drawn, and the same in every table.
    const lot = `1 + ((n * 1103515245 + 12345) / 65536) % ${lots}`
    await copy('lot_record', 'id', { id: 'n', ulid: ulidOf('n'), lot, sequence: 'n', posted_sequence: 'n' })
    await copy('record_version', 'sequence', { sequence: 'n', record: 'n', version: '1' })
    await copy('stock_entry', 'sequence', { sequence: 'n', record: 'n', lot })
    await copy('trace_operation', 'record', { record: 'n', lot })
    await database.all('update ledger_head set count = ?', [versions])
  })
