import { shareWords, type TraceEdge, type TraceNode, type TraceView } from '@lotbook/domain'
import { forTerminal } from './terminal-text.ts'

const describe = (node: TraceNode): string => {
  const words = [
    forTerminal(node.materialPath),
    node.effectiveStatus,
    `${node.onHand} ${forTerminal(node.unitOfMeasureSymbol)} on hand`,
  ]
  return `${forTerminal(node.lotName)} (${words.join(', ')})`
}

const step = ({ lotRecordType, quantity, unitOfMeasureSymbol, inferred }: TraceEdge): string => {
  const amount = quantity === null ? 'memo' : `${quantity} ${forTerminal(unitOfMeasureSymbol)}`
  return `${inferred ? 'inferred' : lotRecordType} ${amount}`
}

const shareOf = (node: TraceNode): string => {
  const words = shareWords(node)
  return words === '' ? '' : `, ${forTerminal(words)}`
}

// Deeper lines would only move to the right.
const deepestIndent = 40

/** The lots of one side below each other, each told once in full. No recursion: a chain may be long. */
function* side(trace: TraceView, reach: TraceNode['reach']): Generator<string> {
  const nodes = new Map(trace.nodes.filter((node) => node.reach === reach).map((node) => [node.lotId, node]))
  const ends = (edge: TraceEdge): readonly [near: string, far: string] =>
    reach === 'ANCESTOR' ? [edge.target, edge.source] : [edge.source, edge.target]
  const below = new Map<string, TraceEdge[]>()
  for (const edge of trace.edges) {
    const [near, far] = ends(edge)
    if (!nodes.has(far) || (near !== trace.lotId && !nodes.has(near))) continue
    const others = below.get(near)
    if (others === undefined) below.set(near, [edge])
    else others.push(edge)
  }
  const told = new Set<string>()
  const waiting = (below.get(trace.lotId) ?? []).toReversed().map((edge) => ({ edge, depth: 1 }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { edge, depth } = next
    const [, far] = ends(edge)
    const node = nodes.get(far)
    if (node === undefined) continue
    const arrow = reach === 'ANCESTOR' ? '←' : '→'
    const isAgain = told.has(far)
    const indent = '  '.repeat(Math.min(depth, deepestIndent))
    yield `${indent}${arrow} ${describe(node)}: ${step(edge)}${shareOf(node)}${isAgain ? ' (see above)' : ''}`
    if (isAgain) continue
    told.add(far)
    for (const further of (below.get(far) ?? []).toReversed()) waiting.push({ edge: further, depth: depth + 1 })
  }
}

/** What is said of a trace that was cut off. */
export const thereIsMore = 'there is more: ask for more lots with --limit'

/** A trace as lines for people: the lot, what it was made of, what it went into. */
export function* traceTree(trace: TraceView): Generator<string> {
  const [self] = trace.nodes
  if (self === undefined) return
  if (trace.asOf !== null) yield `as of ${trace.asOf}, with the status and stock of then`
  yield describe(self)
  if (trace.direction !== 'DESCENDANTS') {
    yield 'made of:'
    yield* side(trace, 'ANCESTOR')
  }
  if (trace.direction !== 'ANCESTORS') {
    yield 'went into:'
    yield* side(trace, 'DESCENDANT')
  }
  if (trace.sharesLeftOut !== null) yield `no shares: ${trace.sharesLeftOut}`
  if (trace.truncated) yield thereIsMore
}
