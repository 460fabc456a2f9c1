import { describe, expect, it } from 'vitest'
import { makePlant } from '../testing/fixtures.ts'

// Keys, order and defaults as the documents list them.
const templates = {
  newInventoryLotRecord: {
    lotRecordType: null,
    inventoryLotId: null,
    inventoryLotName: null,
    secondaryInventoryLotId: null,
    secondaryInventoryLotName: null,
    operationRecordId: null,
    inventoryOperationId: null,
    productionOrderId: null,
    materialReasonCodeId: null,
    sourceLocationId: null,
    destinationLocationId: null,
    lotStatus: null,
    quantity: null,
    startDate: '2026-11-23T08:00:00.000Z',
    endDate: null,
    status: null,
    id: null,
    notes: null,
    enabled: true,
    spare1: null,
    spare2: null,
    spare3: null,
  },
  newChangeStatusRequest: {
    type: 'STATUS_CHANGE',
    lotId: null,
    newStatus: null,
    operationId: null,
    inventoryOperationId: null,
    notes: null,
    spare1: null,
    spare2: null,
    spare3: null,
  },
  newLot: {
    name: null,
    materialId: null,
    status: 'OPEN',
    totalQuantity: 0,
    unitOfMeasureId: null,
    expirationDate: null,
    closedDate: null,
    supplierId: null,
    id: null,
    notes: null,
    enabled: true,
    spare1: null,
    spare2: null,
    spare3: null,
  },
  newLotHistoryRequest: {
    lotId: null,
    lotRecordType: null,
    operationId: null,
    inventoryOperationId: null,
    productionOrderIdOrName: null,
    materialReasonCodeId: null,
    startDate: null,
    endDate: null,
    status: null,
  },
} as const

const sizes = { newInventoryLotRecord: 22, newChangeStatusRequest: 9, newLot: 14, newLotHistoryRequest: 9 } as const

describe('a template', () => {
  it.each(Object.keys(templates) as (keyof typeof templates)[])(
    '%s has exactly the documented keys, in their order, with their defaults',
    async (name) => {
      const plant = await makePlant()
      // As JSON, so that the order counts.
      expect(JSON.stringify(plant.inventory[name]())).toBe(JSON.stringify(templates[name]))
      expect(Object.keys(plant.inventory[name]())).toHaveLength(sizes[name])
    },
  )

  it('of a lot record takes its startDate from the clock', async () => {
    const plant = await makePlant()
    plant.clock.forward(1)
    expect(plant.inventory.newInventoryLotRecord().startDate).toBe('2026-11-23T08:00:00.001Z')
  })

  it('can be filled in and sent, as in the documented examples', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    const request = { lotRecordType: 'CONSUME', inventoryLotId: lot, status: 'COMPLETED' }
    const first = await plant.done(
      plant.inventory.saveInventoryLotRecord({ ...plant.inventory.newInventoryLotRecord(), ...request }, plant.ada),
    )
    plant.clock.forward(60_000)
    const second = await plant.done(
      plant.inventory.saveInventoryLotRecord(
        { ...plant.inventory.newInventoryLotRecord(), ...request, id: first.id, lotStatus: 'OPEN' },
        plant.ada,
      ),
    )
    expect(second).toMatchObject({ id: first.id, version: 2, lotStatus: 'OPEN', startDate: first.startDate })
    expect(await plant.get(lot)).toMatchObject({ status: 'AVAILABLE' })
    const versions = await plant.done(plant.inventory.getInventoryLotRecordVersions(first.id ?? '', plant.ada))
    expect(versions.map(({ record: { lotStatus } }) => lotStatus)).toEqual(['AVAILABLE', 'OPEN'])
  })
})
