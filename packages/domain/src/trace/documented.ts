import { enumField, listField, ulidField, wholeWordField } from '../fields.ts'
import { parentPath } from '../master-data/master-data.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { defineRequest } from '../request.ts'
import type { LotView } from '../views/lot-view.ts'
import type { RecordView } from '../views/record-view.ts'
import { primaryIsSource } from './trace-link.ts'
import type { TraceView } from './trace-view.ts'

/** How many records one table of a trace may be asked for. */
export const largestTraceTable = 900

/** The request of getLotTraceGraph: the 3 documented fields. */
export const lotTraceGraphShape = defineRequest(
  'LotTraceGraphRequest',
  { rootNodeId: ulidField, direction: enumField(['INPUT', 'OUTPUT']), depth: wholeWordField(1, 1_000_000) },
  ['rootNodeId', 'direction'],
)

/** The request of getLotTraceTable. */
export const lotTraceTableShape = defineRequest(
  'LotTraceTableRequest',
  {
    inventoryLotRecordIds: listField(
      ulidField,
      largestTraceTable,
      `must be a list of at most ${largestTraceTable} ULIDs, each of 26 characters of Crockford base 32`,
    ),
  },
  ['inventoryLotRecordIds'],
)

/** A trace in the documented shape: lots as nodes, records as edges, one direction. */
export interface LotTraceGraph {
  readonly nodes: readonly {
    readonly id: string
    readonly data: {
      readonly lotName: string
      readonly materialName: string
      readonly materialClassName: string | null
      readonly materialDescription: string | null
      /** What went between this lot and the lots one step nearer to the start; of the start itself its total. Null where units differ. */
      readonly quantity: number | null
      readonly uom: string
    }
  }[]
  readonly edges: readonly {
    /** The record; of an inferred edge the CONSUME and the PRODUCE record, joined by `+`. */
    readonly id: string
    readonly source: string
    readonly target: string
    /** It is inferred, or of a memo: nobody wrote down what went from one to the other. */
    readonly animated: boolean
  }[]
  readonly rootNodeId: string
  readonly direction: 'INPUT' | 'OUTPUT'
}

/** A trace of one direction in the documented shape. */
export const lotTraceGraph = (trace: TraceView, descriptions: ReadonlyMap<string, string | null>): LotTraceGraph => {
  const isInput = trace.direction === 'ANCESTORS'
  const units = new Map(trace.nodes.map(({ lotId, unitOfMeasureSymbol }) => [lotId, unitOfMeasureSymbol]))
  const processed = new Map<string, number | null>()
  for (const { source, target, quantity, unitOfMeasureSymbol } of trace.edges) {
    const far = isInput ? source : target
    const before = processed.get(far)
    // Added in millionths, so that the sum is exact.
    if (quantity === null || before === null) continue
    processed.set(far, unitOfMeasureSymbol === units.get(far) ? (before ?? 0) + Math.round(quantity * 1_000_000) : null)
  }
  return {
    nodes: trace.nodes.map((node) => {
      const sum = processed.get(node.lotId)
      return {
        id: node.lotId,
        data: {
          lotName: node.lotName,
          materialName: node.materialName,
          materialClassName: parentPath(node.materialPath),
          materialDescription: descriptions.get(node.materialId) ?? null,
          quantity: node.reach === 'SELF' ? node.totalQuantity : sum == null ? null : showQuantity(sum),
          uom: node.unitOfMeasureSymbol,
        },
      }
    }),
    edges: trace.edges.map(({ recordIds, source, target, inferred, memo }) => ({
      id: recordIds.join('+'),
      source,
      target,
      animated: inferred || memo,
    })),
    rootNodeId: trace.lotId,
    direction: isInput ? 'INPUT' : 'OUTPUT',
  }
}

/** A record as a row of the documented trace table. Source is where material came from, also where that is the secondary lot. */
export const lotTraceRow = (record: RecordView, secondary: LotView | undefined) => {
  const primary = {
    lotId: record.inventoryLotId as string | null,
    lotName: record.inventoryLotName as string | null,
    materialId: record.materialId as string | null,
    materialName: record.materialPath.slice(record.materialPath.lastIndexOf('/') + 1) as string | null,
  }
  const other = {
    lotId: record.secondaryInventoryLotId,
    lotName: record.secondaryInventoryLotName,
    materialId: secondary?.materialId ?? null,
    materialName: secondary?.materialName ?? null,
  }
  const isFirst =
    primaryIsSource(record.lotRecordType) || !['RECEIVE', 'PRODUCE', 'MERGE'].includes(record.lotRecordType)
  const [source, target] = isFirst ? [primary, other] : [other, primary]
  const [start, end] = [record.startDate, record.endDate]
  return {
    id: record.id,
    lotRecordType: record.lotRecordType,
    sourceInventoryLotId: source.lotId,
    sourceInventoryLotName: source.lotName,
    targetInventoryLotId: target.lotId,
    targetInventoryLotName: target.lotName,
    sourceLocationId: record.sourceLocationId,
    sourceLocationPath: record.sourceLocationPath,
    destinationLocationId: record.destinationLocationId,
    destinationLocationPath: record.destinationLocationPath,
    quantity: record.quantity,
    unitOfMeasureId: record.unitOfMeasureId,
    unitOfMeasureName: record.unitOfMeasureName,
    unitOfMeasureSymbol: record.unitOfMeasureSymbol,
    startDate: start,
    endDate: end,
    durationInMillis: end === null ? null : Date.parse(end) - Date.parse(start),
    sourceMaterialId: source.materialId,
    sourceMaterialName: source.materialName,
    targetMaterialId: target.materialId,
    targetMaterialName: target.materialName,
  }
}
/** A record as a row of the documented trace table. */
export type LotTraceRow = ReturnType<typeof lotTraceRow>
