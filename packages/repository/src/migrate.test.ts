import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { firstHash } from '@lotbook/domain'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { beside, done, dump, newFile, open } from '../test/plant.ts'
import { NoLedger, SchemaTooNew, upToDate } from './migrate.ts'
import { migrations } from './migrations/migrations.ts'
import { openStore } from './open-store.ts'
import { runNow } from './program.ts'
import { Connection } from './sqlite/connection.ts'
import { sqliteDialect } from './sqlite/dialect.ts'

describe('opening a store', () => {
  it('gives a new one the policy asked for, and leaves one that exists its own', async () => {
    const file = newFile()
    const first = await open({ filename: file, policy: 'strict' })
    expect(await done(first.store.policy())).toBe('strict')
    await done(first.store.setPolicy('permissive', 'ada', 0))
    await first.close()
    const again = await open({ filename: file, policy: 'standard' })
    expect(await done(again.store.policy())).toBe('permissive')
    expect(dump(file)['change_log']).toMatchObject([
      { entity: 'setting', field: 'policy', from_value: '"strict"', to_value: '"permissive"', changed_by: 'ada' },
    ])
  })

  it('changes nothing where nothing is to be migrated', async () => {
    const file = newFile()
    await (await open({ filename: file })).close()
    const before = dump(file)
    const again = await open({ filename: file })
    await again.close()
    expect(dump(file)).toEqual(before)
    expect(again.info).toMatchObject({ filename: file, schema: migrations.at(-1)?.name })
  })

  it('opens and reads a ledger that another process is writing, unless it has something to migrate', async () => {
    const file = newFile()
    await (await open({ filename: file, policy: 'strict' })).close()
    const other = beside(file)
    other.exec('begin immediate')
    const { store, info } = await open({ filename: file })
    expect([await done(store.policy()), info.schema]).toEqual(['strict', migrations.at(-1)?.name])
    other.exec('rollback')
    const upToDateNow = () => runNow(upToDate(sqliteDialect), connection.answer)
    const connection = new Connection(file)
    expect(upToDateNow()).toBe(info.schema)
    other.exec('delete from ledger_head')
    expect(upToDateNow()).toBeUndefined()
    other.exec(`insert into ledger_head (id, count, head, policy) values (1, 0, '${firstHash}', 'strict')`)
    other.exec(`delete from migration where name = '${info.schema}'`)
    expect(upToDateNow()).toBeUndefined()
    connection.close()
  })

  it('refuses a database that a later Lotbook wrote', async () => {
    const file = newFile()
    await (await open({ filename: file })).close()
    beside(file).exec("insert into migration values ('9999-later', 0)")
    await expect(openStore({ filename: file })).rejects.toThrow(SchemaTooNew)
  })

  it('makes and changes nothing where a ledger must be there and is not', async () => {
    const [missing, empty, other] = [newFile(), newFile(), newFile()]
    writeFileSync(empty, '')
    beside(other).exec('create table recipe (name text)')
    const before = readFileSync(other)
    for (const filename of [missing, empty, other])
      await expect(openStore({ filename, mustExist: true })).rejects.toThrow(new NoLedger(filename))
    expect(existsSync(missing)).toBe(false)
    expect(readFileSync(empty)).toHaveLength(0)
    expect(readFileSync(other).equals(before)).toBe(true)
    await (await open({ filename: missing })).close()
    const { store } = await open({ filename: missing, mustExist: true })
    expect(await done(store.policy())).toBe('standard')
  })

  it('says why a file cannot be opened', async () => {
    await expect(openStore({ filename: '/no/such/folder/plant.db' })).rejects.toThrow('/no/such/folder')
    const file = newFile()
    beside(file).exec('create table lot (a)')
    await expect(openStore({ filename: file })).rejects.toThrow('already exists')
    const folder = new Database.SqliteError('attempt to write a readonly database', 'SQLITE_READONLY_DIRECTORY')
    expect(sqliteDialect.whyUnavailable(folder)).toBe(
      'SQLite keeps two more files beside the database, and its folder cannot be written: copy the file, and the one with -wal behind its name where there is one, to where it can (SQLITE_READONLY_DIRECTORY)',
    )
  })
})
