import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { document } from '../../test/contract.ts'
import { type Harness, makeHarness } from '../../test/harness.ts'

let app: Harness

beforeAll(async () => {
  app = await makeHarness()
})
afterAll(() => app.close())

const now = '2026-11-23T08:00:00.000Z'

// The documented templates, written out: the keys in their order, `=` before a default that is not null.
const templates = {
  'consume newConsumeRequest':
    'type=CONSUME quantity unitOfMeasureSymbol lotIdOrName materialIdOrPath sourceLocationIdOrPath consumingLotIdOrName destinationLocationIdOrPath createIfNotExists=false operationId inventoryOperationId productionOrderIdOrName materialReasonCodeId startDate=now endDate ongoing=false inventoryName notes spare1 spare2 spare3',
  'unconsume newUnconsumeRequest':
    'type=UNCONSUME quantity unitOfMeasureSymbol lotIdOrName materialIdOrPath destinationLocationIdOrPath operationId inventoryOperationId productionOrderIdOrName materialReasonCodeId startDate=now endDate ongoing=false inventoryName notes spare1 spare2 spare3',
  'produce newProduceRequest':
    'type=PRODUCE quantity unitOfMeasureSymbol lotIdOrName materialIdOrPath destinationLocationIdOrPath producingLotIdOrName sourceLocationIdOrPath createIfNotExists=false operationId inventoryOperationId productionOrderIdOrName incrementProductionOrderCount=false materialReasonCodeId startDate=now endDate ongoing=false inventoryName notes spare1 spare2 spare3',
  'move newMoveRequest':
    'type=MOVE quantity unitOfMeasureSymbol lotIdOrName materialIdOrPath sourceLocationIdOrPath destinationLocationIdOrPath operationId inventoryOperationId productionOrderIdOrName materialReasonCodeId startDate=now endDate ongoing=false destinationInventoryName notes spare1 spare2 spare3',
  'split newSplitRequest':
    'type=SPLIT quantity unitOfMeasureSymbol sourceLotId sourceLocationIdOrPath destinationLotName operationId inventoryOperationId productionOrderIdOrName materialReasonCodeId destinationInventoryName notes spare1 spare2 spare3',
  'merge newMergeRequest':
    'type=MERGE sourceLotId destinationLotId locationId operationId inventoryOperationId productionOrderIdOrName materialReasonCodeId notes spare1 spare2 spare3',
  'scrap newScrapRequest':
    'type=SCRAP quantity unitOfMeasureSymbol lotIdOrName materialIdOrPath sourceLocationIdOrPath operationId inventoryOperationId productionOrderIdOrName materialReasonCodeId startDate=now endDate ongoing=false inventoryName notes spare1 spare2 spare3',
  'scrap-all newScrapAllRequest':
    'type=SCRAP sourceLocationIdOrPath materialIdOrPath operationId inventoryOperationId productionOrderIdOrName materialReasonCodeId startDate=now endDate',
  'return-inventory newReturnRequest':
    'type=RETURN quantity unitOfMeasureSymbol lotIdOrName materialIdOrPath sourceLocationIdOrPath operationId inventoryOperationId productionOrderIdOrName materialReasonCodeId startDate=now endDate ongoing=false inventoryName notes spare1 spare2 spare3',
  'receive newReceiveRequest':
    'type=RECEIVE quantity unitOfMeasureSymbol lotIdOrName materialIdOrPath destinationLocationIdOrPath createIfNotExists=false operationId inventoryOperationId productionOrderIdOrName materialReasonCodeId startDate=now endDate ongoing=false inventoryName notes spare1 spare2 spare3',
  'ship newShipRequest':
    'type=SHIP quantity unitOfMeasureSymbol lotIdOrName materialIdOrPath sourceLocationIdOrPath operationId inventoryOperationId productionOrderIdOrName materialReasonCodeId startDate=now endDate ongoing=false inventoryName notes spare1 spare2 spare3',
  'edit-inventory-quantity newEditInventoryQuantityRequest':
    'type=EDIT newQuantity unitOfMeasureSymbol lotIdOrName materialIdOrPath sourceLocationIdOrPath operationId inventoryOperationId notes spare1 spare2 spare3',
  'change-status newChangeStatusRequest':
    'type=STATUS_CHANGE lotId newStatus operationId inventoryOperationId notes spare1 spare2 spare3',
}

const written = (entry: string): readonly [string, unknown] => {
  const [key = '', value] = entry.split('=')
  if (value === undefined) return [key, null]
  if (value === 'false') return [key, false]
  return [key, value === 'now' ? now : value]
}

describe('the templates', () => {
  it.each(Object.entries(templates))('%s: key for key, default for default', async (name, expected) => {
    const [action = '', id] = name.split(' ')
    const path = `/v1/inventory/${action}/new`
    expect(document.paths[path]?.['get']?.operationId).toBe(id)
    const { status, body } = await app.send(path)
    expect([status, Object.entries(body)]).toEqual([200, expected.split(' ').map(written)])
  })
})
