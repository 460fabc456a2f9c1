import { describe, expect, it } from 'vitest'
import { newFile } from '../../test/plant.ts'
import { Connection } from './connection.ts'

const settings = (connection: Connection) =>
  Object.fromEntries(
    ['journal_mode', 'synchronous', 'foreign_keys', 'wal_autocheckpoint'].map((name) => [
      name,
      connection.pragma(name),
    ]),
  )

describe('a connection', () => {
  it('syncs every commit, also to a file that it opens again', () => {
    const file = newFile()
    const asItShouldBe = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, wal_autocheckpoint: 24000 }
    const first = new Connection(file)
    expect(settings(first)).toEqual(asItShouldBe)
    first.exec('create table t (a)')
    first.close()
    const again = new Connection(file)
    expect(settings(again)).toEqual(asItShouldBe)
    again.close()
  })

  it('syncs as much when it only reads', () => {
    const file = newFile()
    new Connection(file).close()
    const reader = new Connection(file, { readonly: true })
    expect(reader.pragma('synchronous')).toBe(2)
    expect(() => reader.exec('create table t (a)')).toThrow('readonly')
    reader.close()
  })

  it('gives the rows of a wide statement as lists of values', () => {
    const connection = new Connection(':memory:')
    const [row] = connection.answer({ sql: 'select 1 as a, ? as b', parameters: ['x'], wide: true })
    expect(row).toMatchObject({ values: [1, 'x'] })
    expect(connection.answer({ sql: 'select 1 as a', parameters: [] })).toEqual([{ a: 1 }])
    connection.close()
  })
})
