import {
  type InventoryQuery,
  type InventoryView,
  inventoryView,
  type NotFound,
  type Page,
  type ValidationFailed,
} from '@lotbook/domain'
import { Result } from 'effect'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all, type Program } from '../program.ts'
import { inventoryCodec, lotCodec } from '../rows/lot.ts'
import { locationCodec, materialCodec, unitCodec } from '../rows/master-data.ts'
import type { Tables } from '../tables.ts'
import { listing } from './listing.ts'
import { pageOf, readCursor } from './page.ts'
import { placeOrSubtree, type Resolve } from './resolve.ts'

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
  readonly asOf: number | undefined
  readonly nonZero: 1 | undefined
}

const heldAt = (at: number) =>
  sql<number>`(select cast(coalesce(sum(stock_entry.quantity), 0) as bigint) from stock_entry where stock_entry.location = inventory.location and stock_entry.lot = inventory.lot and stock_entry.effective_at <= ${at})`

const heldNow = () => sql<number>`inventory.quantity`

const selectInventory = (db: Kysely<Tables>, held: RawBuilder<number>) =>
  db
    .selectFrom('inventory')
    .innerJoin('location', 'location.id', 'inventory.location')
    .innerJoin('lot', 'lot.id', 'inventory.lot')
    .innerJoin('material', 'material.id', 'lot.material')
    .innerJoin('unit', 'unit.id', 'lot.unit')
    .innerJoin('unit as material_unit', 'material_unit.id', 'material.unit')
    .leftJoin('unit as capacity_unit', 'capacity_unit.id', 'location.storage_capacity_unit')
    .select(inventoryCodec.selection)
    .select(lotCodec.selection)
    .select(locationCodec.selection)
    .select(materialCodec.selection)
    .select(unitCodec.selection)
    .select(['material_unit.ulid as material_unit_ulid', 'capacity_unit.ulid as capacity_unit_ulid'])
    .select(held.as('held'))

/** Lists stock by location path, then by lot name; lots of one name are told apart by the row's id. */
export const makeFindInventory = ({ db }: Dialect, resolve: Resolve) => {
  const pageOfHeld = (held: (at: number) => RawBuilder<number>) =>
    listing<Values>()(
      ({ asOf }) => selectInventory(db, held(asOf)),
      {
        afterPath: (query, p) =>
          query.where(
            sql<boolean>`(location.path, lot.name, inventory.ulid) > (${p.afterPath}, ${p.afterLot}, ${p.afterRow})`,
          ),
        place: (query, p) => query.where('location.id', '=', p.place),
        subtree: (query, p) =>
          query.where(
            sql<boolean>`(location.path = ${p.subtree} or (location.path >= ${p.subtreeFrom} and location.path < ${p.subtreeBefore}))`,
          ),
        lot: (query, p) => query.where('inventory.lot', '=', p.lot),
        lotName: (query, p) => query.where('lot.name', '=', p.lotName),
        material: (query, p) => query.where('lot.material', '=', p.material),
        nonZero: (query, p) => query.where(held(p.asOf), '<>', 0),
      },
      (query, limit) => query.orderBy('location.path').orderBy('lot.name').orderBy('inventory.ulid').limit(limit),
    )
  const now = pageOfHeld(heldNow)
  const then = pageOfHeld(heldAt)

  return function* findInventory(
    query: InventoryQuery,
  ): Program<Result.Result<Page<InventoryView>, NotFound | ValidationFailed>> {
    const cursor = readCursor(query, ['', '', ''])
    if (Result.isFailure(cursor)) return Result.fail(cursor.failure)
    const found = yield* resolve({ lot: query.lot, material: query.material, location: query.location })
    if (Result.isFailure(found)) return Result.fail(found.failure)
    const { lot, material, location } = found.success
    const values: Values = {
      afterPath: cursor.success?.[0],
      afterLot: cursor.success?.[1],
      afterRow: cursor.success?.[2],
      ...placeOrSubtree(location, query.subtree),
      lot,
      lotName: query.lotName,
      material,
      asOf: query.asOf,
      nonZero: query.includeZero === true ? undefined : 1,
    }
    const page = query.asOf === undefined ? now : then
    const rows = yield* all(page(values, query.limit))
    const show = (row: (typeof rows)[number]): InventoryView =>
      inventoryView(
        { ...inventoryCodec.read(row), quantity: row.get('held') },
        lotCodec.read(row),
        locationCodec.read(row),
        materialCodec.read(row),
        unitCodec.read(row),
      )
    return Result.succeed(
      pageOf(rows, query, (row) => [row.get('location_path'), row.get('lot_name'), row.get('inventory_ulid')], show),
    )
  }
}
