import { describe, expect, it } from 'vitest'
import { olderPostgres } from '../../test/older-postgres.ts'
import { done, makePlant, open } from '../../test/plant.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'

const outOfTurn = (sequence: string): string =>
  `insert into record_version (sequence, record, version, content, hash)
   select ${sequence}, record, version + 100, content, hash from record_version order by sequence`

const counted = 'select count(*) as count, max(sequence) as last from record_version'

const stage = async () => {
  const filename = await newPostgres()
  const { store } = await open({ filename })
  const plant = await makePlant(store)
  await plant.receive(await plant.lot('A'), 10)
  await plant.receive(await plant.lot('B'), 10)
  return filename
}

describe('versions on PostgreSQL', () => {
  it.each(['new', 'from an earlier release'])('take the next sequence in a store that is %s', async (which) => {
    const newest = await stage()
    const filename = which === 'new' ? newest : await olderPostgres(newest, 9)
    const { store } = await open({ filename })
    const last = (await done(store.checkpoint())).count
    expect(last).toBeGreaterThan(2)
    const before = await queryPostgres(filename, counted)
    const refused = [
      ...['0', '-1', `${last + 2}`, `${last + 1000}`].map((sequence) => `${outOfTurn(sequence)} limit 1`),
      // One gap among several.
      outOfTurn(`sequence + ${last} + case when sequence > 2 then 1 else 0 end`),
      outOfTurn(`sequence + ${last + 1}`),
    ]
    for (const statement of refused)
      await expect(queryPostgres(filename, statement), statement).rejects.toThrow('a version takes the next sequence')
    for (const there of ['1', `${last}`])
      await expect(queryPostgres(filename, `${outOfTurn(there)} limit 1`), there).rejects.toThrow()
    expect(await queryPostgres(filename, counted)).toEqual(before)

    await queryPostgres(filename, outOfTurn(`sequence + ${last}`))
    expect(await queryPostgres(filename, counted)).toEqual([{ count: `${2 * last}`, last: `${2 * last}` }])
  })
})
