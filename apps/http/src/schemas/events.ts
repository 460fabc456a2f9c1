import type { RecordEvent } from '@lotbook/domain'
import { Schema } from 'effect'
import { type Agree, Flag, Id, Moment, type Same, Text, Whole } from './fields.ts'
import { Inventory } from './lot.ts'
import { InventoryLotRecord } from './lot-record.ts'

/** The data of a `lot-record` event. */
export const LotRecordEvent = Schema.Struct({
  sequence: Whole.annotate({ description: 'The place of the version in the ledger, and the id of the event.' }),
  version: Whole,
  writtenDate: Moment,
  writtenBy: Text,
  record: InventoryLotRecord.annotateKey({ description: 'The record as it was in that version.' }),
}).annotate({ identifier: 'LotRecordEvent' })

/** The data of an `inventory` event. */
export const InventoryEvent = Schema.Struct({
  locationId: Id,
  locationPath: Text,
  items: Schema.Array(Inventory),
  complete: Flag.annotate({ description: 'False where another event goes on with the same location.' }),
}).annotate({ identifier: 'InventoryEvent' })

/** The schemas above and the domain's views are the same. */
export type EventSchemasAgree = Agree<[Same<typeof LotRecordEvent.Type, RecordEvent>]>
