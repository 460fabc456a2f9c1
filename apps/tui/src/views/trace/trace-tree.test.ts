import type { TraceEdge, TraceNode, TraceView } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { traceRows, type Way } from './trace-tree.ts'

const trace = (edges: readonly (readonly [from: string, to: string])[], cut = ''): TraceView =>
  ({
    lotId: 'M',
    nodes: ['A', 'B', 'C', 'M', 'X', 'Y'].map((lotId) => ({ lotId, terminal: !cut.includes(lotId) }) as TraceNode),
    edges: edges.map(([source, target]) => ({ source, target }) as TraceEdge),
  }) as Partial<TraceView> as TraceView

const signs = { nothing: '', open: '', closed: ' closed', above: ' again', beyond: ' beyond' } as const
const shown = (view: TraceView, way: Way, ...closed: readonly string[]) =>
  traceRows(view, way, new Set(closed)).map(
    ({ node, depth, below }) => `${'-'.repeat(depth)}${node.lotId}${signs[below]}`,
  )

describe('a trace as a tree', () => {
  const view = trace([
    ['A', 'B'],
    ['A', 'C'],
    ['B', 'M'],
    ['C', 'M'],
    ['M', 'X'],
    ['X', 'Y'],
  ])

  it('goes to where a lot came from, and to where it went', () => {
    expect(shown(view, 'ANCESTORS')).toEqual(['M', '-B', '--A', '-C', '--A'])
    expect(shown(view, 'DESCENDANTS')).toEqual(['M', '-X', '--Y'])
  })

  it('draws a lot out once, and ends where lots go in a circle', () => {
    const circle = trace([
      ['B', 'M'],
      ['A', 'B'],
      ['B', 'A'],
      ['C', 'M'],
      ['B', 'C'],
    ])
    expect(shown(circle, 'ANCESTORS')).toEqual(['M', '-B', '--A', '---B again', '-C', '--B again'])
  })

  it('hides what is below a closed row, and draws it out where it comes up again', () => {
    expect(shown(view, 'ANCESTORS', 'B')).toEqual(['M', '-B closed', '-C', '--A'])
    expect(shown(view, 'ANCESTORS', 'M')).toEqual(['M closed'])
  })

  it('tells where more was cut off, and leaves out steps to lots beyond', () => {
    const cut = trace(
      [
        ['B', 'M'],
        ['Z', 'B'],
      ],
      'B',
    )
    expect(shown(cut, 'ANCESTORS')).toEqual(['M', '-B beyond'])
  })
})
