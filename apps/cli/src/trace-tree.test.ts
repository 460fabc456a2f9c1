import type { TraceEdge, TraceNode, TraceView } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { traceTree } from './trace-tree.ts'

const node = (lotName: string, reach: TraceNode['reach'], share: number | null): TraceNode => ({
  lotId: lotName,
  lotName,
  materialId: 'M',
  materialPath: 'Raw/Sugar',
  materialName: 'Sugar',
  status: 'AVAILABLE',
  effectiveStatus: 'EXPIRED',
  onHand: 5,
  totalQuantity: 10,
  unitOfMeasureSymbol: 'kg',
  reach,
  depth: 1,
  terminal: false,
  share,
  shareExact: null,
  originShare: null,
  originShareExact: null,
  shareUnitOfMeasureSymbol: null,
})

const edge = (source: string, target: string, quantity: number | null): TraceEdge => ({
  source,
  target,
  lotRecordType: 'CONSUME',
  recordIds: [],
  quantity,
  unitOfMeasureSymbol: 'kg',
  startDate: '',
  endDate: null,
  inferred: false,
  memo: quantity === null,
})

const trace = (nodes: readonly TraceNode[], edges: readonly TraceEdge[]): TraceView => ({
  ...{ lotId: 'P', direction: 'BOTH', depth: null, asOf: null, truncated: true, sharesLeftOut: 'too long' },
  ...{ nodes, edges, terminalNodes: [] },
})

describe('the tree of a trace', () => {
  it('tells each lot once, on the side where it lies, and what is left out', () => {
    const nodes = [
      node('P', 'SELF', 1),
      node('A', 'ANCESTOR', 0.3),
      node('B', 'ANCESTOR', null),
      node('Q', 'DESCENDANT', 1),
    ]
    const edges = [edge('A', 'P', 3), edge('B', 'P', null), edge('A', 'B', 2), edge('P', 'Q', 1)]
    expect([...traceTree(trace(nodes, edges))]).toEqual([
      'P (Raw/Sugar, EXPIRED, 5 kg on hand)',
      'made of:',
      '  ← A (Raw/Sugar, EXPIRED, 5 kg on hand): CONSUME 3 kg, 30 % of it',
      '  ← B (Raw/Sugar, EXPIRED, 5 kg on hand): CONSUME memo',
      '    ← A (Raw/Sugar, EXPIRED, 5 kg on hand): CONSUME 2 kg, 30 % of it (see above)',
      'went into:',
      '  → Q (Raw/Sugar, EXPIRED, 5 kg on hand): CONSUME 1 kg, 100 % from it',
      'no shares: too long',
      'there is more: ask for more lots with --limit',
    ])
  })

  it('says of what a share is where something of another dimension went in', () => {
    const partly = (...of: Parameters<typeof node>) => ({ ...node(...of), shareUnitOfMeasureSymbol: 'kg' })
    const nodes = [node('P', 'SELF', 1), partly('A', 'ANCESTOR', 0.93), partly('Q', 'DESCENDANT', 0.5)]
    const lines = [...traceTree(trace(nodes, [edge('A', 'P', 3), edge('P', 'Q', 1)]))]
    expect(lines.slice(2, 5)).toEqual([
      '  ← A (Raw/Sugar, EXPIRED, 5 kg on hand): CONSUME 3 kg, 93 % of the kg in it',
      'went into:',
      '  → Q (Raw/Sugar, EXPIRED, 5 kg on hand): CONSUME 1 kg, 50 % of the kg from it',
    ])
  })

  it('shows no control character to the terminal', () => {
    const [first] = [...traceTree(trace([node('P\u001b[2J\u202e\r', 'SELF', 1)], []))]
    expect(first).toBe('P\\u{1b}[2J\\u{202e}\\u{d} (Raw/Sugar, EXPIRED, 5 kg on hand)')
  })

  it('goes down a chain of 10,000 lots', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `L${index}`)
    const nodes = [node('P', 'SELF', 1), ...names.map((name) => node(name, 'DESCENDANT', 1))]
    const edges = names.map((name, index) => edge(index === 0 ? 'P' : `L${index - 1}`, name, 1))
    expect([...traceTree(trace(nodes, edges))]).toHaveLength(10_005)
  })
})
