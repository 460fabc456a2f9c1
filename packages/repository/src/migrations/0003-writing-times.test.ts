import { makeInventory, makeUlidSource } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { olderFile } from '../../test/older-file.ts'
import { ada, beside, done, dump, makePlant, newFile, open } from '../../test/plant.ts'

const hour = 3_600_000
const eight = Date.UTC(2026, 10, 23, 8)

/** Five versions of a file, the third and fourth of which a clock dated back. */
const written = async (): Promise<string> => {
  const file = newFile()
  const { store } = await open({ filename: file })
  const plant = await makePlant(store)
  let now = eight
  const inventory = makeInventory({ store, now: () => now, newUlid: makeUlidSource() })
  const lot = await plant.lot('A')
  for (const hours of [2, 1, 0, 3]) {
    now = eight + hours * hour
    const receipt = { lotRecordType: 'RECEIVE', inventoryLotId: lot.id, status: 'COMPLETED', quantity: 1 }
    await done(inventory.saveInventoryLotRecord({ ...receipt, destinationLocationId: plant.dock }, ada))
  }
  return file
}

const knownTimes = (rows: readonly unknown[] | undefined): readonly number[] =>
  (rows as readonly { readonly known_at: number }[]).map((row) => (row.known_at - eight) / hour)

describe('a store without writing times', () => {
  it('gets the greatest so far for each version, as if they had been kept from the beginning', async () => {
    const newer = await written()
    const older = olderFile(newer, 2)
    expect(dump(older)['record_version']?.[0]).not.toHaveProperty('known_at')
    const { store } = await open({ filename: older })
    expect(await done(store.verify())).toMatchObject({ records: 5, mismatches: [] })
    // Which master data are remembered is not carried over.
    for (const file of [newer, older]) beside(file).exec('update ledger_head set master_data = 0')
    const { migration: _, ...migrated } = dump(older)
    const { migration: _other, ...kept } = dump(newer)
    expect(migrated).toEqual(kept)
    expect(knownTimes(migrated['record_version'])).toEqual([0, 2, 2, 2, 3])
    expect(knownTimes(migrated['ledger_head'])).toEqual([3])
  })

  it('is taken over when it is empty', async () => {
    const file = newFile()
    await (await open({ filename: file })).close()
    const { store } = await open({ filename: olderFile(file, 2) })
    expect(await done(store.verify())).toMatchObject({ records: 0, mismatches: [] })
  })

  it('keeps its history unchangeable afterwards', async () => {
    const older = olderFile(await written(), 2)
    await (await open({ filename: older })).close()
    const database = beside(older)
    expect(() => database.exec('update record_version set known_at = 0')).toThrow('record_version is history')
    expect(() => database.exec('delete from record_version')).toThrow('record_version is history')
  })
})
