import { makeInventory, makeUlidSource } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { ada, done, makePlant, newFile, open, openParts, refused } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'

describe.each([
  { engine: 'SQLite', place: async () => newFile() },
  { engine: 'PostgreSQL', place: newPostgres },
])('master data that another process changes on $engine', ({ place }) => {
  it('are what the next change here is decided by', async () => {
    const filename = await place()
    const plant = await makePlant((await open({ filename })).store)
    const lot = await plant.lot('A')
    await plant.receive(lot, 1)
    const { store } = await open({ filename })
    const inventory = makeInventory({ store, now: () => Date.UTC(2026, 10, 23, 8), newUlid: makeUlidSource() })
    const allow = (allowNegativeInventory: boolean) =>
      done(inventory.saveLocation({ id: plant.dock, allowNegativeInventory }, ada))
    expect(await refused(plant.record('CONSUME', lot, { quantity: 2, sourceLocationId: plant.dock }))).toMatchObject({
      _tag: 'InsufficientStock',
    })
    await allow(true)
    await plant.consume(lot, 2)
    await plant.receive(lot, 1)
    await allow(false)
    expect(await refused(plant.record('CONSUME', lot, { quantity: 2, sourceLocationId: plant.dock }))).toMatchObject({
      _tag: 'InsufficientStock',
    })
  })
})

describe('master data that are changed here', () => {
  it('are what they were where the change is taken back', async () => {
    const { connection, store } = openParts(newFile())
    const plant = await makePlant(store)
    const { inventory, dock } = plant
    const lot = await plant.lot('A')
    await plant.receive(lot, 1)
    const lacking = () => refused(plant.record('CONSUME', lot, { quantity: 2, sourceLocationId: dock }))
    const notesOf = async () => (await done(inventory.getLocation(dock, ada))).notes
    expect(await lacking()).toMatchObject({ _tag: 'InsufficientStock' })
    // A foreign key that is checked at the commit stands in for a disk that fails there.
    connection.exec('create table broken (a integer references unit(id) deferrable initially deferred)')
    connection.exec('create trigger breaks after update on location begin insert into broken values (999); end')
    const lost = inventory.saveLocation({ id: dock, allowNegativeInventory: true, notes: 'lost' }, ada)
    const [failure, alongside] = await Promise.all([
      refused(lost),
      refused(plant.record('CONSUME', lot, { quantity: 2, sourceLocationId: dock })),
    ])
    expect([failure, alongside]).toMatchObject([{ _tag: 'StorageUnavailable' }, { _tag: 'StorageUnavailable' }])
    connection.exec('drop trigger breaks')
    expect(await notesOf()).toBeNull()
    expect(await lacking()).toMatchObject({ _tag: 'InsufficientStock' })
    await done(inventory.saveLocation({ id: dock, notes: 'kept' }, ada))
    expect(await notesOf()).toBe('kept')
    expect(await lacking()).toMatchObject({ _tag: 'InsufficientStock' })
  })

  it('count for the changes of the same group', async () => {
    const { store } = openParts(newFile())
    const plant = await makePlant(store)
    const lot = await plant.lot('A')
    await plant.receive(lot, 1)
    const consuming = plant.record('CONSUME', lot, { quantity: 2, sourceLocationId: plant.dock })
    await Promise.all([
      done(plant.inventory.saveLocation({ id: plant.dock, allowNegativeInventory: true }, ada)),
      done(consuming),
    ])
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })
})
