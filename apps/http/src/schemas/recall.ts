import { notHeldReasons, type RecallHold as RecallHoldView, type RecallView } from '@lotbook/domain'
import { Schema } from 'effect'
import { type Agree, Amount, Flag, Id, LotStatusName, Moment, orNull, type Same, Text, Whole } from './fields.ts'

const RecallStock = Schema.Struct({ locationId: Id, locationPath: Text, quantity: Amount }).annotate({
  identifier: 'RecallStock',
})

const RecallShipment = Schema.Struct({
  recordId: Id,
  date: Moment,
  quantity: Amount,
  to: orNull(Text).annotate({
    description:
      'To whom: the first of these that the record has: destination location, secondary lot, production order, notes, spare1 to spare3. Null where it has none.',
  }),
  destinationLocationPath: orNull(Text),
  secondaryInventoryLotId: orNull(Id),
  secondaryInventoryLotName: orNull(Text),
  productionOrderName: orNull(Text),
  notes: orNull(Text),
  spare1: orNull(Text),
  spare2: orNull(Text),
  spare3: orNull(Text),
}).annotate({ identifier: 'RecallShipment', description: 'A SHIP record that was not reversed.' })

const Sum = Schema.Finite
const quantities = {
  onHand: Sum.annotateKey({ description: 'What lies anywhere.' }),
  held: Sum.annotateKey({ description: 'What of it is of lots on QA_HOLD.' }),
  shipped: Sum,
  scrapped: Sum,
  returned: Sum,
  quantityIn: Sum.annotateKey({ description: 'All that came in, as the records say.' }),
  quantityOut: Sum.annotateKey({ description: 'All that went out, as the records say.' }),
  unexplained: Sum.annotateKey({
    description: 'quantityIn − quantityOut − onHand: zero, unless something is missing or was changed.',
  }),
}

const RecallLot = Schema.Struct({
  lotId: Id,
  lotName: Text,
  materialId: Id,
  materialPath: Text,
  materialName: Text,
  depth: Whole.annotate({ description: 'The least number of steps from the recalled lot; 0 is the lot itself.' }),
  share: orNull(Schema.Finite).annotate({
    description: 'The part of it that came through the recalled lot, from 0 to 1. Null where it cannot be told.',
  }),
  shareExact: orNull(Text),
  shareUnitOfMeasureSymbol: orNull(Text).annotate({
    description: 'The unit of what the share is of, where something of another dimension went in too.',
  }),
  status: LotStatusName,
  effectiveStatus: LotStatusName,
  unitOfMeasureSymbol: Text,
  ...quantities,
  entriesUnexplained: orNull(Sum).annotate({
    description: 'What its stock entries add up to, less what its rows hold. Null with `asOf`.',
  }),
  totalUnexplained: orNull(Sum).annotate({
    description: 'What its records ever added, less its `totalQuantity`. Null with `asOf`.',
  }),
  stock: Schema.Array(RecallStock),
  shipments: Schema.Array(RecallShipment),
}).annotate({ identifier: 'RecallLot' })

const RecallTotal = Schema.Struct({ unitOfMeasureSymbol: Text, lots: Whole, ...quantities }).annotate({
  identifier: 'RecallTotal',
  description: 'The sums over the lots whose quantities convert exactly into one unit.',
})

/** Everything that a lot reached. */
export const Recall = Schema.Struct({
  lotId: Id,
  lotName: Text,
  materialId: Id,
  materialPath: Text,
  materialName: Text,
  takenDate: Moment.annotate({ description: 'When it was made: it shows the ledger as it was then.' }),
  asOf: orNull(Moment),
  complete: Flag.annotate({ description: 'Every affected lot is listed.' }),
  truncated: Flag.annotate({ description: 'More lots are affected than `limit` allows.' }),
  balanced: Flag.annotate({ description: 'Everything adds up, for every lot.' }),
  sharesLeftOut: orNull(Text).annotate({ description: 'Why there are no shares; null where there are.' }),
  warnings: Schema.Array(Text).annotate({
    description: 'What whoever reads this must know, the most urgent first.',
  }),
  totals: Schema.Array(RecallTotal),
  lots: Schema.Array(RecallLot).annotate({ description: 'Nearest first: the recalled lot itself is the first.' }),
}).annotate({ identifier: 'Recall' })

const recalled = { lotId: Id, lotName: Text, materialPath: Text }
const stocked = { ...recalled, onHand: Amount, unitOfMeasureSymbol: Text }

/** What a hold did. */
export const RecallHold = Schema.Struct({
  ...recalled,
  held: Schema.Array(
    Schema.Struct({
      ...stocked,
      previousStatus: LotStatusName,
      recordId: orNull(Id).annotate({ description: 'The STATUS_CHANGE record; null in a dry run.' }),
    }),
  ).annotate({ description: 'The lots that were put on QA_HOLD, nearest first.' }),
  notHeld: Schema.Array(
    Schema.Struct({
      ...stocked,
      status: LotStatusName,
      reason: Schema.Literals(notHeldReasons).annotate({
        description:
          'ALREADY_HELD: it is on QA_HOLD. SHIPPED, CLOSED, NO_STOCK: nothing of it lies anywhere. DISABLED: it takes no postings. DATED_AHEAD: it lies there now and leaves by the records in `datedAhead`: reverse them, and hold it then.',
      }),
      datedAhead: Schema.Array(Id).annotate({
        description: 'The records that are dated ahead and change its stock then.',
      }),
    }),
  ).annotate({ description: 'The affected lots that were left as they are, and why.' }),
}).annotate({ identifier: 'RecallHold' })

/** The schemas say what the domain's views hold. */
export type RecallSchemasAgree = Agree<
  [Same<typeof Recall.Type, RecallView>, Same<typeof RecallHold.Type, RecallHoldView>]
>
