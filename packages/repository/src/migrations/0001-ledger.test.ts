import { describe, expect, it } from 'vitest'
import { beside, done, makePlant, newFile, open, type Plant } from '../../test/plant.ts'

const written = async (): Promise<{ readonly file: string; readonly plant: Plant }> => {
  const file = newFile()
  const { store } = await open({ filename: file })
  const plant = await makePlant(store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 10)
  const consumed = await plant.consume(lot, 4)
  const back = { quantity: 1, destinationLocationId: plant.dock, consumeRecordId: consumed.id }
  await done(plant.record('UNCONSUME', lot, back))
  return { file, plant }
}

describe('history', () => {
  it.each(['record_version', 'stock_entry', 'lot_entry', 'take_back', 'change_log'])(
    'of %s cannot be changed or deleted',
    async (table) => {
      const { file } = await written()
      const database = beside(file)
      expect(database.prepare(`select count(*) as rows from ${table}`).get()).not.toEqual({ rows: 0 })
      const column = table === 'change_log' ? 'changed_by' : 'sequence'
      expect(() => database.exec(`update ${table} set ${column} = ${column}`)).toThrow(`${table} is history`)
      expect(() => database.exec(`delete from ${table}`)).toThrow(`${table} is history`)
    },
  )

  it('takes no version out of turn', async () => {
    const { file } = await written()
    const database = beside(file)
    const skip = `insert into record_version (sequence, record, version, content, hash)
                  select max(sequence) + 2, 1, 99, '{}', min(hash) from record_version`
    expect(() => database.exec(skip)).toThrow('a version takes the next sequence')
  })
})

describe('the schema', () => {
  it.each([
    ['an unknown status', "update lot set status = 'GONE'"],
    ['a quantity out of range', 'update inventory set quantity = 1000000000000000'],
    ['a text for a number', "update inventory set quantity = 'many'"],
    ['nothing for a quantity, which is what NaN becomes', 'update inventory set quantity = null'],
    ['a lot of no material', 'update lot set material = 999'],
    [
      'a second lot of one name',
      "insert into lot select 999, '01JE6F0CE9T94PZD8RTH9J01TJ', name, material, unit, initial_status, status, total_quantity, expires_at, closed_at, supplier_id, version, notes, enabled, spare1, spare2, spare3, created_at, created_by, modified_at, modified_by from lot limit 1",
    ],
    ['an effective time that is not the record’s', 'update lot_record set effective_at = effective_at + 1'],
    ['a posted record without its sequence', 'update lot_record set posted_sequence = null'],
    ['a second head', 'insert into ledger_head select 2, count, head, policy, known_at, master_data from ledger_head'],
  ])('refuses %s', async (_, sql) => {
    const { file } = await written()
    const database = beside(file)
    database.exec('pragma foreign_keys = on')
    expect(() => database.exec(sql)).toThrow(/constraint|STRICT|cannot store/i)
  })
})
