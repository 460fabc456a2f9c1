import {
  type InventoryQuery,
  type InventoryView,
  inventoryView,
  type LotStatus,
  type NotFound,
  type Page,
  type ValidationFailed,
} from '@lotbook/domain'
import { Result } from 'effect'
import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all as allRows, type Program } from '../program.ts'
import { inventoryCodec, lotCodec } from '../rows/lot.ts'
import { locationCodec, materialCodec, unitCodec } from '../rows/master-data.ts'
import type { Tables } from '../tables.ts'
import { all, annotationValues, anyGiven, inRange, orNotGiven, same } from './conditions.ts'
import { listing } from './listing.ts'
import { isExpiredAt, type LotColumns, lotNow, lotSelection, lotThen, wasThere } from './lot-at-moment.ts'
import { type Counting, type Moments, today } from './moment.ts'
import { pageOf, readCursor } from './page.ts'
import { nameOrMaterial, placeOrSubtree, type Resolve } from './resolve.ts'

interface Values {
  readonly afterPath: string | undefined
  readonly afterLot: string | undefined
  readonly afterRow: string | undefined
  readonly place: number | undefined
  readonly subtree: string | undefined
  readonly subtreeFrom: string | undefined
  readonly subtreeBefore: string | undefined
  readonly lot: number | undefined
  readonly lotName: string | undefined
  readonly material: number | undefined
  readonly nameInMaterial: string | undefined
  readonly inMaterial: number | undefined
  readonly nonZero: 1 | undefined
  readonly lotStatus: LotStatus | undefined
  readonly at: number
  readonly isExpired: 1 | undefined
  readonly isEffectively: LotStatus | undefined
  readonly isNegative: 1 | undefined
  readonly isNotNegative: 1 | undefined
  readonly others: 1 | undefined
  readonly name: string | null
  readonly order: string | null
  readonly orderName: string | null
  readonly quantityFrom: number | null
  readonly quantityTo: number | null
  readonly notesContains: string | null
  readonly spare1: string | null
  readonly spare2: string | null
  readonly spare3: string | null
  readonly upTo: number | undefined
  readonly known: number
  readonly made: number
}

const othersOf = (query: InventoryQuery) => ({
  name: query.name ?? null,
  order: query.productionOrder !== undefined && 'id' in query.productionOrder ? query.productionOrder.id : null,
  orderName: query.productionOrder !== undefined && 'name' in query.productionOrder ? query.productionOrder.name : null,
  quantityFrom: query.quantity?.least ?? null,
  quantityTo: query.quantity?.greatest ?? null,
  ...annotationValues(query),
})

const statusOf = ({ effectiveStatus, now }: InventoryQuery) => ({
  at: now,
  isExpired: effectiveStatus === 'EXPIRED' ? (1 as const) : undefined,
  isEffectively: effectiveStatus === 'EXPIRED' ? undefined : effectiveStatus,
})

const selectInventory = (db: Kysely<Tables>, columns: LotColumns) =>
  db
    .selectFrom('inventory')
    .innerJoin('location', 'location.id', 'inventory.location')
    .innerJoin('lot', 'lot.id', 'inventory.lot')
    .innerJoin('material', 'material.id', 'lot.material')
    .innerJoin('unit', 'unit.id', 'lot.unit')
    .innerJoin('unit as material_unit', 'material_unit.id', 'material.unit')
    .leftJoin('unit as capacity_unit', 'capacity_unit.id', 'location.storage_capacity_unit')
    .select(inventoryCodec.selection)
    .select(lotSelection(columns))
    .select(locationCodec.selection)
    .select(materialCodec.selection)
    .select(unitCodec.selection)
    .select(['material_unit.ulid as material_unit_ulid', 'capacity_unit.ulid as capacity_unit_ulid'])
    .select(columns.held.as('held'))

/** Lists stock by location path, then by lot name; lots of one name are told apart by the row's id. */
export const makeFindInventory = ({ db, contains }: Dialect, resolve: Resolve, moments: Moments) => {
  const pageOfStock = (columnsOf: (p: Counting) => LotColumns) =>
    listing<Values>()(
      (p) => selectInventory(db, columnsOf(p)),
      {
        always: {
          afterPath: (p) =>
            sql`(location.path, lot.name, inventory.ulid) > (${p.afterPath}, ${p.afterLot}, ${p.afterRow})`,
          upTo: wasThere,
          nonZero: (p) => sql`${columnsOf(p).held} <> 0`,
        },
        narrowing: [
          {
            lot: (p) => sql`inventory.lot = ${p.lot}`,
            nameInMaterial: (p) => sql`(lot.material = ${p.inMaterial} and lot.name = ${p.nameInMaterial})`,
            material: (p) => sql`lot.material = ${p.material}`,
          },
          {
            place: (p) => sql`location.id = ${p.place}`,
            subtree: (p) =>
              sql`(location.path = ${p.subtree} or (location.path >= ${p.subtreeFrom} and location.path < ${p.subtreeBefore}))`,
          },
        ],
        others: {
          lotName: (p) => sql`lot.name = ${p.lotName}`,
          isNegative: (p) => sql`${columnsOf(p).held} < 0`,
          isNotNegative: (p) => sql`${columnsOf(p).held} >= 0`,
          lotStatus: (p) => sql`${columnsOf(p).status} = ${p.lotStatus}`,
          isExpired: (p) => isExpiredAt(columnsOf(p), p.at),
          isEffectively: (p) =>
            sql`(${columnsOf(p).status} = ${p.isEffectively} and not ${isExpiredAt(columnsOf(p), p.at)})`,
          others: (p) =>
            all([
              same('inventory.name', p.name),
              same('inventory.production_order', p.order),
              same('inventory.production_order_name', p.orderName),
              inRange(columnsOf(p).held, p.quantityFrom, p.quantityTo),
              orNotGiven(p.notesContains, sql`${contains(sql.ref('inventory.notes'), p.notesContains)}`),
              same('inventory.spare1', p.spare1),
              same('inventory.spare2', p.spare2),
              same('inventory.spare3', p.spare3),
            ]),
        },
      },
      (query, limit) => query.orderBy('location.path').orderBy('lot.name').orderBy('inventory.ulid').limit(limit),
    )
  const now = pageOfStock(() => lotNow)
  const then = pageOfStock(lotThen)

  return function* findInventory(
    query: InventoryQuery,
  ): Program<Result.Result<Page<InventoryView>, NotFound | ValidationFailed>> {
    const cursor = readCursor(query, ['', '', ''])
    if (Result.isFailure(cursor)) return Result.fail(cursor.failure)
    const found = yield* resolve({ lot: query.lot, material: query.material, location: query.location })
    if (Result.isFailure(found)) return Result.fail(found.failure)
    const { lot, material, location } = found.success
    const counting = yield* moments.counting(query)
    const others = othersOf(query)
    const named = nameOrMaterial(query.lotName, material)
    const values: Values = {
      afterPath: cursor.success?.[0],
      afterLot: cursor.success?.[1],
      afterRow: cursor.success?.[2],
      ...placeOrSubtree(location, query.subtree),
      lot,
      lotName: named.name,
      material: named.material,
      nameInMaterial: named.nameInMaterial,
      inMaterial: named.inMaterial,
      nonZero: query.includeZero === true ? undefined : 1,
      lotStatus: query.lotStatus,
      ...statusOf(query),
      isNegative: query.negative === true ? 1 : undefined,
      isNotNegative: query.negative === false ? 1 : undefined,
      others: anyGiven(others),
      ...others,
      ...(counting ?? today),
      upTo: counting?.upTo,
    }
    const page = counting === undefined ? now : then
    const rows = yield* allRows(page(values, query.limit))
    const show = (row: (typeof rows)[number]): InventoryView =>
      inventoryView(
        { ...inventoryCodec.read(row), quantity: row.get('held') },
        lotCodec.read(row),
        locationCodec.read(row),
        materialCodec.read(row),
        unitCodec.read(row),
        query.now,
      )
    return Result.succeed(
      pageOf(rows, query, (row) => [row.get('location_path'), row.get('lot_name'), row.get('inventory_ulid')], show),
    )
  }
}
