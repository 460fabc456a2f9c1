import { beforeEach, describe, expect, it } from 'vitest'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant

beforeEach(async () => {
  plant = await makePlant()
})

const remove = (id: string) => plant.inventory.deleteLot(id, plant.ada)
const newLot = async (name: string) =>
  (await plant.done(plant.inventory.saveLot({ name, materialId: plant.material.sugar }, plant.ada))).id ?? ''

describe('deleteLot', () => {
  it('deletes a lot that nothing refers to, and keeps that it did', async () => {
    const id = await newLot('A')
    expect(await plant.done(plant.inventory.getInventoryLotReferences(id, plant.ada))).toEqual([])
    expect(await plant.done(remove(id))).toEqual({ id })
    expect(await plant.refused(plant.inventory.getLot(id, plant.ada))).toMatchObject({ _tag: 'NotFound' })
    const { changes } = (await plant.dump()) as { readonly changes: readonly Fields[] }
    expect(changes.at(-1)).toMatchObject({ entity: 'lot', entityId: id, field: 'name', from: 'A', to: null })
    await newLot('A')
  })

  it('is refused while records or stock refer to it, and names them', async () => {
    const id = await plant.lot('A', { stock: 1 })
    const other = await plant.lot('B')
    const memo = await plant.save('CONSUME', other, { secondaryInventoryLotId: id })
    const refusal = await plant.refused(remove(id))
    expect(refusal).toMatchObject({ _tag: 'InUse', kind: 'lot', id, name: 'A' })
    const references = await plant.done(plant.inventory.getInventoryLotReferences(id, plant.ada))
    expect(refusal).toMatchObject({ references })
    expect(references.map(({ tableName, references: all }) => [tableName, all.map((one) => one.fkColName)])).toEqual([
      ['inventory_lot_records', ['inventory_lot_id', 'inventory_lot_id', 'secondary_inventory_lot_id']],
      ['inventory', ['lot_id']],
    ])
    expect(references[0]?.references.at(-1)?.id).toBe(memo.id)
  })

  it('is refused for a lot that an earlier version of a record names', async () => {
    const id = await newLot('A')
    const other = await plant.lot('B')
    const draft = await plant.save('CONSUME', id, { status: 'RUNNING' })
    const moved = { id: draft.id, inventoryLotId: other }
    await plant.done(plant.inventory.saveInventoryLotRecord(moved, plant.ada))
    expect(await plant.refused(remove(id))).toMatchObject({ _tag: 'InUse' })
  })

  it('of what is not there is not found; of what is no id is a violation', async () => {
    const missing = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
    expect(await plant.refused(remove(missing))).toMatchObject({ _tag: 'NotFound', idOrName: missing })
    expect(await plant.refused(remove('A'))).toMatchObject({ violations: { id: [expect.any(String)] } })
  })

  it('is refused where the caller has seen another version', async () => {
    const id = await newLot('A')
    const call = { ...plant.ada, expectedVersion: 2 }
    expect(await plant.refused(plant.inventory.deleteLot(id, call))).toMatchObject({ _tag: 'VersionConflict' })
  })
})
