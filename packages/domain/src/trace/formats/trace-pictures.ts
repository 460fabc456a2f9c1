import type { TraceEdge, TraceNode, TraceView } from '../trace-view.ts'
import { shareText } from './share-words.ts'

const wordsOfNode = (node: TraceNode): readonly string[] => {
  const { lotName, materialPath, effectiveStatus, onHand, unitOfMeasureSymbol, reach } = node
  const share = reach === 'SELF' ? '' : shareText(node)
  return [
    lotName,
    materialPath,
    `${effectiveStatus}, ${onHand} ${unitOfMeasureSymbol}${share === '' ? '' : `, ${share}`}`,
  ]
}

const wordsOfEdge = ({ lotRecordType, quantity, unitOfMeasureSymbol, inferred }: TraceEdge): string =>
  [inferred ? 'inferred' : lotRecordType, quantity === null ? 'memo' : `${quantity} ${unitOfMeasureSymbol}`].join(' ')

/** Each lot once, with a short name for the picture: a lot on a cycle is both ancestor and descendant. */
const drawn = ({ nodes }: TraceView): ReadonlyMap<string, readonly [name: string, node: TraceNode]> => {
  const names = new Map<string, readonly [string, TraceNode]>()
  for (const node of nodes) if (!names.has(node.lotId)) names.set(node.lotId, [`n${names.size}`, node])
  return names
}

/** What whoever sees a picture must know of it: it is of an earlier moment, or not all of it. */
const noteOf = ({ asOf, truncated }: TraceView): string =>
  [...(asOf === null ? [] : [`as of ${asOf}`]), ...(truncated ? ['cut off, there is more'] : [])].join(', ')

// Whatever could mean something to Mermaid, Markdown or HTML is written as its number.
const mermaidText = (text: string): string =>
  text.replaceAll(/[^\p{L}\p{N} .,:/_-]/gu, (character) => `#${character.codePointAt(0)};`)

/** A trace as a Mermaid flowchart, line by line. */
export function* traceMermaid(trace: TraceView): Generator<string> {
  const names = drawn(trace)
  const note = noteOf(trace)
  if (note !== '') yield `---\ntitle: "${note}"\n---\n`
  yield 'flowchart LR\n'
  for (const [name, node] of names.values()) yield `  ${name}["${wordsOfNode(node).map(mermaidText).join('<br/>')}"]\n`
  for (const edge of trace.edges) {
    const [from, to] = [names.get(edge.source)?.[0], names.get(edge.target)?.[0]]
    const arrow = edge.inferred || edge.memo ? '-.->' : '-->'
    yield `  ${from} ${arrow}|"${mermaidText(wordsOfEdge(edge))}"| ${to}\n`
  }
  yield '  style n0 stroke-width:3px\n'
}

// Graphviz reads entities of HTML in every label.
const dotText = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;')

/** A trace as a DOT digraph, line by line. */
export function* traceDot(trace: TraceView): Generator<string> {
  const names = drawn(trace)
  const note = noteOf(trace)
  yield 'digraph trace {\n  rankdir=LR;\n  node [shape=box];\n'
  if (note !== '') yield `  label="${note}";\n  labelloc=t;\n`
  for (const [name, node] of names.values())
    yield `  ${name} [label="${wordsOfNode(node).map(dotText).join('\\n')}"${node.reach === 'SELF' ? ', penwidth=3' : ''}];\n`
  for (const edge of trace.edges) {
    const [from, to] = [names.get(edge.source)?.[0], names.get(edge.target)?.[0]]
    const style = edge.inferred || edge.memo ? ', style=dashed' : ''
    yield `  ${from} -> ${to} [label="${dotText(wordsOfEdge(edge))}"${style}];\n`
  }
  yield '}\n'
}
