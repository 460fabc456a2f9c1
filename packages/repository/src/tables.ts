import type {
  LotRecordType,
  LotStatus,
  LotStorageStrategy,
  LotUseStrategy,
  Policy,
  RecordStatus,
  Ulid,
} from '@lotbook/domain'
import type { Generated } from 'kysely'

/** A flag as the database keeps it. */
export type Bit = 0 | 1

interface AnnotationColumns {
  notes: string | null
  enabled: Bit
  spare1: string | null
  spare2: string | null
  spare3: string | null
}

interface AuthorshipColumns {
  created_at: number
  created_by: string
  modified_at: number | null
  modified_by: string | null
}

interface Keyed {
  /** The key that other tables refer to. It never leaves the repository. */
  id: Generated<number>
  ulid: Ulid
}

export interface UnitTable extends Keyed, AnnotationColumns, AuthorshipColumns {
  name: string
  symbol: string
  version: number
}

export interface MaterialTable extends Keyed, AnnotationColumns, AuthorshipColumns {
  path: string
  unit: number
  shelf_life_days: number | null
  initial_lot_status: LotStatus
  description: string | null
  version: number
}

export interface UnitConversionTable extends Keyed, AnnotationColumns, AuthorshipColumns {
  from_unit: number
  to_unit: number
  numerator: number
  denominator: number
  /** For lots of this material only; null = in general. */
  material: number | null
  version: number
}

export interface LocationTable extends Keyed, AnnotationColumns, AuthorshipColumns {
  path: string
  type: string | null
  allow_negative_inventory: Bit
  storage_capacity: number | null
  storage_capacity_unit: number | null
  lot_storage_strategy: LotStorageStrategy
  lot_use_strategy: LotUseStrategy
  version: number
}

export interface ReasonCodeTable extends Keyed, AnnotationColumns, AuthorshipColumns {
  lot_record_type: LotRecordType
  reason_code: string
  description: string | null
  require_comments: Bit
  version: number
}

export interface LotTable extends Keyed, AnnotationColumns, AuthorshipColumns {
  name: string
  material: number
  unit: number
  initial_status: LotStatus
  status: LotStatus
  total_quantity: number
  expires_at: number | null
  closed_at: number | null
  supplier_id: string | null
  version: number
}

/** One row per (lot, location); its key is that pair. */
export interface InventoryTable extends AnnotationColumns {
  lot: number
  location: number
  ulid: Ulid
  quantity: number
  name: string | null
  production_order: Ulid | null
  production_order_name: string | null
  last_effective_at: number
}

/** A lot record as it stands after its latest version, with what is derived from later ones. */
export interface LotRecordTable extends Keyed, AnnotationColumns, AuthorshipColumns {
  type: LotRecordType
  status: RecordStatus
  lot: number
  secondary_lot: number | null
  source: number | null
  destination: number | null
  quantity: number | null
  lot_status: LotStatus | null
  start_at: number
  end_at: number | null
  operation_record: Ulid | null
  operation: Ulid | null
  inventory_operation: Ulid | null
  inventory_operation_name: string | null
  production_order: Ulid | null
  production_order_name: string | null
  reason_code: number | null
  shift_record: Ulid | null
  posted: Bit
  version: number
  previous_status: LotStatus | null
  expires_at: number | null
  reversal_of: number | null
  reversed_by: number | null
  counted_quantity: number | null
  requested_quantity: number | null
  requested_unit: string | null
  consume_record: number | null
  policy: Policy
  /** Its end, else its start. */
  effective_at: number
  /** The sequence of its latest version. */
  sequence: number
  /** The sequence of its first posting version. */
  posted_sequence: number | null
  /** A CONSUME: how much of it has been taken back. */
  taken_back: number
}

export interface RecordVersionTable {
  sequence: number
  record: number
  version: number
  content: string
  hash: string
  /** From when on it counts as known: the greatest writing time up to and including it. Clocks may go back, this does not. */
  known_at: number
}

export interface StockEntryTable {
  sequence: number
  position: number
  record: number
  location: number
  lot: number
  quantity: number
  effective_at: number
}

export interface LotEntryTable {
  sequence: number
  position: number
  record: number
  lot: number
  effective_at: number
  status_from: LotStatus | null
  status_to: LotStatus | null
  /** 1 where the entry sets the expiration date, be it to none. */
  sets_expiration: Bit
  expiration_from: number | null
  expiration_to: number | null
  sets_closed: Bit
  closed_from: number | null
  closed_to: number | null
  total: number
}

export interface TakeBackTable {
  sequence: number
  position: number
  record: number
  consume_record: number
  quantity: number
}

/** A lot that an earlier version of a record named, and the present one does not. */
export interface FormerLotTable {
  lot: number
  record: number
  role: 'inventory_lot_id' | 'secondary_inventory_lot_id'
}

/** One lot went into another, as a record says it. */
export interface TraceEdgeTable {
  from_lot: number
  to_lot: number
  record: number
  /** Null = a memo. */
  quantity: number | null
  taken_back: number
  effective_at: number
}

/** A lot was consumed or produced in an operation, by a record that names no other lot. */
export interface TraceOperationTable {
  lot: number
  side: 'consumed' | 'produced'
  operation: Ulid
  record: number
  quantity: number | null
  taken_back: number
  effective_at: number
}

/** One row: how many versions there are, the hash of the last and since when it is known, and the policy of the store. */
export interface LedgerHeadTable {
  id: number
  count: number
  head: string
  known_at: number
  policy: Policy
  /** Another number whenever any master data were changed. */
  master_data: number
}

export interface ChangeLogTable {
  id: Generated<number>
  entity: string
  entity_id: string
  field: string
  /** JSON. */
  from_value: string
  /** JSON. */
  to_value: string
  changed_at: number
  changed_by: string
  /** How many versions there were when it was written: its place among them. */
  sequence: number
}

export interface ReceiptTable {
  id: Generated<number>
  scope: string
  key: string
  fingerprint: string
  /** JSON. */
  answer: string
  expires_at: number
}

/** How far an import has come. */
export interface ImportRunTable {
  id: Generated<number>
  scope: string
  key: string
  fingerprint: string
  /** The line of the last row that was decided. */
  line: number
  saved: number
  already_there: number
  refused: number
  finished: Bit
  expires_at: number | null
}

export interface ImportRefusalTable {
  run: number
  line: number
  /** JSON: field → messages. */
  errors: string
}

/** One row while a restore has begun and has not come to its end. */
export interface RestorationTable {
  id: number
}

export interface ApiKeyTable extends Keyed {
  name: string
  /** SHA-256 of the secret, in hexadecimal. The secret itself is not kept. */
  hash: string
  /** JSON: a list of grants. */
  grants: string
  expires_at: number | null
  created_at: number
  created_by: string
  revoked_at: number | null
  revoked_by: string | null
}

/** Who is told of what is written, and how far that has come. */
export interface WebhookTable extends Keyed, AuthorshipColumns {
  url: string
  description: string | null
  /** JSON: a list of types; null = all. */
  lot_record_types: string | null
  enabled: Bit
  secret: string
  position: number
  delivered_at: number | null
  failures: number
  failing_since: number | null
  last_error: string | null
  next_attempt_at: number | null
  version: number
}

/** One row: the process that delivers, and until when it may without asking again. */
export interface DeliveryLeaseTable {
  id: number
  owner: string
  expires_at: number
}

export interface MigrationTable {
  name: string
  applied_at: number
}

/** Every table, by name. */
export interface Tables {
  unit: UnitTable
  material: MaterialTable
  unit_conversion: UnitConversionTable
  location: LocationTable
  reason_code: ReasonCodeTable
  lot: LotTable
  inventory: InventoryTable
  lot_record: LotRecordTable
  record_version: RecordVersionTable
  stock_entry: StockEntryTable
  lot_entry: LotEntryTable
  take_back: TakeBackTable
  former_lot: FormerLotTable
  trace_edge: TraceEdgeTable
  trace_operation: TraceOperationTable
  ledger_head: LedgerHeadTable
  change_log: ChangeLogTable
  receipt: ReceiptTable
  import_run: ImportRunTable
  import_refusal: ImportRefusalTable
  restoration: RestorationTable
  api_key: ApiKeyTable
  webhook: WebhookTable
  delivery_lease: DeliveryLeaseTable
  migration: MigrationTable
}
