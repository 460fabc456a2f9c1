import type { TraceView } from '../trace-view.ts'

const itemsPerPiece = 200

function* list(items: readonly unknown[]): Generator<string> {
  yield '['
  for (let at = 0; at < items.length; at += itemsPerPiece) {
    const texts = items.slice(at, at + itemsPerPiece).map((item) => JSON.stringify(item))
    yield (at === 0 ? '' : ',') + texts.join(',')
  }
  yield ']'
}

/** A trace as JSON, piece by piece: a large one in one piece would keep others waiting. */
export function* traceJson({ nodes, edges, terminalNodes, ...rest }: TraceView): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"nodes":`
  yield* list(nodes)
  yield ',"edges":'
  yield* list(edges)
  yield ',"terminalNodes":'
  yield* list(terminalNodes)
  yield '}'
}
