import { describe, expect, it } from 'vitest'
import { makePlant } from '../testing/fixtures.ts'
import { makeMemoryStore } from '../testing/memory-store.ts'
import { sha256 } from '../testing/sha256.ts'

describe('setInventoryMetadata', () => {
  it('writes who changed which field from what to what, and nothing where nothing changes', async () => {
    const store = makeMemoryStore({ sha256 })
    const plant = await makePlant({ store, dump: store.dump })
    const lot = await plant.lot('A', { stock: 5 })
    const { inventory, ada, done } = plant
    const { id } = await done(inventory.getInventoryByLotAndLocation(lot, null, 'Plant/Dock', ada))
    const before = store.changes().length
    const changed = () => store.changes().slice(before)
    await done(inventory.setInventoryMetadata({ inventoryId: id, name: 'P1', productionOrderIdOrName: 'PO' }, ada))
    const by = { entity: 'inventory', entityId: id, changedDate: plant.clock.now(), changedBy: 'ada' }
    const first = [
      { ...by, field: 'name', from: null, to: 'P1' },
      { ...by, field: 'productionOrderName', from: null, to: 'PO' },
    ]
    expect(changed()).toEqual(first)
    const dump = store.dump()
    await done(inventory.setInventoryMetadata({ inventoryId: id, name: 'P1', notes: '', spare1: null }, ada))
    expect(store.dump()).toEqual(dump)
    await done(inventory.setInventoryMetadata({ inventoryId: id, name: '' }, ada))
    expect(changed()).toEqual([...first, { ...by, field: 'name', from: 'P1', to: null }])
  })

  it('says what is wrong with the request before it looks for the row', async () => {
    const { inventory, ada, refused, material } = await makePlant()
    const wrong = { inventoryId: material.sugar, nam: 'P1' }
    expect(await refused(inventory.setInventoryMetadata(wrong, ada))).toMatchObject({
      violations: { nam: ['is not a field of this request'] },
    })
    const absent = inventory.setInventoryMetadata({ inventoryId: material.sugar, name: 'P1' }, ada)
    expect(await refused(absent)).toMatchObject({ _tag: 'NotFound', kind: 'inventory' })
  })
})
