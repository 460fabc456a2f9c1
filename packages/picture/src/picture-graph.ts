import type { TraceEdge, TraceNode } from '@lotbook/domain'

/** A lot as a box. */
export interface PictureLot
  extends Pick<
    TraceNode,
    | 'shareUnitOfMeasureSymbol'
    | 'lotId'
    | 'lotName'
    | 'materialPath'
    | 'materialName'
    | 'effectiveStatus'
    | 'onHand'
    | 'unitOfMeasureSymbol'
  > {
  /** BESIDE: not on the way, but joined to a lot that is. */
  readonly reach: TraceNode['reach'] | 'BESIDE'
  readonly share: number | null
}

/** All steps of one kind from one lot into another. */
export interface PictureStep
  extends Pick<TraceEdge, 'lotRecordType' | 'quantity' | 'unitOfMeasureSymbol' | 'inferred' | 'memo'> {
  /** How many steps of the trace these are. */
  readonly count: number
}

/** A line: all that went from one lot into another. */
export interface PictureLine {
  readonly id: string
  readonly source: string
  readonly target: string
  /** Each kind once. */
  readonly steps: readonly PictureStep[]
}

/** Each lot once: on a cycle a lot is both ancestor and descendant. */
export const lotsOnce = <A extends { readonly lotId: string }>(nodes: readonly A[]): readonly A[] => {
  const lots = new Map<string, A>()
  for (const node of nodes) if (!lots.has(node.lotId)) lots.set(node.lotId, node)
  return [...lots.values()]
}

// Added in millionths, so that the sum is exact.
const sum = (first: number | null, second: number | null): number | null =>
  first === null || second === null
    ? null
    : (Math.round(first * 1_000_000) + Math.round(second * 1_000_000)) / 1_000_000

const kindOf = ({ lotRecordType, unitOfMeasureSymbol, inferred, memo }: TraceEdge): string =>
  [inferred ? 'inferred' : lotRecordType, memo ? 'memo' : unitOfMeasureSymbol].join(' ')

/** The lines between lots, with their quantities added up by kind: there may be thousands of records behind one. */
export const pictureLines = (edges: readonly TraceEdge[]): readonly PictureLine[] => {
  const lines = new Map<string, { readonly source: string; readonly target: string; steps: Map<string, PictureStep> }>()
  for (const edge of edges) {
    const { source, target, lotRecordType, quantity, unitOfMeasureSymbol, inferred, memo } = edge
    const id = `${source} ${target}`
    const line = lines.get(id) ?? { source, target, steps: new Map<string, PictureStep>() }
    lines.set(id, line)
    const kind = kindOf(edge)
    const same = line.steps.get(kind)
    line.steps.set(
      kind,
      same === undefined
        ? { lotRecordType, quantity, unitOfMeasureSymbol, inferred, memo, count: 1 }
        : { ...same, quantity: sum(same.quantity, quantity), count: same.count + 1 },
    )
  }
  return Array.from(lines, ([id, { source, target, steps }]) => ({ id, source, target, steps: [...steps.values()] }))
}
