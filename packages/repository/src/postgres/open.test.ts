import { randomUUID } from 'node:crypto'
import { makeInventory, makeUlidSource, StorageUnavailable } from '@lotbook/domain'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { olderPostgres } from '../../test/older-postgres.ts'
import { ada, archiveOf, at, done, linesOf, makePlant, open } from '../../test/plant.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'
import { stockedPostgres } from '../../test/stocked-postgres.ts'
import { migrate } from '../migrate.ts'
import { migrations } from '../migrations/migrations.ts'
import { runInTurn } from '../program.ts'
import { endSessions } from '../testing/postgres-server.ts'
import { postgresDialect } from './dialect.ts'
import { answerOn } from './session.ts'

/** Makes a ledger as an earlier Lotbook did, which did not look at the encoding. */
const runMigrations = async (address: string): Promise<void> => {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await runInTurn(migrate(postgresDialect, 'permissive', 0), answerOn(client))
  } finally {
    await client.end()
  }
}

/** A role of its own, which goes away with the server. */
const newRole = async (address: string) => {
  const role = `r_${randomUUID().replaceAll('-', '')}`
  await queryPostgres(address, `create role ${role} login`)
  return { role, as: address.replace('postgres@', `${role}@`) }
}

const stage = async () => {
  const stocked = await stockedPostgres()
  return { before: await done(stocked.store.checkpoint()), ...stocked }
}

const tablesOf = (address: string) =>
  queryPostgres(
    address,
    `select nspname, relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where relkind = 'r' and nspname not in ('pg_catalog', 'information_schema') order by 1, 2`,
  )

const unavailable = (reason: string): StorageUnavailable => new StorageUnavailable({ reason: `PostgreSQL: ${reason}` })

describe('a ledger on PostgreSQL', () => {
  it('is found where it is, when a schema comes before it later', async () => {
    const { address, before, close } = await stage()
    await close()
    const { role, as } = await newRole(address)
    await queryPostgres(address, `grant select, insert, update, delete on all tables in schema public to ${role}`)
    const tables = await tablesOf(address)
    await queryPostgres(address, `create schema ${role} authorization ${role}`)
    for (const mustExist of [true, false]) {
      const { store } = await open({ filename: as, mustExist })
      expect(await done(store.checkpoint())).toEqual(before)
    }
    expect(await tablesOf(address)).toEqual(tables)
  })

  it('is not left by who has it open, when another comes before it', async () => {
    const address = await newPostgres()
    const { role, as } = await newRole(address)
    await queryPostgres(address, `grant create on schema public to ${role}`)
    const { store } = await open({ filename: as })
    const plant = await makePlant(store)
    const lot = await plant.lot('A')
    await plant.receive(lot, 1000)
    const { count } = await done(store.checkpoint())
    await queryPostgres(address, `create schema ${role} authorization ${role}`)
    const another = await open({ filename: `${as}?options=${encodeURIComponent(`-c search_path=${role}`)}` })
    // All that it has now are connections that are made after the schema was.
    await endSessions(address)
    await plant.consume(lot, 1)
    expect(await done(store.checkpoint())).toMatchObject({ count: count + 1 })
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
    expect(await done(another.store.checkpoint())).toMatchObject({ count: 0 })
  })
})

describe('a PostgreSQL that is read-only', () => {
  const readOnly = async (address: string) => {
    const name = new URL(address).pathname.slice(1)
    await queryPostgres(address, `alter database ${name} set default_transaction_read_only = on`)
  }

  it('opens for what only reads, and refuses changes', async () => {
    const { address, before, archive } = await stage()
    const whole = await archiveOf({ archive })
    await readOnly(address)
    const opened = await open({ filename: address })
    const { store, keys } = opened
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
    expect(await archiveOf(opened)).toBe(whole)
    expect(await done(keys.find('lb_none'))).toBe('unknown')
    await expect(done(store.setPolicy('permissive', 'ada', 0))).rejects.toThrow(
      new StorageUnavailable({ reason: 'the database is read-only (25006)' }),
    )
    expect([await done(store.checkpoint()), await done(store.policy())]).toEqual([before, 'standard'])
  })

  it('does not open with an older schema, or without a ledger', async () => {
    const older = await olderPostgres((await stage()).address, migrations.length - 1)
    const empty = await newPostgres()
    for (const address of [older, empty]) await readOnly(address)
    const tables = await tablesOf(older)
    await expect(open({ filename: older })).rejects.toThrow(
      unavailable(
        'the schema of this ledger is to be brought up to date, and the database is read-only (25006): open it once where it may be written',
      ),
    )
    await expect(open({ filename: empty })).rejects.toThrow(
      unavailable('it holds no ledger, and none can be made: the database is read-only (25006)'),
    )
    expect([await tablesOf(older), await tablesOf(empty)]).toEqual([tables, []])
  })
})

describe('a role that may make no tables', () => {
  it('works in a ledger that is there, with rights on its tables alone', async () => {
    const { address, plant, lot, before, close } = await stage()
    await close()
    const { role, as } = await newRole(address)
    await queryPostgres(address, `grant select on all tables in schema public to ${role}`)
    const { store } = await open({ filename: as })
    expect(await done(store.verify(before))).toMatchObject({ mismatches: [] })
    await expect(done(store.setPolicy('permissive', 'ada', 0))).rejects.toThrow(
      new StorageUnavailable({ reason: 'the role of this process lacks a right on the tables of the ledger (42501)' }),
    )
    expect(await done(store.checkpoint())).toEqual(before)
    await queryPostgres(address, `grant insert, update, delete on all tables in schema public to ${role}`)
    const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
    const received = { quantity: 1, destinationLocationId: plant.dock, startDate: at(21) }
    const record = { lotRecordType: 'RECEIVE', inventoryLotId: lot.id, status: 'COMPLETED', ...received } as const
    expect(await done(inventory.saveInventoryLotRecord(record, ada))).toMatchObject({ posted: true })
    expect(await done(store.verify(before))).toMatchObject({ mismatches: [] })
  })

  it('is told which rights it lacks', async () => {
    const { address } = await stage()
    const { role, as } = await newRole(address)
    await expect(open({ filename: as })).rejects.toThrow(
      unavailable(
        'the role of this process lacks a right on the tables of the ledger (42501): permission denied for table migration',
      ),
    )
    const older = await olderPostgres(address, migrations.length - 1)
    await queryPostgres(older, `grant select, insert, update, delete on all tables in schema public to ${role}`)
    await expect(open({ filename: older.replace('postgres@', `${role}@`) })).rejects.toThrow(
      `PostgreSQL: the schema of this ledger is to be brought up to date, which the role ${role} may not do (42501, `,
    )
    const empty = await newPostgres()
    await expect(open({ filename: empty.replace('postgres@', `${role}@`) })).rejects.toThrow(
      unavailable(
        `the role ${role} may not make tables in schema public (42501): grant create on schema public to ${role}, or let a role that may do so open the ledger once`,
      ),
    )
    expect(await tablesOf(empty)).toEqual([])
  })

  it('is told that its search_path leads nowhere', async () => {
    const address = await newPostgres()
    const { role, as } = await newRole(address)
    await queryPostgres(address, `alter role ${role} set search_path = nowhere`)
    await expect(open({ filename: as })).rejects.toThrow(
      unavailable('the search_path of the role names no schema that is there: make one, or set another'),
    )
  })
})

describe('a database of PostgreSQL that is not for a ledger', () => {
  it.each(['LATIN1', 'EUC_JP'])('is not opened where its encoding is %s, but for what is there', async (encoding) => {
    const address = await newPostgres()
    const other = `${address}_other`
    const name = new URL(other).pathname.slice(1)
    await queryPostgres(address, `create database ${name} encoding '${encoding}' template template0 locale 'C'`)
    const lacking = `the encoding of the database is ${encoding}, which lacks characters: make one with encoding 'UTF8' template template0, and bring what this one holds there by lotbook copy`
    await expect(open({ filename: other })).rejects.toThrow(unavailable(lacking))
    expect(await tablesOf(other)).toEqual([])
    await runMigrations(other)
    await expect(open({ filename: other })).rejects.toThrow(unavailable(lacking))
    const { store, archive, warnings } = await open({ filename: other, mustExist: true })
    expect(warnings[0]).toBe(`PostgreSQL: ${lacking}`)
    const { archive: into, store: copy } = await open({ filename: address })
    await into.restore(linesOf(await archiveOf({ archive })))
    expect(await done(copy.checkpoint())).toEqual(await done(store.checkpoint()))
    await expect(done(store.setPolicy('strict', '\u{1F9C2}', 0))).rejects.toThrow(
      new StorageUnavailable({ reason: 'the encoding of the database has no such character (22P05)' }),
    )
    expect(await done(store.policy())).toBe('permissive')
  })

  it('is opened where its encoding keeps every text as it is', async () => {
    const other = `${await newPostgres()}_other`
    const name = new URL(other).pathname.slice(1)
    await queryPostgres(other.replace('_other', ''), `create database ${name} encoding 'SQL_ASCII' template template0`)
    const { store, warnings } = await open({ filename: other })
    await done(store.setPolicy('strict', '\u{1F9C2}', 0))
    expect([await done(store.policy()), warnings.filter((text) => text.includes('encoding'))]).toEqual(['strict', []])
  })

  const own = 'give Lotbook a database of its own'
  it.each([
    ['create table migration (id bigint, done boolean)', '42703', 'column "name" does not exist'],
    ['create table unit (id bigint)', '42P07', 'relation "unit" already exists'],
    ['create table ledger_head (y bigint)', '42P01', 'relation "migration" does not exist'],
  ])('is not opened where another program has its tables: %s', async (table, code, said) => {
    const address = await newPostgres()
    await queryPostgres(address, table)
    const before = await tablesOf(address)
    const reason = `the database holds tables of another program (${code}, ${said}): ${own}`
    await expect(open({ filename: address })).rejects.toThrow(unavailable(reason))
    expect(await tablesOf(address)).toEqual(before)
  })

  it('is not opened where another program has brought it up to date', async () => {
    const address = await newPostgres()
    await queryPostgres(
      address,
      "create table migration (name text, applied_at bigint); insert into migration values ('001_users', 1)",
    )
    const before = await tablesOf(address)
    const reason = `the database holds tables of another program (with migrations 001_users): ${own}`
    await expect(open({ filename: address })).rejects.toThrow(new StorageUnavailable({ reason }))
    expect(await tablesOf(address)).toEqual(before)
  })
})
