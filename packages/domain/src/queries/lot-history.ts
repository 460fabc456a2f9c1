import { enumField, idOrNameField, instantField, ulidField } from '../fields.ts'
import { lotRecordTypes } from '../lot-record/lot-record-type.ts'
import { recordStatuses } from '../lot-record/record-status.ts'
import { type Decoded, defineRequest } from '../request.ts'
import type { RecordQuery } from '../store.ts'
import { given } from './filters.ts'
import { largestPage } from './paging.ts'
import { recordFilters } from './record-query.ts'

/** The request of getLotHistory: the 9 documented fields. */
export const lotHistoryShape = defineRequest(
  'LotHistoryRequest',
  {
    lotId: ulidField,
    lotRecordType: enumField(lotRecordTypes),
    operationId: ulidField,
    inventoryOperationId: ulidField,
    productionOrderIdOrName: idOrNameField,
    materialReasonCodeId: ulidField,
    startDate: instantField,
    endDate: instantField,
    status: enumField(recordStatuses),
  },
  ['lotId'],
)

/** The template of getLotHistory: the 9 documented fields in their order, all null. */
export const newLotHistoryRequest = (): { readonly [K in (typeof lotHistoryShape.keys)[number]]: null } => ({
  lotId: null,
  lotRecordType: null,
  operationId: null,
  inventoryOperationId: null,
  productionOrderIdOrName: null,
  materialReasonCodeId: null,
  startDate: null,
  endDate: null,
  status: null,
})

/** Reads the request of getLotHistory, as a query for whole pages. */
export const readLotHistory = (input: unknown): Decoded<RecordQuery> => {
  const { request, violations } = lotHistoryShape.decode(input)
  return {
    violations,
    request: {
      limit: largestPage,
      after: null,
      ...recordFilters(request),
      ...given({
        lot: request.lotId === null ? null : { id: request.lotId },
        lotRecordType: request.lotRecordType === null ? null : [request.lotRecordType],
        status: request.status === null ? null : [request.status],
      }),
    },
  }
}
