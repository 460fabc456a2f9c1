import { describe, expect, it } from 'vitest'
import type { Fields, Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const missing = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
const denied = (permission: string) => ({ _tag: 'PermissionDenied', permission })

const rowOf = (plant: Plant, lot: string, location = 'Plant/Dock', material: string | null = null) =>
  plant.inventory.getInventoryByLotAndLocation(lot, material, location, plant.ada)

/** The functions of single rows of stock: reading one, writing on it, and room for more. */
export const stockRowsContract = (makeStore: MakeStore): void => {
  describe('getInventoryByLotAndLocation', () => {
    it('gives the row of a lot at a location, named in either way, be it zero', async () => {
      const plant = await withPlant(makeStore)
      const a = await plant.lot('A', { stock: 5 })
      const row = await plant.done(rowOf(plant, a))
      expect(row).toMatchObject({ lotId: a, locationPath: 'Plant/Dock', quantity: 5 })
      expect(await plant.done(rowOf(plant, 'A', plant.location.dock, 'Raw/Sugar'))).toEqual(row)
      await plant.consume(a, 5, 2)
      expect(await plant.done(rowOf(plant, 'A', 'Plant/Dock', plant.material.sugar))).toEqual({ ...row, quantity: 0 })
    })

    it('refuses what is not there, and what is missing, all at once', async () => {
      const plant = await withPlant(makeStore)
      const a = await plant.lot('A', { stock: 5 })
      const notFound = (kind: string) => ({ _tag: 'NotFound', kind })
      expect(await plant.refused(rowOf(plant, a, 'Plant/Line'))).toMatchObject(notFound('inventory'))
      expect(await plant.refused(rowOf(plant, missing))).toMatchObject(notFound('lot'))
      expect(await plant.refused(rowOf(plant, 'A', 'Plant/Dock', 'Raw/Milk'))).toMatchObject(notFound('lot'))
      expect(await plant.refused(rowOf(plant, 'A', 'Plant/Dock', 'No/No'))).toMatchObject(notFound('material'))
      expect(await plant.refused(rowOf(plant, a, 'No/No'))).toMatchObject(notFound('location'))
      const { getInventoryByLotAndLocation: get } = plant.inventory
      expect(await plant.refused(get('', null, null, plant.ada))).toMatchObject({
        violations: { lotIdOrName: ['is required'], locationIdOrPath: ['is required'] },
      })
      expect(await plant.refused(get('A', '', 'a//b', plant.ada))).toMatchObject({
        violations: {
          materialIdOrPath: ['is required with the name of a lot: names are unique per material'],
          locationIdOrPath: [expect.any(String)],
        },
      })
      expect(await plant.refused(get(a, null, 'Plant/Dock', plant.caller('INVENTORY.WRITE')))).toMatchObject(
        denied('INVENTORY.READ.GET'),
      )
    })
  })

  describe('setInventoryMetadata', () => {
    const words = { notes: 'n', spare1: '1', spare2: '2', spare3: '3', name: 'LPN-1' }
    const set = (plant: Plant, request: Fields, call = plant.ada) => plant.inventory.setInventoryMetadata(request, call)

    it('writes what is given, keeps what is not, and clears what is empty', async () => {
      const plant = await withPlant(makeStore)
      const a = await plant.lot('A', { stock: 5 })
      const row = await plant.done(rowOf(plant, a))
      const inventoryId = row.id
      const first = await plant.done(set(plant, { inventoryId, ...words, productionOrderIdOrName: 'PO-7' }))
      expect(first).toEqual({ ...row, ...words, productionOrderId: null, productionOrderName: 'PO-7' })
      const second = await plant.done(
        set(plant, { inventoryId, spare1: '', notes: null, productionOrderIdOrName: missing }),
      )
      const now = { ...first, spare1: null, productionOrderId: missing, productionOrderName: null }
      expect(second).toEqual(now)
      expect(await plant.done(rowOf(plant, a))).toEqual(now)
      const cleared = await plant.done(
        set(plant, { inventoryId, notes: '', spare2: '', spare3: '', name: '', productionOrderIdOrName: '' }),
      )
      expect(cleared).toEqual(row)
    })

    it('moves nothing, and the next posting keeps what was written', async () => {
      const plant = await withPlant(makeStore)
      const a = await plant.lot('A', { stock: 5 })
      const { id: inventoryId } = await plant.done(rowOf(plant, a))
      const before = await plant.get(a)
      await plant.done(set(plant, { inventoryId, ...words }))
      expect(await plant.get(a)).toEqual(before)
      await plant.consume(a, 2, 2)
      expect(await plant.done(rowOf(plant, a))).toMatchObject({ ...words, quantity: 3 })
    })

    it('does it once for one receipt', async () => {
      const plant = await withPlant(makeStore)
      const { id: inventoryId } = await plant.done(rowOf(plant, await plant.lot('A', { stock: 5 })))
      let replays = 0
      const receipt = {
        scope: 's',
        key: 'k',
        fingerprint: 'f',
        now: plant.clock.now(),
        expires: plant.clock.now() + 1000,
        onReplay: () => replays++,
      }
      const call = { ...plant.ada, receipt }
      const first = await plant.done(set(plant, { inventoryId, name: 'P' }, call))
      const dump = await plant.dump()
      expect(await plant.done(set(plant, { inventoryId, name: 'P' }, call))).toEqual(first)
      expect([replays, await plant.dump()]).toEqual([1, dump])
    })

    it('refuses what is not there or not right, without a trace', async () => {
      const plant = await withPlant(makeStore)
      const { id: inventoryId } = await plant.done(rowOf(plant, await plant.lot('A', { stock: 5 })))
      expect(await plant.refused(set(plant, { inventoryId: missing, name: 'x' }))).toMatchObject({
        _tag: 'NotFound',
        kind: 'inventory',
        idOrName: missing,
      })
      expect(
        await plant.refused(set(plant, { inventoryId, notes: 7, productionOrderIdOrName: 'a/b', quantity: 1 })),
      ).toMatchObject({
        violations: {
          notes: [expect.stringContaining('or empty text to clear it')],
          productionOrderIdOrName: [expect.any(String)],
          quantity: ['is not a field of this request'],
        },
      })
      expect(await plant.refused(set(plant, {}))).toMatchObject({ violations: { inventoryId: ['is required'] } })
      const others = plant.caller('INVENTORY.READ', 'INVENTORY.WRITE.EDIT')
      expect(await plant.refused(set(plant, { inventoryId, name: 'x' }, others))).toMatchObject(
        denied('INVENTORY.WRITE.SAVE'),
      )
    })
  })

  describe('checkLocationHasCapacity', () => {
    const fits = (plant: Plant, quantity: number | string, lot = 'A', location = 'Plant/Cellar') =>
      plant.done(plant.inventory.checkLocationHasCapacity(location, lot, 'Raw/Sugar', quantity, plant.ada))
    const limited = async (fields: Fields): Promise<Plant> => {
      const plant = await withPlant(makeStore)
      const unit = { symbol: 't', name: 'tonne' }
      await plant.done(plant.inventory.saveUnit(unit, plant.ada))
      await plant.done(plant.inventory.saveUnitConversion({ from: 't', to: 'kg', factor: 1000 }, plant.ada))
      await plant.done(plant.inventory.saveLocation({ id: plant.location.cellar, ...fields }, plant.ada))
      await plant.lot('A', { stock: 900 })
      return plant
    }

    it('is true exactly where a posting would pass', async () => {
      const plant = await limited({ storageCapacity: 0.5, storageCapacityUnitSymbol: 't' })
      const b = await plant.lot('B')
      await plant.receive(b, 100, 2, plant.location.cellar)
      expect([await fits(plant, 400), await fits(plant, '400.000001'), await fits(plant, '400')]).toEqual([
        true,
        false,
        true,
      ])
      const move = (quantity: number) =>
        plant.inventory.move(
          {
            quantity,
            lotIdOrName: 'A',
            materialIdOrPath: 'Raw/Sugar',
            sourceLocationIdOrPath: 'Plant/Dock',
            destinationLocationIdOrPath: 'Plant/Cellar',
          },
          plant.ada,
        )
      expect(await plant.refused(move(400.000001))).toMatchObject({ _tag: 'CapacityExceeded' })
      await plant.done(move(400))
      expect(await fits(plant, 0.000001)).toBe(false)
      expect(await fits(plant, 0.000001, b)).toBe(false)
    })

    it('is true without a limit, false where nothing or no other lot is stored, or what cannot be compared', async () => {
      const plant = await limited({ lotStorageStrategy: 'NO_STORAGE' })
      expect([await fits(plant, 1), await fits(plant, 1e8, 'A', 'Plant/Line')]).toEqual([false, true])
      const save = (fields: Fields) =>
        plant.done(plant.inventory.saveLocation({ id: plant.location.line, ...fields }, plant.ada))
      await save({ lotStorageStrategy: 'ALLOW_SINGLE_OR_THROW' })
      const b = await plant.lot('B')
      await plant.receive(b, 1, 2, plant.location.line)
      expect([await fits(plant, 1, 'A', 'Plant/Line'), await fits(plant, 1, b, 'Plant/Line')]).toEqual([false, true])
      await plant.done(
        plant.inventory.saveLocation(
          { id: plant.location.drain, storageCapacity: 5, storageCapacityUnitSymbol: 'pcs' },
          plant.ada,
        ),
      )
      expect(await fits(plant, 1, 'A', 'Plant/Drain')).toBe(false)
    })

    it('refuses what is not there, and what is not right, all at once', async () => {
      const plant = await limited({})
      const { checkLocationHasCapacity: check } = plant.inventory
      const { ada } = plant
      expect(await plant.refused(check('No/No', 'A', 'Raw/Sugar', 1, ada))).toMatchObject({
        kind: 'location',
        idOrName: 'No/No',
      })
      expect(await plant.refused(check('Plant/Line', 'Z', 'Raw/Sugar', 1, ada))).toMatchObject({
        kind: 'lot',
        idOrName: 'Z',
      })
      expect(await plant.refused(check('Plant/Line', missing, null, 1, ada))).toMatchObject({
        kind: 'lot',
        idOrName: missing,
      })
      expect(await plant.refused(check('', 'A', '', '1e3', ada))).toMatchObject({
        violations: {
          locationIdOrPath: ['is required'],
          materialIdOrPath: ['is required with the name of a lot: names are unique per material'],
          quantity: [expect.stringContaining('must be a decimal number')],
        },
      })
      for (const quantity of [0, -1, '-0.5'])
        expect(await plant.refused(check('Plant/Line', 'A', 'Raw/Sugar', quantity, ada))).toMatchObject({
          violations: { quantity: ['must be greater than 0'] },
        })
      const nobody = plant.caller('INVENTORY.WRITE')
      expect(await plant.refused(check('Plant/Line', 'A', 'Raw/Sugar', 1, nobody))).toMatchObject(
        denied('INVENTORY.READ.GET'),
      )
    })
  })

  describe('getInventoryLotRecordReferences', () => {
    it('names the reversal, and what took some of a consumption back', async () => {
      const plant = await withPlant(makeStore)
      const { getInventoryLotRecordReferences: references } = plant.inventory
      const lot = await plant.lot('A', { stock: 5 })
      const consumed = await plant.consume(lot, 3, 2)
      expect(await plant.done(references(consumed.id ?? '', plant.ada))).toEqual([])
      const back = await plant.save('UNCONSUME', lot, { quantity: 1, destinationLocationId: plant.location.dock })
      const tableName = 'inventory_lot_records'
      expect(await plant.done(references(consumed.id ?? '', plant.ada))).toEqual([
        { tableName, references: [{ fkColName: 'consume_record_id', id: back.id }] },
      ])
      const reversal = await plant.reverse(back)
      expect(await plant.done(references(back.id ?? '', plant.ada))).toEqual([
        { tableName, references: [{ fkColName: 'reversal_of_id', id: reversal.id }] },
      ])
      expect(await plant.refused(references(missing, plant.ada))).toMatchObject({
        _tag: 'NotFound',
        kind: 'lot record',
      })
      expect(await plant.refused(references('x', plant.ada))).toMatchObject({ _tag: 'NotFound', kind: 'lot record' })
      expect(await plant.refused(references(back.id ?? '', plant.caller('INVENTORY.WRITE')))).toMatchObject(
        denied('INVENTORY.READ.GET'),
      )
    })
  })

  describe('getInventoryPermissions', () => {
    it('lists what the caller may do, parents as what they grant', async () => {
      const plant = await withPlant(makeStore)
      const { getInventoryPermissions: held } = plant.inventory
      expect(await plant.done(held(plant.caller()))).toEqual([])
      expect(await plant.done(held(plant.caller('INVENTORY.WRITE.SHIP', 'INVENTORY.READ')))).toEqual([
        'INVENTORY.READ.GET',
        'INVENTORY.READ.VALIDATE',
        'INVENTORY.WRITE.SHIP',
      ])
      const all = await plant.done(held(plant.ada))
      expect(all).toEqual(all.toSorted())
      expect(all).toContain('INVENTORY.ADMIN')
    })
  })
}
