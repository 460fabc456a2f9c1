import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { document } from '../../test/contract.ts'
import { type Harness, makeHarness } from '../../test/harness.ts'

let app: Harness

beforeAll(async () => {
  app = await makeHarness()
})
afterAll(() => app.close())

const nothing = (keys: string) => keys.split(' ').map((key) => [key, null])

// The documented templates that are not those of actions, written out: the keys in their order.
const templates: readonly (readonly [path: string, id: string, entries: readonly unknown[]])[] = [
  [
    '/v1/lot-records/new',
    'newInventoryLotRecord',
    [
      ...nothing('lotRecordType inventoryLotId inventoryLotName secondaryInventoryLotId secondaryInventoryLotName'),
      ...nothing('operationRecordId inventoryOperationId productionOrderId materialReasonCodeId sourceLocationId'),
      ...nothing('destinationLocationId lotStatus quantity'),
      ['startDate', '2026-11-23T08:00:00.000Z'],
      ...nothing('endDate status id notes'),
      ['enabled', true],
      ...nothing('spare1 spare2 spare3'),
    ],
  ],
  [
    '/v1/lots/new',
    'newLot',
    [
      ...nothing('name materialId'),
      ['status', 'OPEN'],
      ['totalQuantity', 0],
      ...nothing('unitOfMeasureId expirationDate closedDate supplierId id notes'),
      ['enabled', true],
      ...nothing('spare1 spare2 spare3'),
    ],
  ],
  [
    '/v1/lot-history/new',
    'newLotHistoryRequest',
    nothing(
      'lotId lotRecordType operationId inventoryOperationId productionOrderIdOrName materialReasonCodeId startDate endDate status',
    ),
  ],
]

describe('the templates of lots, records and histories', () => {
  it.each(templates)('%s: key for key, default for default', async (path, id, entries) => {
    expect(document.paths[path]?.['get']?.operationId).toBe(id)
    const { status, body } = await app.send(path)
    expect([status, Object.entries(body)]).toEqual([200, entries])
  })
})
