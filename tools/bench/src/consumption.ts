import { newInventoryLotRecord } from '@lotbook/domain'
import type { Plant } from './plant.ts'

/** The request of a consumption, with the 22 documented fields: a thousandth of a kilogram for a production order. */
export const consumption = ({ location }: Plant, lot: string, now: number) => ({
  ...newInventoryLotRecord(now),
  lotRecordType: 'CONSUME',
  inventoryLotId: lot,
  operationRecordId: '01JE6F0CE9-T94PZD8R-TH9J01TA',
  inventoryOperationId: '01JE6F0CE9-T94PZD8R-TH9J01TB',
  productionOrderId: '01JE6F0CE9-T94PZD8R-TH9J01TC',
  sourceLocationId: location,
  quantity: 0.001,
  status: 'COMPLETED',
  notes: 'into batch 7',
})
