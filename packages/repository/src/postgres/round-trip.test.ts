import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { newPostgres } from '../../test/postgres-under-test.ts'
import { all, atOnce, type Call, execute, runInTurn } from '../program.ts'
import { type AnswerAll, answerOn } from './session.ts'

const call = (sql: string, ...parameters: Call<unknown>['parameters']): Call<unknown> => ({ sql, parameters })
const insert = (n: number) => call('insert into t values (cast($1 as bigint))', n)
const numbers = call('select n from t order by n')

const connect = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: await newPostgres() })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('create table t (n bigint primary key)')
  return client
}

it('answers each of the statements that are sent together with its own rows', async () => {
  const answer = answerOn(await connect())
  const wide = { ...call('select n, cast($1 as text) as said from t where n < $2', 'a', 2), wide: true } as const
  for (const _ of [1, 2]) {
    const [none, one, , rows, again] = await answer([call('delete from t'), insert(1), insert(2), wide, numbers])
    expect([none, one]).toEqual([[], []])
    expect(rows).toMatchObject([{ values: [1, 'a'] }])
    expect(again).toEqual([{ n: 1 }, { n: 2 }])
  }
})

it('does nothing of what stands behind a statement that fails, and says which it was', async () => {
  const client = await connect()
  const failed: string[] = []
  const answer = answerOn(client, ({ sql }) => failed.push(sql))
  const wrong = call('insert into nowhere values ($1)', 1)
  await answer([call('begin'), insert(1)])
  await expect(answer([call('savepoint a'), insert(2), insert(1), insert(3)])).rejects.toMatchObject({ code: '23505' })
  await answer([call('rollback to savepoint a'), call('commit')])
  await expect(answer([call('begin'), insert(4), wrong, insert(5), call('commit')])).rejects.toMatchObject({
    code: '42P01',
  })
  await answer([call('rollback')])
  expect(await answer([numbers])).toEqual([[{ n: 1 }]])
  expect(failed).toEqual([insert(1).sql, wrong.sql])
})

it('prepares a statement anew that was prepared, or not, when it failed', async () => {
  const client = await connect()
  const answer = answerOn(client)
  const late = call('select $1::bigint / n as one from t', 7)
  await answer([insert(0)])
  // The first is not even prepared; the second is prepared, and fails when it is done.
  await expect(answer([call('select m from u')])).rejects.toMatchObject({ code: '42P01' })
  await expect(answer([late])).rejects.toMatchObject({ code: '22012' })
  await client.query('create table u as select cast(5 as bigint) as m')
  await client.query('update t set n = 7')
  expect(await answer([call('select m from u'), late, late])).toEqual([[{ m: 5 }], [{ one: 1 }], [{ one: 1 }]])
})

it('refuses a number that is too large to be one of ours, and the connection can go on', async () => {
  const answer = answerOn(await connect())
  const large = call("select cast('9007199254740993' as bigint) as n")
  await expect(answer([insert(1), large, insert(2)])).rejects.toThrow('9007199254740993 is too large')
  expect(await answer([numbers])).toEqual([[{ n: 1 }, { n: 2 }]])
})

it('fails what is sent when the connection breaks, and what is sent after it', async () => {
  const client = await connect()
  client.on('error', () => undefined)
  const failed: string[] = []
  const answer = answerOn(client, ({ sql }) => failed.push(sql))
  const ending = call('select pg_terminate_backend(pg_backend_pid())')
  await expect(answer([insert(1), ending, insert(2)])).rejects.toMatchObject({ code: '57P01' })
  await expect(answer([insert(3)])).rejects.toThrow(/not queryable|terminated/u)
  expect(failed).toEqual([ending.sql, insert(3).sql])
})

/** What was sent together, by the number of statements. */
const counted = (answer: AnswerAll): { readonly answer: AnswerAll; readonly trips: readonly number[] } => {
  const trips: number[] = []
  return {
    trips,
    answer: (calls) => {
      trips.push(calls.length)
      return answer(calls)
    },
  }
}

it('sends what a program waits for with all that it did not wait for', async () => {
  const { answer, trips } = counted(answerOn(await connect()))
  function* program() {
    yield* execute(insert(1))
    yield* execute(insert(2))
    const [first, second] = yield* atOnce([numbers, call('select 1 as one')])
    yield* execute(insert(3))
    return { first, second, third: yield* all(numbers) }
  }
  expect(await runInTurn(program(), answer)).toEqual({
    first: [{ n: 1 }, { n: 2 }],
    second: [{ one: 1 }],
    third: [{ n: 1 }, { n: 2 }, { n: 3 }],
  })
  expect(trips).toEqual([4, 2])
})

it('sends much of what nobody waits for piece by piece, and nothing behind a piece that fails', async () => {
  const client = await connect()
  const { answer, trips } = counted(answerOn(client))
  function* program(wrong: number) {
    yield* execute(call('begin'))
    for (let n = 1; n <= 250; n += 1) yield* execute(insert(n === wrong ? 1 : n))
    yield* execute(call('commit'))
  }
  await expect(runInTurn(program(120), answer)).rejects.toMatchObject({ code: '23505' })
  expect(trips).toEqual([100, 100])
  await answer([call('rollback')])
  expect((await client.query('select 1 from t')).rowCount).toBe(0)
  await runInTurn(program(0), answer)
  expect(trips.slice(3)).toEqual([100, 100, 52])
  expect((await client.query('select 1 from t')).rowCount).toBe(250)
})

it('throws the error of a statement where the program next waits, which may catch it and go on', async () => {
  const { answer } = counted(answerOn(await connect()))
  function* program() {
    yield* execute(call('begin'))
    yield* execute(insert(1))
    yield* execute(call('savepoint a'))
    let said = ''
    try {
      yield* execute(insert(1))
      yield* all(numbers)
    } catch (error) {
      said = String(Reflect.get(error as object, 'code'))
    }
    yield* execute(call('rollback to savepoint a'))
    yield* execute(call('commit'))
    return { said, rows: yield* all(numbers) }
  }
  expect(await runInTurn(program(), answer)).toEqual({ said: '23505', rows: [{ n: 1 }] })
})
