import {
  type LotRecordType,
  type NotFound,
  type Page,
  type RecordQuery,
  type RecordStatus,
  type RecordView,
  recordView,
  type Ulid,
  type ValidationFailed,
} from '@lotbook/domain'
import { Result } from 'effect'
import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all, first, type Program } from '../program.ts'
import { bit } from '../rows/codec.ts'
import { type NamesRow, namesOf, recordCodec, selectRecords } from '../rows/lot-record.ts'
import { wideStatement } from '../statement.ts'
import type { Bit } from '../tables.ts'
import type { WideRow } from '../wide-row.ts'
import { listing } from './listing.ts'
import { pageOf, readCursor } from './page.ts'
import type { Resolve } from './resolve.ts'

interface Values {
  readonly after: number | undefined
  readonly before: number | undefined
  readonly lot: number | undefined
  readonly secondaryLot: number | undefined
  readonly material: number | undefined
  readonly location: number | undefined
  readonly lotRecordType: LotRecordType | undefined
  readonly status: RecordStatus | undefined
  readonly posted: Bit | undefined
  readonly operationId: Ulid | undefined
  readonly inventoryOperationId: Ulid | undefined
  readonly productionOrderId: Ulid | undefined
  readonly productionOrderName: string | undefined
  readonly materialReasonCodeId: Ulid | undefined
  readonly createdBy: string | undefined
  readonly from: number | undefined
  readonly to: number | undefined
}

interface RecordRow extends NamesRow {
  readonly lot_record_sequence: number
}

/** A record as the faces show it; its sequence is that of its latest version. */
export const showRecord = (row: WideRow<RecordRow>): RecordView =>
  recordView(recordCodec.read(row), row.get('lot_record_sequence'), namesOf(row))

/** Lists lot records in the order in which they were first written, or the other way round. */
export const makeFindRecords = ({ db }: Dialect, resolve: Resolve) => {
  const pageIn = (direction: 'asc' | 'desc') =>
    listing<Values>()(
      () => selectRecords(db),
      {
        after: (query, p) => query.where('lot_record.id', '>', p.after),
        before: (query, p) => query.where('lot_record.id', '<', p.before),
        lot: (query, p) => query.where('lot_record.lot', '=', p.lot),
        secondaryLot: (query, p) =>
          query.where('lot_record.secondary_lot', '=', p.secondaryLot).where('lot_record.lot', '<>', p.secondaryLot),
        material: (query, p) => query.where('lot.material', '=', p.material),
        location: (query, p) =>
          query.where(sql<boolean>`(lot_record.source = ${p.location} or lot_record.destination = ${p.location})`),
        lotRecordType: (query, p) => query.where('lot_record.type', '=', p.lotRecordType),
        status: (query, p) => query.where('lot_record.status', '=', p.status),
        posted: (query, p) => query.where('lot_record.posted', '=', p.posted),
        operationId: (query, p) =>
          query.where(
            sql<boolean>`(lot_record.operation = ${p.operationId} or lot_record.operation_record = ${p.operationId})`,
          ),
        inventoryOperationId: (query, p) => query.where('lot_record.inventory_operation', '=', p.inventoryOperationId),
        productionOrderId: (query, p) => query.where('lot_record.production_order', '=', p.productionOrderId),
        productionOrderName: (query, p) => query.where('lot_record.production_order_name', '=', p.productionOrderName),
        materialReasonCodeId: (query, p) => query.where('reason.ulid', '=', p.materialReasonCodeId),
        createdBy: (query, p) => query.where('lot_record.created_by', '=', p.createdBy),
        from: (query, p) => query.where('lot_record.effective_at', '>=', p.from),
        to: (query, p) => query.where('lot_record.effective_at', '<=', p.to),
      },
      (query, limit) => query.orderBy('lot_record.id', direction).limit(limit),
    )
  const oldestFirst = pageIn('asc')
  const newestFirst = pageIn('desc')

  function* findRecords(query: RecordQuery): Program<Result.Result<Page<RecordView>, NotFound | ValidationFailed>> {
    const cursor = readCursor(query, [0])
    if (Result.isFailure(cursor)) return Result.fail(cursor.failure)
    const found = yield* resolve({ lot: query.lot, material: query.material, location: query.location })
    if (Result.isFailure(found)) return Result.fail(found.failure)
    const { lot, material, location } = found.success
    const backwards = query.newestFirst === true
    const page = backwards ? newestFirst : oldestFirst
    const values: Values = {
      after: backwards ? undefined : cursor.success?.[0],
      before: backwards ? cursor.success?.[0] : undefined,
      lot,
      secondaryLot: undefined,
      material,
      location: location?.id,
      lotRecordType: query.lotRecordType,
      status: query.status,
      posted: query.posted === undefined ? undefined : bit(query.posted),
      operationId: query.operationId,
      inventoryOperationId: query.inventoryOperationId,
      ...orderOf(query),
      materialReasonCodeId: query.materialReasonCodeId,
      createdBy: query.createdBy,
      from: query.from,
      to: query.to,
    }
    let rows = yield* all(page(values, query.limit))
    if (lot !== undefined) {
      // Two ordered walks along an index each; as one condition it would sort the lot's whole history.
      const others = yield* all(page({ ...values, lot: undefined, secondaryLot: lot }, query.limit))
      const sign = backwards ? -1 : 1
      rows = [...rows, ...others].sort((left, right) => sign * (left.get('lot_record_id') - right.get('lot_record_id')))
    }
    return Result.succeed(pageOf(rows, query, (row) => [row.get('lot_record_id')], showRecord))
  }

  const byUlid = wideStatement((p: { readonly ulid: Ulid }) => selectRecords(db).where('lot_record.ulid', '=', p.ulid))
  function* recordById(ulid: Ulid): Program<RecordView | undefined> {
    const row = yield* first(byUlid({ ulid }))
    return row && showRecord(row)
  }

  return { findRecords, recordById }
}

const orderOf = ({ productionOrder }: RecordQuery) => ({
  productionOrderId: productionOrder !== undefined && 'id' in productionOrder ? productionOrder.id : undefined,
  productionOrderName: productionOrder !== undefined && 'name' in productionOrder ? productionOrder.name : undefined,
})
