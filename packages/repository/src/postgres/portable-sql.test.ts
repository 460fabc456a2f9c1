import { describe, expect, it } from 'vitest'
import { open } from '../../test/plant.ts'
import { notPortable } from '../../test/portable-sql.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'

describe('what is not portable', () => {
  it.each([
    ['select pg_advisory_xact_lock(1)', 'an advisory lock'],
    ['select pg_try_advisory_lock(1)', 'an advisory lock'],
    ['LISTEN changes', 'LISTEN or NOTIFY'],
    ["select pg_notify('a', 'b')", 'LISTEN or NOTIFY'],
    ['select quantity / 1000 from inventory', 'a division: of integers it rounds'],
    ['select cast(quantity as double precision) from inventory', 'float arithmetic'],
    ['select quantity * 0.5 from inventory', 'a number with a fraction'],
    ['create table a (id serial primary key)', 'a type of fewer than 64 bits'],
    ['create table a (id integer primary key)', 'a type of fewer than 64 bits'],
    ['lock table ledger_head', 'a table lock'],
    ['begin', 'a transaction without its isolation'],
    ['start transaction read only', 'a transaction without its isolation'],
  ])('is found in %s', (sql, offence) => {
    expect(notPortable(sql)).toEqual([offence])
  })

  it.each([
    `select "int", 'a / b', 'it''s 0.5' from "serial" where "notify" = 1`,
    'begin transaction isolation level read committed',
    'select cast(sum("quantity") as bigint) from "inventory" where "lot" = $1',
    'set random_page_cost = 1.1',
  ])('is not found in %s', (sql) => {
    expect(notPortable(sql)).toEqual([])
  })
})

describe('the schema on PostgreSQL', () => {
  it('has a primary key in every table, and 64 bits or text in every column', async () => {
    const address = await newPostgres()
    await open({ filename: address })
    const tables = await queryPostgres(
      address,
      `select tables.table_name, bool_or(keys.constraint_type = 'PRIMARY KEY') as keyed from information_schema.tables
       left join information_schema.table_constraints as keys using (table_schema, table_name)
       where table_schema = 'public' group by 1`,
    )
    expect(tables.length).toBeGreaterThan(20)
    expect(tables.filter((table) => (table as { readonly keyed: boolean | null }).keyed !== true)).toEqual([])
    const types = await queryPostgres(
      address,
      "select distinct data_type as type from information_schema.columns where table_schema = 'public' order by 1",
    )
    expect(types).toEqual([{ type: 'bigint' }, { type: 'text' }])
  })
})
