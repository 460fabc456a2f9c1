import type { RecordQuery } from '@lotbook/domain'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import type { Value } from '../program.ts'
import { bit } from '../rows/codec.ts'
import { all, annotationValues, anyGiven, inRange, orNotGiven, same } from './conditions.ts'
import { placeOrSubtree, type Resolved } from './resolve.ts'

const flag = (value: boolean | undefined): Value => (value === undefined ? null : bit(value))
const words = (given: readonly string[] | undefined): string | undefined =>
  given === undefined ? undefined : `,${given.join()},`

const otherValues = (query: RecordQuery) => ({
  posted: flag(query.posted),
  reversed: flag(query.reversed),
  isReversal: flag(query.isReversal),
  enabled: flag(query.enabled),
  operationRecordId: query.operationRecordId ?? null,
  shiftRecordId: query.shiftRecordId ?? null,
  lotStatus: query.lotStatus ?? null,
  createdBy: query.createdBy ?? null,
  modifiedBy: query.modifiedBy ?? null,
  quantityFrom: query.quantity?.least ?? null,
  quantityTo: query.quantity?.greatest ?? null,
  createdFrom: query.created?.least ?? null,
  createdTo: query.created?.greatest ?? null,
  modifiedFrom: query.modified?.least ?? null,
  modifiedTo: query.modified?.greatest ?? null,
  ...annotationValues(query),
})

/** The places that a query names. */
export interface Places {
  readonly location: Resolved['location']
  readonly source: Resolved['location']
  readonly destination: Resolved['location']
}

/** What the conditions compare with: undefined, or null among the seldom ones, where a filter is not given. */
export const conditionValues = (query: RecordQuery, places: Places) => {
  const location = placeOrSubtree(places.location, query.subtree)
  const source = placeOrSubtree(places.source, query.subtree)
  const destination = placeOrSubtree(places.destination, query.subtree)
  const { productionOrder: order, asOf, to } = query
  const others = otherValues(query)
  return {
    location: location.place,
    locationTree: location.subtree,
    locationFrom: location.subtreeFrom,
    locationBefore: location.subtreeBefore,
    source: source.place,
    sourceTree: source.subtree,
    sourceFrom: source.subtreeFrom,
    sourceBefore: source.subtreeBefore,
    destination: destination.place,
    destinationTree: destination.subtree,
    destinationFrom: destination.subtreeFrom,
    destinationBefore: destination.subtreeBefore,
    types: words(query.lotRecordType),
    statuses: words(query.status),
    operationId: query.operationId,
    inventoryOperationId: query.inventoryOperationId,
    orderId: order !== undefined && 'id' in order ? order.id : undefined,
    orderName: order !== undefined && 'name' in order ? order.name : undefined,
    materialReasonCodeId: query.materialReasonCodeId,
    from: query.from,
    to: asOf === undefined ? to : Math.min(asOf, to ?? asOf),
    others: anyGiven(others),
    ...others,
  }
}

type Values = ReturnType<typeof conditionValues>
/** The values of a condition whose filter is given. */
export type ConditionValues = { readonly [K in keyof Values]: Exclude<Values[K], undefined> }
type Condition = (p: ConditionValues) => Expression<SqlBool>

const below = (column: string, path: string, from: string, before: string): RawBuilder<boolean> =>
  sql`(${sql.ref(column)} = ${path} or (${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${before}))`

const has = (column: string, value: Value): RawBuilder<boolean> =>
  orNotGiven(value, sql`case when ${sql.ref(column)} is null then 0 else 1 end = ${value}`)

/** What an index of records serves, of which one is enough. */
export const operationConditions = {
  operationId: (p) => sql`(lot_record.operation = ${p.operationId} or lot_record.operation_record = ${p.operationId})`,
  orderId: (p) => sql`lot_record.production_order = ${p.orderId}`,
} satisfies { readonly [name: string]: Condition }

/** The other conditions of a list of records, by the name of the value that asks for them. */
export const recordConditions = ({ contains }: Dialect) => {
  const among = (column: string, list: string): Expression<SqlBool> =>
    contains(sql<string>`${list}`, sql<string>`',' || ${sql.ref(column)} || ','`)
  return {
    location: (p) => sql`(lot_record.source = ${p.location} or lot_record.destination = ${p.location})`,
    source: (p) => sql`lot_record.source = ${p.source}`,
    destination: (p) => sql`lot_record.destination = ${p.destination}`,
    locationTree: (p) => {
      const isThere = (column: string) => below(column, p.locationTree, p.locationFrom, p.locationBefore)
      return sql`(${isThere('source.path')} or ${isThere('destination.path')})`
    },
    sourceTree: (p) => below('source.path', p.sourceTree, p.sourceFrom, p.sourceBefore),
    destinationTree: (p) => below('destination.path', p.destinationTree, p.destinationFrom, p.destinationBefore),
    types: (p) => among('lot_record.type', p.types),
    statuses: (p) => among('lot_record.status', p.statuses),
    inventoryOperationId: (p) => sql`lot_record.inventory_operation = ${p.inventoryOperationId}`,
    orderName: (p) => sql`lot_record.production_order_name = ${p.orderName}`,
    materialReasonCodeId: (p) => sql`reason.ulid = ${p.materialReasonCodeId}`,
    from: (p) => sql`lot_record.effective_at >= ${p.from}`,
    to: (p) => sql`lot_record.effective_at <= ${p.to}`,
    others: (p) =>
      all([
        same('lot_record.posted', p.posted),
        has('lot_record.reversed_by', p.reversed),
        has('lot_record.reversal_of', p.isReversal),
        same('lot_record.enabled', p.enabled),
        same('lot_record.operation_record', p.operationRecordId),
        same('lot_record.shift_record', p.shiftRecordId),
        same('lot_record.lot_status', p.lotStatus),
        same('lot_record.created_by', p.createdBy),
        same('lot_record.modified_by', p.modifiedBy),
        inRange(sql.ref('lot_record.quantity'), p.quantityFrom, p.quantityTo),
        inRange(sql.ref('lot_record.created_at'), p.createdFrom, p.createdTo),
        inRange(sql.ref('lot_record.modified_at'), p.modifiedFrom, p.modifiedTo),
        orNotGiven(p.notesContains, sql`${contains(sql.ref('lot_record.notes'), p.notesContains)}`),
        same('lot_record.spare1', p.spare1),
        same('lot_record.spare2', p.spare2),
        same('lot_record.spare3', p.spare3),
      ]),
  } satisfies { readonly [name: string]: Condition }
}
