import { makeUlidSource, makeWebhooks } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { olderFile } from '../../test/older-file.ts'
import { olderPostgres } from '../../test/older-postgres.ts'
import { ada, done, makePlant, newFile, open } from '../../test/plant.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'
import { querySqlite } from '../../test/under-test.ts'
import { migrations } from './migrations.ts'

const now = Date.UTC(2026, 10, 23, 8)
const before = 3

const engines = [
  {
    engine: 'SQLite',
    place: async () => newFile(),
    older: async (file: string) => olderFile(file, before),
    query: querySqlite,
  },
  {
    engine: 'PostgreSQL',
    place: newPostgres,
    older: (address: string) => olderPostgres(address, before),
    query: queryPostgres,
  },
] as const

describe.each(engines)('a store without webhooks on $engine', ({ place, older, query }) => {
  /** Three versions, as the schema before webhooks held them. */
  const stage = async () => {
    const newer = await place()
    const opened = await open({ filename: newer })
    const plant = await makePlant(opened.store)
    const lot = await plant.lot('A')
    await plant.receive(lot, 10)
    await plant.consume(lot, 4)
    const versions = await done(opened.store.versionsAfter(0, 10))
    await opened.close()
    return { filename: await older(newer), versions }
  }

  it('has neither them nor a right to deliver', async () => {
    const { filename } = await stage()
    expect(await query(filename, 'select name from migration order by name')).toEqual(
      migrations.slice(0, before).map(({ name }) => ({ name })),
    )
    for (const table of ['webhook', 'delivery_lease'])
      await expect(query(filename, `select * from ${table}`)).rejects.toThrow(table)
  })

  it('keeps all that it holds, and has none when it is opened', async () => {
    const { filename, versions } = await stage()
    const { store, webhooks } = await open({ filename })
    expect(await done(store.verify())).toMatchObject({ records: 3, mismatches: [] })
    expect(await done(store.versionsAfter(0, 10))).toEqual(versions)
    expect(await done(webhooks.all())).toEqual({ webhooks: [], count: 3 })
    expect(await query(filename, 'select * from delivery_lease')).toEqual([])
  })

  it('takes one that begins at the beginning, and gives the right to deliver', async () => {
    const { filename } = await stage()
    const { webhooks } = await open({ filename })
    const made = makeWebhooks({ webhooks, now: () => now, newUlid: makeUlidSource() })
    const url = 'https://hooks.example/'
    expect(await done(made.saveWebhook({ url, after: 0 }, ada))).toMatchObject({ position: 0, pending: 3 })
    expect(await done(made.saveWebhook({ url }, ada))).toMatchObject({ position: 3, pending: 0 })
    expect(await done(webhooks.lease('one', now))).toEqual({ owner: 'one', beat: now })
    expect(await done(webhooks.lease('other', now))).toEqual({ owner: 'one', beat: now })
  })

  it('then refuses rows that are none', async () => {
    const { filename } = await stage()
    await open({ filename })
    const good = {
      ...{ ulid: "'01JE6F0CE9T94PZD8RTH9J01TJ'", url: "'https://hooks.example/'", enabled: '1', secret: "'s'" },
      ...{ position: '0', failures: '0', version: '1', created_at: '0', created_by: "'ada'" },
    }
    const insert = (changes: Partial<typeof good>) => {
      const row = { ...good, ...changes }
      return query(filename, `insert into webhook (${Object.keys(row).join()}) values (${Object.values(row).join()})`)
    }
    const bad = [
      ...[{ ulid: "'x'" }, { url: 'null' }, { enabled: '2' }, { secret: 'null' }],
      ...[{ position: '-1' }, { failures: '-1' }, { version: '0' }],
    ]
    for (const changes of bad) await expect(insert(changes), JSON.stringify(changes)).rejects.toThrow(/constraint/iu)
    await insert({})
    await expect(insert({}), 'the same id').rejects.toThrow(/unique/iu)
    const lease = (id: number) => query(filename, `insert into delivery_lease values (${id}, 'one', 0)`)
    await lease(1)
    await expect(lease(1)).rejects.toThrow(/unique/iu)
    await expect(lease(2)).rejects.toThrow(/constraint/iu)
  })
})
