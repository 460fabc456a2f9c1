import type { TraceEdge, TraceNode, TraceView } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { traceRows, type Way } from './trace-tree.ts'

const trace = (edges: readonly (readonly [from: string, to: string])[]): TraceView =>
  ({
    lotId: 'M',
    nodes: ['A', 'B', 'C', 'M', 'X', 'Y'].map((lotId) => ({ lotId }) as TraceNode),
    edges: edges.map(([source, target]) => ({ source, target }) as TraceEdge),
  }) as Partial<TraceView> as TraceView

const shown = (view: TraceView, way: Way) =>
  traceRows(view, way).map(
    ({ node, depth, isRepeated }) => `${'-'.repeat(depth)}${node.lotId}${isRepeated ? ' again' : ''}`,
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
})
