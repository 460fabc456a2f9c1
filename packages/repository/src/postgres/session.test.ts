import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { newPostgres } from '../../test/postgres-under-test.ts'
import { answerOn } from './session.ts'

it('keeps only so many of the statements that filters choose among, and answers all of them', async () => {
  const client = new pg.Client({ connectionString: await newPostgres() })
  await client.connect()
  onTestFinished(() => client.end())
  const answer = answerOn(client)
  const numbers = Array.from({ length: 150 }, (_, number) => number)
  for (const round of [1, 2])
    for (const number of numbers) {
      const call = { sql: `select ${number} as n, $1::int as round`, parameters: [round], chosen: true } as const
      expect(await answer([call])).toEqual([[{ n: number, round }]])
    }
  const kept = await client.query("select 1 from pg_prepared_statements where statement like '%as round'")
  expect(kept.rowCount).toBe(100)
  await answer([{ sql: 'select 1 as one', parameters: [] }])
  const other = await client.query("select 1 from pg_prepared_statements where statement = 'select 1 as one'")
  expect(other.rowCount).toBe(1)
})
