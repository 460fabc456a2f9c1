import pg from 'pg'
import { migrate } from '../src/migrate.ts'
import { migrations } from '../src/migrations/migrations.ts'
import { postgresDialect } from '../src/postgres/dialect.ts'
import { answerOn } from '../src/postgres/session.ts'
import { runInTurn } from '../src/program.ts'
import { newPostgres } from './postgres-under-test.ts'

const connected = async <A>(address: string, work: (client: pg.Client) => Promise<A>): Promise<A> => {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A database with the schema of the first `count` migrations and all rows of another: see `olderFile`. */
export const olderPostgres = async (address: string, count: number): Promise<string> => {
  const older = await newPostgres()
  await connected(older, async (to) => {
    await runInTurn(migrate(postgresDialect, 'permissive', 0, migrations.slice(0, count)), answerOn(to))
    const { rows: tables } = await to.query<{ name: string; numbered: boolean }>(
      `select table_name as name, bool_or(is_identity = 'YES') as numbered from information_schema.columns
       where table_schema = 'public' and table_name <> 'migration' group by 1`,
    )
    await to.query('delete from ledger_head')
    for (const { name, numbered } of tables) {
      await to.query(`alter table ${name} disable trigger all`)
      const read = `select coalesce(json_agg(t order by t), '[]')::text as held from ${name} as t`
      const { rows } = await connected(address, (from) => from.query<{ held: string }>(read))
      const rest = `insert into ${name} overriding system value select * from json_populate_recordset(null::${name}, $1)`
      await to.query(rest, [rows[0]?.held])
      await to.query(`alter table ${name} enable trigger all`)
      // What is made later goes on after the greatest key.
      if (numbered)
        await to.query(
          `select setval(pg_get_serial_sequence('${name}', 'id'), (select coalesce(max(id), 0) + 1 from ${name}))`,
        )
    }
  })
  return older
}
