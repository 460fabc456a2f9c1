import type { InventoryRow, Lot } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'
import { annotations, authorship, codecOf } from './codec.ts'
import { materialCodec, unitCodec } from './master-data.ts'

/** Lots; the join calls the lot's material `material` and its unit `unit`. */
export const lotCodec = codecOf<Lot>()({
  table: 'lot',
  own: {
    id: 'ulid',
    name: 'name',
    initialStatus: 'initial_status',
    status: 'status',
    totalQuantity: 'total_quantity',
    expirationDate: 'expires_at',
    closedDate: 'closed_at',
    supplierId: 'supplier_id',
    version: 'version',
    ...annotations,
    ...authorship,
  },
  joined: { materialId: 'material_ulid', unitOfMeasureId: 'unit_ulid' },
  flags: ['enabled'],
  keys: ['id', 'material', 'unit'],
})

/** Joins lots with their materials and units, selecting these but nothing of the lots themselves. */
export const joinLots = (db: Kysely<Tables>) =>
  db
    .selectFrom('lot')
    .innerJoin('material', 'material.id', 'lot.material')
    .innerJoin('unit', 'unit.id', 'lot.unit')
    .innerJoin('unit as material_unit', 'material_unit.id', 'material.unit')
    .select(materialCodec.selection)
    .select(unitCodec.selection)
    .select('material_unit.ulid as material_unit_ulid')

/** Selects lots, each with its material and its unit. */
export const selectLots = (db: Kysely<Tables>) => joinLots(db).select(lotCodec.selection)

/** Selects lots alone, with the ids of what they refer to. */
export const selectBareLots = (db: Kysely<Tables>) =>
  db
    .selectFrom('lot')
    .innerJoin('material', 'material.id', 'lot.material')
    .innerJoin('unit', 'unit.id', 'lot.unit')
    .select(lotCodec.selection)
    .select(['material.ulid as material_ulid', 'unit.ulid as unit_ulid'])

/** Rows of stock; the join calls their places `location` and their lots `lot`. */
export const inventoryCodec = codecOf<InventoryRow>()({
  table: 'inventory',
  own: {
    id: 'ulid',
    quantity: 'quantity',
    name: 'name',
    productionOrderId: 'production_order',
    productionOrderName: 'production_order_name',
    lastEffectiveDate: 'last_effective_at',
    ...annotations,
  },
  joined: { locationId: 'location_ulid', lotId: 'lot_ulid' },
  flags: ['enabled'],
  keys: ['location', 'lot'],
})

/** Selects rows of stock, each with the ids of its place and its lot. */
export const selectRows = (db: Kysely<Tables>) =>
  db
    .selectFrom('inventory')
    .innerJoin('lot', 'lot.id', 'inventory.lot')
    .innerJoin('location', 'location.id', 'inventory.location')
    .select(inventoryCodec.selection)
    .select(['lot.ulid as lot_ulid', 'location.ulid as location_ulid'])
