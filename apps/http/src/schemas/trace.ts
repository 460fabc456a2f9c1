import {
  type BasicTraceView,
  type LotTraceGraph as LotTraceGraphView,
  type LotTraceRow as LotTraceRowView,
  reaches,
  type TraceView,
  traceDirections,
} from '@lotbook/domain'
import { Schema } from 'effect'
import {
  type Agree,
  Amount,
  Flag,
  Id,
  LotRecordTypeName,
  LotStatusName,
  Moment,
  orNull,
  type Same,
  Text,
  Whole,
} from './fields.ts'

const Share = Schema.Finite.annotate({ identifier: 'Share', description: 'A part, from 0 to 1.' })
const ShareExact = Text.annotate({ identifier: 'ShareExact', description: 'The same as an exact fraction: `3/10`.' })

const TraceNode = Schema.Struct({
  lotId: Id,
  lotName: Text,
  materialId: Id,
  materialPath: Text,
  materialName: Text,
  status: LotStatusName.annotateKey({
    description: 'With `asOf` that of then, else of now, like all that is said of the lot.',
  }),
  effectiveStatus: LotStatusName,
  onHand: Amount.annotateKey({ description: 'The stock over all locations; with `asOf` that of then.' }),
  totalQuantity: Amount,
  unitOfMeasureSymbol: Text,
  reach: Schema.Literals(reaches).annotate({
    description: 'ANCESTOR: it went into the traced lot. DESCENDANT: it was made from it. Rework may make a lot both.',
  }),
  depth: Whole.annotate({ description: 'The least number of steps from the traced lot.' }),
  terminal: Flag.annotate({ description: 'There is nothing further on this side.' }),
  share: orNull(Share).annotate({
    description:
      'An ancestor: the part of the traced lot that came through it. A descendant: the part of it that came through the traced lot. Null where it cannot be told.',
  }),
  shareExact: orNull(ShareExact),
  originShare: orNull(Share).annotate({
    description: 'The part of the traced lot that began in this lot. These sum to one.',
  }),
  originShareExact: orNull(ShareExact),
  shareUnitOfMeasureSymbol: orNull(Text).annotate({
    description:
      'Where something of another dimension went in too, here or on the way: the unit of what the shares are of. Null where they are of everything.',
  }),
}).annotate({ identifier: 'TraceNode' })

const EdgeQuantity = orNull(Amount).annotate({
  description: 'What was not taken back; inferred: what went into the operation. Null for a memo.',
})

const TraceEdge = Schema.Struct({
  source: Id,
  target: Id,
  lotRecordType: LotRecordTypeName,
  recordIds: Schema.Array(Id).annotate({
    description: 'The record; of an inferred edge the CONSUME and the PRODUCE record of one operation.',
  }),
  unitOfMeasureSymbol: Text,
  startDate: Moment,
  endDate: orNull(Moment),
  inferred: Flag,
  memo: Flag,
  quantity: EdgeQuantity,
}).annotate({ identifier: 'TraceEdge', description: 'Material went from `source` into `target`.' })

const asked = {
  lotId: Id,
  direction: Schema.Literals(traceDirections),
  depth: orNull(Whole),
  asOf: orNull(Moment),
  truncated: Flag.annotate({ description: 'There are more lots or edges than `limit` allows.' }),
}

/** Where a lot came from and where it went. */
export const Trace = Schema.Struct({
  ...asked,
  sharesLeftOut: orNull(Text).annotate({ description: 'Why there are no shares; null where there are.' }),
  nodes: Schema.Array(TraceNode),
  edges: Schema.Array(TraceEdge),
  terminalNodes: Schema.Array(Id),
}).annotate({ identifier: 'Trace' })

const { lotId, reach, depth, terminal } = TraceNode.fields
const { source, target, lotRecordType, recordIds, unitOfMeasureSymbol } = TraceEdge.fields

/** The same with ids, depths and quantities only. */
export const BasicTrace = Schema.Struct({
  ...asked,
  nodes: Schema.Array(Schema.Struct({ lotId, reach, depth, terminal }).annotate({ identifier: 'BasicTraceNode' })),
  edges: Schema.Array(
    Schema.Struct({
      ...{ source, target, lotRecordType, recordIds, unitOfMeasureSymbol },
      quantity: EdgeQuantity,
    }).annotate({
      identifier: 'BasicTraceEdge',
      description: 'Material went from `source` into `target`. Inferred where it has two records.',
    }),
  ),
}).annotate({ identifier: 'BasicTrace', description: 'A trace with `detail=BASIC`: ids, depths and quantities.' })

/** The documented graph. */
export const LotTraceGraph = Schema.Struct({
  nodes: Schema.Array(
    Schema.Struct({
      id: Id,
      data: Schema.Struct({
        lotName: Text,
        materialName: Text,
        materialClassName: orNull(Text),
        materialDescription: orNull(Text),
        quantity: orNull(Amount).annotate({
          description: 'What went between this lot and those one step nearer to the start; of the start its total.',
        }),
        uom: Text,
      }),
    }),
  ),
  edges: Schema.Array(
    Schema.Struct({
      id: Text.annotate({ description: 'The record; of an inferred edge both records, joined by `+`.' }),
      source: Id,
      target: Id,
      animated: Flag.annotate({ description: 'It is inferred or of a memo.' }),
    }),
  ),
  rootNodeId: Id,
  direction: Schema.Literals(['INPUT', 'OUTPUT']),
}).annotate({ identifier: 'LotTraceGraph' })

/** A row of the documented table. */
export const LotTraceRow = Schema.Struct({
  id: orNull(Id),
  lotRecordType: LotRecordTypeName,
  sourceInventoryLotId: orNull(Id),
  sourceInventoryLotName: orNull(Text),
  targetInventoryLotId: orNull(Id),
  targetInventoryLotName: orNull(Text),
  sourceLocationId: orNull(Id),
  sourceLocationPath: orNull(Text),
  destinationLocationId: orNull(Id),
  destinationLocationPath: orNull(Text),
  quantity: orNull(Amount),
  unitOfMeasureId: Id,
  unitOfMeasureName: Text,
  unitOfMeasureSymbol: Text,
  startDate: Moment,
  endDate: orNull(Moment),
  durationInMillis: orNull(Whole),
  sourceMaterialId: orNull(Id),
  sourceMaterialName: orNull(Text),
  targetMaterialId: orNull(Id),
  targetMaterialName: orNull(Text),
}).annotate({ identifier: 'LotTraceRow' })

/** The schemas say what the domain's views hold. */
export type TraceSchemasAgree = Agree<
  [
    Same<typeof Trace.Type, TraceView>,
    Same<typeof BasicTrace.Type, BasicTraceView>,
    Same<typeof LotTraceGraph.Type, LotTraceGraphView>,
    Same<typeof LotTraceRow.Type, LotTraceRowView>,
  ]
>
