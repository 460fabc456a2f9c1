import { type InventoryView, type LotView, type Preview, Reference } from '@lotbook/domain'
import { Schema } from 'effect'
import { type Agree, Amount, annotations, Id, LotStatusName, Moment, orNull, type Same, Text, Whole } from './fields.ts'
import { InventoryLotRecord } from './lot-record.ts'

/** A lot: the 19 documented fields, then ours. */
export const InventoryLot = Schema.Struct({
  id: orNull(Id).annotate({ description: 'Null in a dry run that would make the lot.' }),
  ...annotations,
  name: Text,
  materialId: Id,
  materialPath: Text,
  materialName: Text,
  materialQuantityFormat: Schema.Null,
  status: LotStatusName,
  totalQuantity: Amount.annotateKey({ description: 'All that was ever added.' }),
  unitOfMeasureId: Id,
  unitOfMeasureName: Text,
  unitOfMeasureSymbol: Text,
  expirationDate: orNull(Moment),
  closedDate: orNull(Moment),
  createdDate: Moment,
  supplierId: orNull(Text),
  onHand: Amount.annotateKey({ description: 'The stock over all locations.' }),
  effectiveStatus: LotStatusName.annotateKey({
    description: 'EXPIRED from the expirationDate on, whatever the status.',
  }),
  version: Whole,
}).annotate({ identifier: 'InventoryLot' })

/** How much of a lot lies at a location: the 23 documented fields, then ours. */
export const Inventory = Schema.Struct({
  locationId: Id,
  locationPath: Text,
  lotId: Id,
  lotName: Text,
  lotStatus: LotStatusName,
  quantity: Amount,
  unitOfMeasureId: Id,
  unitOfMeasureName: Text,
  unitOfMeasureSymbol: Text,
  name: orNull(Text),
  productionOrderId: orNull(Id),
  productionOrderName: orNull(Text),
  materialId: Id,
  materialPath: Text,
  materialDescription: orNull(Text),
  materialImage: Schema.Null,
  materialClassId: Schema.Null,
  materialClassPath: orNull(Text),
  id: orNull(Id).annotate({ description: 'Null in a dry run that would make the row.' }),
  ...annotations,
  effectiveStatus: LotStatusName.annotateKey({
    description:
      'What `lotStatus` amounts to: EXPIRED from the expirationDate of the lot on; with `asOf`, at that moment.',
  }),
}).annotate({ identifier: 'Inventory' })

/** What a dry run shows. */
export const PreviewAnswer = Schema.Struct({
  record: orNull(InventoryLotRecord).annotate({ description: 'The first of the records.' }),
  records: Schema.Array(InventoryLotRecord),
  balances: Schema.Array(Inventory),
  lots: Schema.Array(InventoryLot),
}).annotate({ identifier: 'Preview' })

/** What a dry run answers, in words. */
export const orPreview = 'with `dryRun=true` what would be true, and nothing is written.'

/** An answer of something that may be done as a dry run too. */
export const withPreview = (done: Schema.Top) => Schema.Union([done, PreviewAnswer])

/** What refers to a lot or a record, by table. */
export const References = Schema.Array(Reference.annotate({ identifier: 'Reference' }))

/** The documented answer of deleteLot. */
export const ApiResponse = Schema.Struct({
  success: Schema.Boolean,
  message: Text,
  data: orNull(Text),
  error: orNull(Text),
}).annotate({ identifier: 'ApiResponse' })

/** The schemas above and the domain's views are the same. */
export type LotSchemasAgree = Agree<
  [
    Same<typeof InventoryLot.Type, LotView>,
    Same<typeof Inventory.Type, InventoryView>,
    Same<typeof PreviewAnswer.Type, Preview>,
  ]
>
