import { Result } from 'effect'
import type { Ulid } from '../../identifiers/ulid.ts'
import { effectiveDate, type LotRecord } from '../../lot-record/lot-record.ts'
import type { NotFound, ValidationFailed } from '../../refusals.ts'
import type { Ref } from '../../scope.ts'
import type { Page, RecordQuery, VersionView } from '../../store.ts'
import { showInstant } from '../../time/instant.ts'
import { namesFromKnown, type RecordView, recordView } from '../../views/record-view.ts'
import { recordsKnownAt } from './at-moment.ts'
import { holds, isAnnotated, isBetween } from './holds.ts'
import { pageOf, refuseStrangeCursor } from './pages.ts'
import { resolveLocation, resolveLot, resolveMaterial, within } from './resolve.ts'
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
  const { lotRecordType, status, operationId, productionOrder, from, to, asOf } = query
  return [
    lotRecordType !== undefined && ((record) => lotRecordType.includes(record.lotRecordType)),
    status !== undefined && ((record) => status.includes(record.status)),
    operationId !== undefined &&
      ((record) => record.operationId === operationId || record.operationRecordId === operationId),
    productionOrder !== undefined && ((record) => isOrderOf(productionOrder, record)),
    (record) =>
      holds(query.posted, record.posted) &&
      holds(query.reversed, record.reversedBy !== null) &&
      holds(query.isReversal, record.reversalOf !== null) &&
      holds<Ulid | null>(query.operationRecordId, record.operationRecordId) &&
      holds<Ulid | null>(query.inventoryOperationId, record.inventoryOperationId) &&
      holds<Ulid | null>(query.shiftRecordId, record.shiftRecordId) &&
      holds<Ulid | null>(query.materialReasonCodeId, record.materialReasonCodeId) &&
      holds<string | null>(query.lotStatus, record.lotStatus) &&
      holds(query.createdBy, record.createdBy) &&
      holds<string | null>(query.modifiedBy, record.modifiedBy) &&
      holds(query.enabled, record.enabled) &&
      isBetween(query.quantity, record.quantity) &&
      isBetween(query.created, record.createdDate) &&
      isBetween(query.modified, record.modifiedDate) &&
      isAnnotated(query, record),
    from !== undefined && ((record) => effectiveDate(record) >= from),
    to !== undefined && ((record) => effectiveDate(record) <= to),
    asOf !== undefined && ((record) => effectiveDate(record) <= asOf),
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
    const primaryId = yield* resolveLot(known, query.primaryLot)
    const secondaryId = yield* resolveLot(known, query.secondaryLot)
    const materialId = yield* resolveMaterial(known, query.material)
    const isAt = (ref: Ref | undefined) =>
      Result.map(resolveLocation(known, ref), (id) => {
        const isThere = within(tables.locations.get(id ?? ('' as Ulid))?.path ?? '', query.subtree ?? false)
        return (...places: readonly (Ulid | null)[]) =>
          id === undefined || places.some((one) => one !== null && isThere(tables.locations.get(one)?.path ?? ''))
      })
    const isAtLocation = yield* isAt(query.location)
    const isFrom = yield* isAt(query.source)
    const isTo = yield* isAt(query.destination)
    const filters = [
      ...filtersOf(query),
      (record: LotRecord) =>
        (lotId === undefined || record.inventoryLotId === lotId || record.secondaryInventoryLotId === lotId) &&
        holds(primaryId, record.inventoryLotId) &&
        holds<Ulid | null>(secondaryId, record.secondaryInventoryLotId) &&
        holds(materialId, tables.lots.get(record.inventoryLotId)?.lot.materialId) &&
        isAtLocation(record.sourceLocationId, record.destinationLocationId) &&
        isFrom(record.sourceLocationId) &&
        isTo(record.destinationLocationId),
    ].filter((filter) => filter !== false)
    const direction = query.newestFirst === true ? -1 : 1
    return pageOf(
      recordsKnownAt(tables, query).filter(({ record }) => filters.every((matches) => matches(record))),
      (history) => [direction * firstSequence(history)],
      query,
      (history) => showRecord(tables, history),
    )
  })
