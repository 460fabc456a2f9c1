import { Result } from 'effect'
import type { Ref } from '../../known.ts'
import { effectiveDate, type LotRecord } from '../../lot-record/lot-record.ts'
import type { NotFound, ValidationFailed } from '../../refusals.ts'
import type { Page, RecordQuery, VersionView } from '../../store.ts'
import { showInstant } from '../../time/instant.ts'
import { namesFromKnown, type RecordView, recordView } from '../../views/record-view.ts'
import { pageOf, refuseStrangeCursor } from './pages.ts'
import { resolveLocation, resolveLot, resolveMaterial } from './resolve.ts'
import { knownOf, type RecordHistory, type Tables, type WrittenVersion } from './tables.ts'

const firstSequence = ({ versions }: RecordHistory): number => versions[0]?.sequence ?? 0

/** A record as it stands; its sequence is that of its latest version. */
export const showRecord = (tables: Tables, { record, versions }: RecordHistory): RecordView =>
  recordView(record, versions.at(-1)?.sequence ?? null, namesFromKnown(knownOf(tables), record))

/** One version of a record, as it was written. */
export const showVersion = (tables: Tables, { sequence, hash, version }: WrittenVersion): VersionView => ({
  version: version.record.version,
  sequence,
  writtenDate: showInstant(version.writtenDate),
  writtenBy: version.writtenBy,
  hash,
  record: recordView(version.record, sequence, namesFromKnown(knownOf(tables), version.record)),
})

const isOrderOf = (order: Ref, record: LotRecord): boolean =>
  'id' in order ? record.productionOrderId === order.id : record.productionOrderName === order.name

type Filter = (record: LotRecord) => boolean

const filtersOf = (query: RecordQuery): readonly (Filter | false)[] => {
  const { lotRecordType, status, posted, operationId, inventoryOperationId, productionOrder } = query
  const { materialReasonCodeId, createdBy, from, to } = query
  return [
    lotRecordType !== undefined && ((record) => record.lotRecordType === lotRecordType),
    status !== undefined && ((record) => record.status === status),
    posted !== undefined && ((record) => record.posted === posted),
    operationId !== undefined &&
      ((record) => record.operationId === operationId || record.operationRecordId === operationId),
    inventoryOperationId !== undefined && ((record) => record.inventoryOperationId === inventoryOperationId),
    productionOrder !== undefined && ((record) => isOrderOf(productionOrder, record)),
    materialReasonCodeId !== undefined && ((record) => record.materialReasonCodeId === materialReasonCodeId),
    createdBy !== undefined && ((record) => record.createdBy === createdBy),
    from !== undefined && ((record) => effectiveDate(record) >= from),
    to !== undefined && ((record) => effectiveDate(record) <= to),
  ]
}

/** Lot records in the order of their first versions, or the other way round. */
export const findRecords = (
  tables: Tables,
  query: RecordQuery,
): Result.Result<Page<RecordView>, NotFound | ValidationFailed> =>
  Result.gen(function* () {
    yield* refuseStrangeCursor(query, [0])
    const known = knownOf(tables)
    const lotId = yield* resolveLot(known, query.lot)
    const materialId = yield* resolveMaterial(known, query.material)
    const locationId = yield* resolveLocation(known, query.location)
    const filters = [
      ...filtersOf(query),
      lotId !== undefined &&
        ((record: LotRecord) => record.inventoryLotId === lotId || record.secondaryInventoryLotId === lotId),
      materialId !== undefined &&
        ((record: LotRecord) => tables.lots.get(record.inventoryLotId)?.lot.materialId === materialId),
      locationId !== undefined &&
        ((record: LotRecord) => record.sourceLocationId === locationId || record.destinationLocationId === locationId),
    ].filter((filter) => filter !== false)
    const direction = query.newestFirst === true ? -1 : 1
    return pageOf(
      Array.from(tables.records.values()).filter(({ record }) => filters.every((matches) => matches(record))),
      (history) => [direction * firstSequence(history)],
      query,
      (history) => showRecord(tables, history),
    )
  })
