import { describe, expect, it } from 'vitest'
import { makePlant } from '../testing/fixtures.ts'

const now = '2026-11-23T08:00:00.000Z'

// Written by hand from the documents: keys, order and defaults. `null` everywhere but where something is said.
const templates = {
  newConsumeRequest: `type=CONSUME, quantity, unitOfMeasureSymbol, lotIdOrName, materialIdOrPath, sourceLocationIdOrPath,
    consumingLotIdOrName, destinationLocationIdOrPath, createIfNotExists=false, operationId, inventoryOperationId,
    productionOrderIdOrName, materialReasonCodeId, startDate=now, endDate, ongoing=false, inventoryName, notes, spare1,
    spare2, spare3`,
  newUnconsumeRequest: `type=UNCONSUME, quantity, unitOfMeasureSymbol, lotIdOrName, materialIdOrPath,
    destinationLocationIdOrPath, operationId, inventoryOperationId, productionOrderIdOrName, materialReasonCodeId,
    startDate=now, endDate, ongoing=false, inventoryName, notes, spare1, spare2, spare3`,
  newProduceRequest: `type=PRODUCE, quantity, unitOfMeasureSymbol, lotIdOrName, materialIdOrPath,
    destinationLocationIdOrPath, producingLotIdOrName, sourceLocationIdOrPath, createIfNotExists=false, operationId,
    inventoryOperationId, productionOrderIdOrName, incrementProductionOrderCount=false, materialReasonCodeId,
    startDate=now, endDate, ongoing=false, inventoryName, notes, spare1, spare2, spare3`,
  newMoveRequest: `type=MOVE, quantity, unitOfMeasureSymbol, lotIdOrName, materialIdOrPath, sourceLocationIdOrPath,
    destinationLocationIdOrPath, operationId, inventoryOperationId, productionOrderIdOrName, materialReasonCodeId,
    startDate=now, endDate, ongoing=false, destinationInventoryName, notes, spare1, spare2, spare3`,
  newSplitRequest: `type=SPLIT, quantity, unitOfMeasureSymbol, sourceLotId, sourceLocationIdOrPath, destinationLotName,
    operationId, inventoryOperationId, productionOrderIdOrName, materialReasonCodeId, destinationInventoryName, notes,
    spare1, spare2, spare3`,
  newMergeRequest: `type=MERGE, sourceLotId, destinationLotId, locationId, operationId, inventoryOperationId,
    productionOrderIdOrName, materialReasonCodeId, notes, spare1, spare2, spare3`,
  newScrapRequest: `type=SCRAP, quantity, unitOfMeasureSymbol, lotIdOrName, materialIdOrPath, sourceLocationIdOrPath,
    operationId, inventoryOperationId, productionOrderIdOrName, materialReasonCodeId, startDate=now, endDate,
    ongoing=false, inventoryName, notes, spare1, spare2, spare3`,
  newScrapAllRequest: `type=SCRAP, sourceLocationIdOrPath, materialIdOrPath, operationId, inventoryOperationId,
    productionOrderIdOrName, materialReasonCodeId, startDate=now, endDate`,
  newReturnRequest: `type=RETURN, quantity, unitOfMeasureSymbol, lotIdOrName, materialIdOrPath, sourceLocationIdOrPath,
    operationId, inventoryOperationId, productionOrderIdOrName, materialReasonCodeId, startDate=now, endDate,
    ongoing=false, inventoryName, notes, spare1, spare2, spare3`,
  newReceiveRequest: `type=RECEIVE, quantity, unitOfMeasureSymbol, lotIdOrName, materialIdOrPath,
    destinationLocationIdOrPath, createIfNotExists=false, operationId, inventoryOperationId, productionOrderIdOrName,
    materialReasonCodeId, startDate=now, endDate, ongoing=false, inventoryName, notes, spare1, spare2, spare3`,
  newShipRequest: `type=SHIP, quantity, unitOfMeasureSymbol, lotIdOrName, materialIdOrPath, sourceLocationIdOrPath,
    operationId, inventoryOperationId, productionOrderIdOrName, materialReasonCodeId, startDate=now, endDate,
    ongoing=false, inventoryName, notes, spare1, spare2, spare3`,
  newEditInventoryQuantityRequest: `type=EDIT, newQuantity, unitOfMeasureSymbol, lotIdOrName, materialIdOrPath,
    sourceLocationIdOrPath, operationId, inventoryOperationId, notes, spare1, spare2, spare3`,
} as const

const sizes = {
  newConsumeRequest: 21,
  newUnconsumeRequest: 18,
  newProduceRequest: 22,
  newMoveRequest: 19,
  newSplitRequest: 15,
  newMergeRequest: 12,
  newScrapRequest: 18,
  newScrapAllRequest: 9,
  newReturnRequest: 18,
  newReceiveRequest: 19,
  newShipRequest: 18,
  newEditInventoryQuantityRequest: 12,
} as const

const defaultOf = (text: string | undefined) =>
  text === undefined ? null : text === 'false' ? false : text === 'now' ? now : text

describe('the template of an action', () => {
  it.each(Object.keys(templates) as (keyof typeof templates)[])(
    '%s has exactly the documented keys, in their order, with their defaults',
    async (name) => {
      const { inventory } = await makePlant()
      const expected = Object.fromEntries(
        templates[name].split(/,\s+/u).map((item) => {
          const [key = '', value] = item.split('=')
          return [key, defaultOf(value)]
        }),
      )
      // As JSON, so that the order counts.
      expect(JSON.stringify(inventory[name]())).toBe(JSON.stringify(expected))
      expect(Object.keys(inventory[name]())).toHaveLength(sizes[name])
    },
  )

  it('takes its startDate from the clock', async () => {
    const { inventory, clock } = await makePlant()
    clock.forward(1)
    expect(inventory.newScrapAllRequest()).toMatchObject({ startDate: '2026-11-23T08:00:00.001Z' })
  })
})
