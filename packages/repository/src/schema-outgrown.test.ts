import { expect, it } from 'vitest'
import { beside as besidePostgres, waitersIn } from '../test/beside-postgres.ts'
import { olderPostgres } from '../test/older-postgres.ts'
import { done, makePlant, newFile, open } from '../test/plant.ts'
import { newPostgres, queryPostgres } from '../test/postgres-under-test.ts'
import { querySqlite } from '../test/under-test.ts'
import { migrations } from './migrations/migrations.ts'

const engines = [
  {
    engine: 'SQLite',
    place: async () => newFile(),
    query: querySqlite,
  },
  { engine: 'PostgreSQL', place: newPostgres, query: queryPostgres },
]

it.each(engines)(
  'whoever has a store on $engine open writes nothing once a later Lotbook has changed its schema',
  async ({ place, query }) => {
    const filename = await place()
    const { store } = await open({ filename })
    const plant = await makePlant(store)
    const lot = await plant.lot('A')
    await plant.receive(lot, 100)
    const [head, before] = ['select * from ledger_head', await done(store.checkpoint())]
    const headBefore = await query(filename, head)
    await query(filename, "insert into migration values ('9999-later', 0)")
    const outgrown = { reason: expect.stringContaining('a later Lotbook has changed the schema of this ledger since') }
    const changes = [
      plant.receive(lot, 1),
      plant.receive(lot, 2),
      plant.lot('B'),
      done(store.setPolicy('strict', 'ada', 0)),
    ]
    for (const change of await Promise.allSettled(changes))
      expect(change).toMatchObject({ status: 'rejected', reason: outgrown })
    await expect(done(store.checkpoint())).rejects.toMatchObject(outgrown)
    expect(await query(filename, head)).toEqual(headBefore)
    await query(filename, "delete from migration where name = '9999-later'")
    expect(await done(store.checkpoint())).toEqual(before)
    await plant.receive(lot, 1)
    expect(await done(store.verify(before))).toMatchObject({ mismatches: [] })
  },
)

it('the schema on PostgreSQL is changed when who writes is done, and who has read before reads again', async () => {
  const newer = await newPostgres()
  await open({ filename: newer })
  const older = await olderPostgres(newer, migrations.length - 1)
  const head = 'select count, head, known_at, policy, master_data from ledger_head'
  const [before] = await queryPostgres(older, head)
  const writer = await besidePostgres(older)
  await writer.query('begin')
  await writer.query('select id from ledger_head for update')
  const opening = open({ filename: older })
  await (await waitersIn(older)).are(1)
  expect(await queryPostgres(older, 'select name from migration')).toHaveLength(migrations.length - 1)
  await writer.query('commit')
  await opening
  expect(await queryPostgres(older, 'select name from migration')).toHaveLength(migrations.length)
  const [after] = await queryPostgres(older, head)
  expect(after).toEqual({ ...(before as object), master_data: expect.anything() })
  expect(after).not.toEqual(before)
})
