import type { Location, Material, ReasonCode, Unit } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'
import { annotations, authorship, codecOf } from './codec.ts'

/** Units. */
export const unitCodec = codecOf<Unit>()({
  table: 'unit',
  own: { id: 'ulid', name: 'name', symbol: 'symbol', version: 'version', ...annotations, ...authorship },
  joined: {},
  flags: ['enabled'],
  keys: ['id'],
})

/** Materials; the join calls their unit `material_unit`. */
export const materialCodec = codecOf<Material>()({
  table: 'material',
  own: {
    id: 'ulid',
    path: 'path',
    shelfLifeDays: 'shelf_life_days',
    initialLotStatus: 'initial_lot_status',
    description: 'description',
    version: 'version',
    ...annotations,
    ...authorship,
  },
  joined: { unitOfMeasureId: 'material_unit_ulid' },
  flags: ['enabled'],
  keys: ['id', 'unit'],
})

/** Selects materials with their units. */
export const selectMaterials = (db: Kysely<Tables>) =>
  db
    .selectFrom('material')
    .innerJoin('unit as material_unit', 'material_unit.id', 'material.unit')
    .select(materialCodec.selection)
    .select(['material_unit.ulid as material_unit_ulid', 'material_unit.symbol as material_unit_symbol'])

/** Locations; the join calls the unit of their capacity `capacity_unit`. */
export const locationCodec = codecOf<Location>()({
  table: 'location',
  own: {
    id: 'ulid',
    path: 'path',
    type: 'type',
    allowNegativeInventory: 'allow_negative_inventory',
    storageCapacity: 'storage_capacity',
    lotStorageStrategy: 'lot_storage_strategy',
    lotUseStrategy: 'lot_use_strategy',
    version: 'version',
    ...annotations,
    ...authorship,
  },
  joined: { storageCapacityUnitId: 'capacity_unit_ulid' },
  flags: ['allowNegativeInventory', 'enabled'],
  keys: ['id', 'storage_capacity_unit'],
})

/** Selects locations with the units of their capacity. */
export const selectLocations = (db: Kysely<Tables>) =>
  db
    .selectFrom('location')
    .leftJoin('unit as capacity_unit', 'capacity_unit.id', 'location.storage_capacity_unit')
    .select(locationCodec.selection)
    .select(['capacity_unit.ulid as capacity_unit_ulid', 'capacity_unit.symbol as capacity_unit_symbol'])

/** Reason codes. */
export const reasonCodeCodec = codecOf<ReasonCode>()({
  table: 'reason_code',
  own: {
    id: 'ulid',
    lotRecordType: 'lot_record_type',
    reasonCode: 'reason_code',
    description: 'description',
    requireComments: 'require_comments',
    version: 'version',
    ...annotations,
    ...authorship,
  },
  joined: {},
  flags: ['requireComments', 'enabled'],
  keys: ['id'],
})
