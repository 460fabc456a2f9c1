import { describe, expect, it } from 'vitest'
import { olderFile } from '../../test/older-file.ts'
import { ada, beside, done, dump, makePlant, newFile, open } from '../../test/plant.ts'
import { migrations } from './migrations.ts'

/** A file as the first migration alone made it, with a lot, stock and records in it. */
const older = async (): Promise<string> => {
  const file = newFile()
  const { store } = await open({ filename: file, policy: 'permissive' })
  const plant = await makePlant(store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 10)
  await plant.consume(lot, 4)
  return olderFile(file, 1)
}

const columns = {
  id: '1',
  ulid: "'01JE6F0CE9T94PZD8RTH9J01TJ'",
  from_unit: '1',
  to_unit: '2',
  numerator: '1',
  denominator: '2',
  material: 'null',
  version: '1',
  enabled: '1',
  created_at: '0',
  created_by: "'ada'",
}
const insertion = (changes: Partial<typeof columns>): string => {
  const all = { ...columns, ...changes }
  return `insert into unit_conversion (${Object.keys(all).join()}) values (${Object.values(all).join()})`
}

const withUnits = async () => {
  const file = newFile()
  const { store } = await open({ filename: file })
  const plant = await makePlant(store)
  await done(plant.inventory.saveUnit({ symbol: 'l', name: 'litre' }, ada))
  const database = beside(file)
  database.exec('pragma foreign_keys = on')
  return database
}

describe('a store that has no unit conversions yet', () => {
  it('gets them when it is opened, and keeps all that it holds', async () => {
    const file = await older()
    const { migration: before, ...rows } = dump(file)
    expect(before).toMatchObject([{ name: '0001-ledger' }])
    expect(rows['lot_record']).toHaveLength(3)
    const { store, info } = await open({ filename: file, policy: 'standard' })
    expect(info.schema).toBe(migrations.at(-1)?.name)
    const { migration, unit_conversion: conversions, ...kept } = dump(file)
    expect(kept).toMatchObject(rows)
    expect(migration).toMatchObject(migrations.map(({ name }) => ({ name })))
    expect(conversions).toEqual([])
    expect(await done(store.policy())).toBe('permissive')
    expect(await done(store.verify())).toMatchObject({ records: 3, mismatches: [] })
    expect(await done(store.findUnitConversions({ limit: 1, after: null }))).toEqual({ items: [], next: null })
  })
})

describe('the table of unit conversions', () => {
  it('takes a pair of units once in general and once for a material, and each way by itself', async () => {
    const database = await withUnits()
    const another = { id: '2', ulid: "'01JE6F0CE9T94PZD8RTH9J01TK'" }
    database.exec(insertion({}))
    expect(() => database.exec(insertion(another))).toThrow('UNIQUE')
    database.exec(insertion({ ...another, material: '1' }))
    const third = { id: '3', ulid: "'01JE6F0CE9T94PZD8RTH9J01TM'" }
    expect(() => database.exec(insertion({ ...third, material: '1' }))).toThrow('UNIQUE')
    database.exec(insertion({ ...third, from_unit: '2', to_unit: '1' }))
    expect(database.prepare('select count(*) as rows from unit_conversion').get()).toEqual({ rows: 3 })
  })

  it.each([
    ['a factor of nothing', { numerator: '0' }],
    ['a factor out of range', { denominator: '1000000000000000' }],
    ['a text for a factor', { numerator: "'many'" }],
    ['a unit and itself', { to_unit: '1' }],
    ['a unit that does not exist', { to_unit: '99' }],
    ['a material that does not exist', { material: '99' }],
    ['an id that is none', { ulid: "'x'" }],
    ['a flag that is none', { enabled: '2' }],
    ['a version before the first', { version: '0' }],
  ])('refuses %s', async (_, changes) => {
    const database = await withUnits()
    expect(() => database.exec(insertion(changes))).toThrow(/constraint|STRICT|cannot store/i)
  })
})
