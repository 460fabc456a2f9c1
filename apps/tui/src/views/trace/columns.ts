import { shareText, shareWords } from '@lotbook/domain'
import type { Column } from '../../drawing/columns.ts'
import { toneOfStatus } from '../../drawing/tone.ts'
import { amount, day } from '../../drawing/words.ts'
import type { TraceRow } from './trace-tree.ts'

const signs = { nothing: ' ', open: '▾', closed: '▸', above: '↑', beyond: '+' } as const

// Deeper rows would only move to the right: they say their depth in figures.
const deepestIndent = 12

const indentOf = (depth: number): string =>
  depth <= deepestIndent ? ' '.repeat(depth) : `${' '.repeat(deepestIndent)}${depth}: `

/** A row in words, for below the tree: what the columns have no room for. */
export const traceWords = ({ node, edge }: TraceRow): string =>
  [
    edge === undefined
      ? ''
      : `${edge.lotRecordType} ${edge.memo ? 'memo' : amount(edge.quantity, edge.unitOfMeasureSymbol)} ${day(edge.endDate ?? edge.startDate)}`,
    edge === undefined ? '' : shareWords(node),
    node.lotName,
    node.materialPath,
    node.effectiveStatus,
    `${amount(node.onHand, node.unitOfMeasureSymbol)} on hand`,
  ]
    .filter((text) => text !== '')
    .join(' · ')

/** The columns of a trace. */
export const traceColumns: readonly Column<TraceRow>[] = [
  {
    title: 'LOT',
    text: ({ node, depth, below }) => `${indentOf(depth)}${signs[below]} ${node.lotName}`,
    least: 22,
    most: 44,
    leaves: 0,
  },
  {
    title: 'QUANTITY',
    text: ({ edge }) =>
      edge === undefined ? '' : edge.memo ? 'memo' : amount(edge.quantity, edge.unitOfMeasureSymbol),
    least: 9,
    most: 12,
    right: true,
    leaves: 0,
  },
  {
    title: 'SHARE',
    // Shorter by a word, so that the unit always has room.
    text: ({ node, edge }) => (edge === undefined ? '' : shareText(node).replace(' of ', ' ')),
    least: 10,
    most: 12,
    right: true,
    leaves: 1,
  },
  {
    title: 'STATUS',
    text: ({ node }) => node.effectiveStatus,
    tone: ({ node }) => toneOfStatus(node.effectiveStatus),
    least: 9,
    most: 9,
    leaves: 2,
  },
  {
    title: 'BY',
    text: ({ edge }) => (edge === undefined ? '' : edge.inferred ? 'inferred' : edge.lotRecordType),
    least: 8,
    most: 8,
    leaves: 3,
  },
  {
    title: 'ON HAND',
    text: ({ node }) => amount(node.onHand, node.unitOfMeasureSymbol),
    least: 10,
    most: 12,
    right: true,
    leaves: 4,
  },
]
