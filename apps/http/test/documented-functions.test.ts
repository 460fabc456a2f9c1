import { expect, it } from 'vitest'
import { documented } from './contract.ts'

// The documented functions of `system.mes.inventory`, written out. Templates are compared key for key in
// routes/action-templates.test.ts and routes/templates.test.ts.
const actions = [
  ...['consume ConsumeRequest', 'unconsume UnconsumeRequest', 'produce ProduceRequest', 'move MoveRequest'],
  ...['split SplitRequest', 'merge MergeRequest', 'scrap ScrapRequest', 'scrapAll ScrapAllRequest'],
  ...['returnInventory ReturnRequest', 'receive ReceiveRequest', 'ship ShipRequest', 'saveLot Lot'],
  ...['changeStatus ChangeStatusRequest', 'editInventoryQuantity EditInventoryQuantityRequest'],
  'saveInventoryLotRecord InventoryLotRecord',
].flatMap((entry) => {
  const [name = '', stem = ''] = entry.split(' ')
  return [name, `new${stem}`, `validate${stem}`]
})

const others = [
  ...['executeInventoryActions', 'newLotHistoryRequest', 'getLotHistory', 'findLots', 'getLot', 'getAllLots'],
  ...['getLotByIdOrNameAndMaterial', 'getLotsForMaterial', 'getInventoryLotReferences', 'deleteLot'],
  ...['getInventoryLotRecordReferences', 'getAllInventory', 'getAllInventoryAtLocation'],
  ...['getAllInventoryForLocationAndChildren', 'getInventoryForMaterial', 'getInventoryByLotAndLocation'],
  ...['setInventoryMetadata', 'checkLocationHasCapacity', 'publishInventoryState', 'getInventoryPermissions'],
]

it('has every documented function as an operation of its name', () => {
  const names = [...actions, ...others]
  const operations = documented.map(({ operation }) => operation.operationId)
  expect(new Set(names).size).toBe(65)
  expect(names.filter((name) => !operations.includes(name))).toEqual([])
})

it('has those that only read at a path of their name', () => {
  const kebab = (name: string) => name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)
  const elsewhere = ['getLotHistory', 'getLot', 'getInventoryLotReferences', 'getInventoryLotRecordReferences']
  const own = others.filter((name) => /^(get|set|check)/u.test(name) && !elsewhere.includes(name))
  const paths = new Map(documented.map(({ path, operation }) => [operation.operationId, path]))
  expect(own.map((name) => paths.get(name))).toEqual(own.map((name) => `/v1/inventory/${kebab(name)}`))
})
