import { describe, expect, it, onTestFinished } from 'vitest'
import { archiveOf, done, linesOf, makePlant, open } from '../../test/plant.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'
import { newDatabase, startPostgres } from '../testing/postgres-server.ts'

/** A database whose sessions begin with this. */
const databaseWith = async (synchronousCommit: string): Promise<string> => {
  const address = await newPostgres()
  const name = new URL(address).pathname.slice(1)
  await queryPostgres(address, `alter database ${name} set synchronous_commit = ${synchronousCommit}`)
  return address
}

/** Keeps what each transaction that leaves another head, or begins a restore, was committed with. */
const watchCommits = async (address: string) => {
  await queryPostgres(address, 'create table seen (setting text)')
  await queryPostgres(
    address,
    "create function sees() returns trigger language plpgsql as $$ begin insert into seen values (current_setting('synchronous_commit')); return new; end $$",
  )
  for (const table of ['ledger_head', 'restoration'])
    await queryPostgres(
      address,
      `create trigger sees after insert or update on ${table} for each row execute function sees()`,
    )
  return async () => await queryPostgres(address, 'select setting from seen group by setting order by setting')
}

describe('what is acknowledged on PostgreSQL', () => {
  it.each([
    ['off', 'on'],
    ['on', 'on'],
    ['local', 'local'],
    ['remote_write', 'remote_write'],
    ['remote_apply', 'remote_apply'],
  ])('was synced where the database is set to %s', async (set, kept) => {
    const address = await databaseWith(set)
    const { store } = await open({ filename: address })
    const seen = await watchCommits(address)
    const { lot, receive } = await makePlant(store)
    await receive(await lot('A'), 1000)
    expect(await seen()).toEqual([{ setting: kept }])
  })

  it('was synced by a restore too', async () => {
    const source = await open({ filename: await newPostgres() })
    await makePlant(source.store)
    const lines = linesOf(await archiveOf(source))
    const address = await databaseWith('off')
    const { archive } = await open({ filename: address })
    const seen = await watchCommits(address)
    await archive.restore(lines)
    expect(await seen()).toEqual([{ setting: 'on' }])
  })

  it('is there after a crash, where the database is set to off', async () => {
    const server = await startPostgres()
    onTestFinished(server.remove)
    const address = await newDatabase(server.address, 'plant')
    await queryPostgres(address, 'alter database plant set synchronous_commit = off')
    // What nobody waits for is written after this long.
    await queryPostgres(address, "alter system set wal_writer_delay = '10s'")
    await server.stop('fast')
    await server.start()
    const { store } = await open({ filename: address })
    const { consume, lot, receive } = await makePlant(store)
    const sugar = await lot('A')
    await receive(sugar, 1000)
    for (let count = 0; count < 20; count++) await consume(sugar, 1)
    const acknowledged = await done(store.checkpoint())
    expect(acknowledged.count).toBeGreaterThan(20)
    await server.stop('immediate')
    await server.start()
    expect(await done(store.checkpoint())).toEqual(acknowledged)
  })
})

describe('a PostgreSQL server that may lose or damage the ledger in a power loss', () => {
  it.each([
    [{ sync: false }, [expect.stringContaining('fsync = off')]],
    [{ sync: true }, []],
  ])('is told of (%j)', async (options, warnings) => {
    const server = await startPostgres(options)
    onTestFinished(server.remove)
    const filename = await newDatabase(server.address, 'plant')
    expect((await open({ filename })).warnings).toEqual(warnings)
    await queryPostgres(filename, 'alter system set full_page_writes = off')
    await server.stop('fast')
    await server.start()
    expect((await open({ filename })).warnings).toEqual([
      ...warnings,
      expect.stringContaining('full_page_writes = off'),
    ])
  })
})
