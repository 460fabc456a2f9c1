import type { LotRecord, RecordNames, Ulid } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import type { Dialect } from '../dialect.ts'
import type { Tables } from '../tables.ts'
import type { WideRow } from '../wide-row.ts'
import { annotations, authorship, codecOf } from './codec.ts'

/** Which column holds which field of a record that is no reference. */
export const recordColumns = {
  id: 'ulid',
  lotRecordType: 'type',
  status: 'status',
  quantity: 'quantity',
  lotStatus: 'lot_status',
  startDate: 'start_at',
  endDate: 'end_at',
  operationRecordId: 'operation_record',
  operationId: 'operation',
  inventoryOperationId: 'inventory_operation',
  inventoryOperationName: 'inventory_operation_name',
  productionOrderId: 'production_order',
  productionOrderName: 'production_order_name',
  shiftRecordId: 'shift_record',
  posted: 'posted',
  version: 'version',
  previousStatus: 'previous_status',
  expirationDate: 'expires_at',
  countedQuantity: 'counted_quantity',
  requestedQuantity: 'requested_quantity',
  requestedUnitOfMeasureSymbol: 'requested_unit',
  policy: 'policy',
  ...annotations,
  ...authorship,
} as const

/** Lot records, as `selectRecords` selects them. */
export const recordCodec = codecOf<LotRecord>()({
  table: 'lot_record',
  own: recordColumns,
  joined: {
    inventoryLotId: 'lot_ulid',
    secondaryInventoryLotId: 'secondary_ulid',
    sourceLocationId: 'source_ulid',
    destinationLocationId: 'destination_ulid',
    materialReasonCodeId: 'reason_ulid',
    reversalOf: 'original_ulid',
    reversedBy: 'reversal_ulid',
    consumeRecordId: 'consumption_ulid',
  },
  flags: ['posted', 'enabled'],
  keys: [
    'id',
    'lot',
    'secondary_lot',
    'source',
    'destination',
    'reason_code',
    'sequence',
    'posted_sequence',
    'effective_at',
    'taken_back',
  ],
})

/** Lot records as they stand. */
export const recordTable = (db: Kysely<Tables>) => db.selectFrom('lot_record')
/** Where lot records come from: their table, or what stands for it. */
export type RecordSource = ReturnType<typeof recordTable>

/**
 * Selects what says whether lot records are still what they were: their latest version, and what reversed them. What is
 * joined is for conditions; a record has all of it, and by left joins a database leaves out what no condition asks for.
 */
export const selectRecordStates = ({ db, mayLoseCommits }: Dialect) => {
  const records = recordTable(db)
    .leftJoin('lot', 'lot.id', 'lot_record.lot')
    .leftJoin('location as source', 'source.id', 'lot_record.source')
    .leftJoin('location as destination', 'destination.id', 'lot_record.destination')
    .leftJoin('reason_code as reason', 'reason.id', 'lot_record.reason_code')
    .leftJoin('record_version as latest', 'latest.sequence', 'lot_record.sequence')
    .leftJoin('lot_record as reversal', 'reversal.id', 'lot_record.reversed_by')
  // A hash stands for all that was written up to it.
  const [version, reversal] = mayLoseCommits
    ? (['latest.hash', 'reversal.ulid'] as const)
    : (['lot_record.sequence', 'lot_record.reversed_by'] as const)
  return records.select((eb) => [
    'lot_record.id as key',
    eb.ref(version).as('version'),
    eb.ref(reversal).as('reversal'),
  ])
}

/** Selects lot records with the ids and names of all that they refer to. */
export const selectRecords = (db: Kysely<Tables>, source: RecordSource = recordTable(db)) =>
  source
    .innerJoin('lot', 'lot.id', 'lot_record.lot')
    .innerJoin('material', 'material.id', 'lot.material')
    .innerJoin('unit', 'unit.id', 'lot.unit')
    .leftJoin('lot as secondary', 'secondary.id', 'lot_record.secondary_lot')
    .leftJoin('location as source', 'source.id', 'lot_record.source')
    .leftJoin('location as destination', 'destination.id', 'lot_record.destination')
    .leftJoin('reason_code as reason', 'reason.id', 'lot_record.reason_code')
    .leftJoin('lot_record as original', 'original.id', 'lot_record.reversal_of')
    .leftJoin('lot_record as reversal', 'reversal.id', 'lot_record.reversed_by')
    .leftJoin('lot_record as consumption', 'consumption.id', 'lot_record.consume_record')
    .select(recordCodec.selection)
    .select([
      'lot.ulid as lot_ulid',
      'lot.name as lot_name',
      'material.ulid as material_ulid',
      'material.path as material_path',
      'unit.ulid as unit_ulid',
      'unit.name as unit_name',
      'unit.symbol as unit_symbol',
      'secondary.ulid as secondary_ulid',
      'secondary.name as secondary_name',
      'source.ulid as source_ulid',
      'source.path as source_path',
      'destination.ulid as destination_ulid',
      'destination.path as destination_path',
      'reason.ulid as reason_ulid',
      'reason.reason_code as reason_name',
      'original.ulid as original_ulid',
      'reversal.ulid as reversal_ulid',
      'consumption.ulid as consumption_ulid',
    ])

/** The columns that name what a record refers to. */
export interface NamesRow {
  readonly lot_name: string
  readonly secondary_name: string | null
  readonly material_ulid: Ulid
  readonly material_path: string
  readonly unit_ulid: Ulid
  readonly unit_name: string
  readonly unit_symbol: string
  readonly source_path: string | null
  readonly destination_path: string | null
  readonly reason_name: string | null
}

/** The names behind a record's ids. */
export const namesOf = (row: WideRow<NamesRow>): RecordNames => ({
  inventoryLotName: row.get('lot_name'),
  secondaryInventoryLotName: row.get('secondary_name'),
  materialId: row.get('material_ulid'),
  materialPath: row.get('material_path'),
  unitOfMeasureId: row.get('unit_ulid'),
  unitOfMeasureName: row.get('unit_name'),
  unitOfMeasureSymbol: row.get('unit_symbol'),
  sourceLocationPath: row.get('source_path'),
  destinationLocationPath: row.get('destination_path'),
  materialReasonCodeName: row.get('reason_name'),
})
