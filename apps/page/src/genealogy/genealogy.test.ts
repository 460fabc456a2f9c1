import type { TraceEdge, TraceNode, TraceView } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { matchingLots, noFilters } from './filters.ts'
import { type Genealogy, genealogyOf, type Side, sideOf, withStep } from './genealogy.ts'
import { handleOf, type Opened, openedAll, openedAtFirst, shownLots } from './shown.ts'

const node = (lotId: string, reach: TraceNode['reach'], depth: number, more: Partial<TraceNode> = {}): TraceNode => ({
  lotId,
  lotName: lotId,
  materialId: 'M',
  materialPath: 'Raw/Sugar',
  materialName: 'Sugar',
  status: 'AVAILABLE',
  effectiveStatus: 'AVAILABLE',
  onHand: 0,
  totalQuantity: 0,
  unitOfMeasureSymbol: 'kg',
  reach,
  depth,
  terminal: false,
  share: null,
  shareExact: null,
  originShare: null,
  originShareExact: null,
  shareUnitOfMeasureSymbol: null,
  ...more,
})

// Eight in the morning of whoever runs it: days are those of the reader.
const edge = (source: string, target: string, day = '2026-11-03'): TraceEdge => ({
  source,
  target,
  lotRecordType: 'CONSUME',
  recordIds: [`${source}${target}`],
  quantity: 1,
  unitOfMeasureSymbol: 'kg',
  startDate: new Date(`${day}T08:00:00`).toISOString(),
  endDate: null,
  inferred: false,
  memo: false,
})

const trace = (more: Partial<TraceView> = {}): TraceView => ({
  lotId: 'R',
  direction: 'BOTH',
  depth: null,
  asOf: null,
  truncated: false,
  sharesLeftOut: null,
  terminalNodes: ['A2', 'D1'],
  nodes: [
    node('R', 'SELF', 0),
    node('A1', 'ANCESTOR', 1, { effectiveStatus: 'QA_HOLD' }),
    node('A2', 'ANCESTOR', 2, { materialPath: 'Raw/Sugar cane' }),
    node('D1', 'DESCENDANT', 1),
  ],
  edges: [edge('A1', 'R'), edge('A2', 'A1', '2026-11-01'), edge('R', 'D1')],
  ...more,
})

const shown = (genealogy: Genealogy, opened: Opened): string => [...shownLots(genealogy, opened)].toSorted().join(' ')
const handle = (genealogy: Genealogy, opened: Opened, lot: string, side: Side) =>
  handleOf(genealogy, shownLots(genealogy, opened), opened, lot, side)

describe('what is to be seen of a genealogy', () => {
  const genealogy = genealogyOf(trace())

  it('is level by level what fits, and at least the first level', () => {
    expect(shown(genealogy, openedAtFirst(genealogy))).toBe('A1 A2 D1 R')
    expect(shown(genealogy, openedAtFirst(genealogy, 3))).toBe('A1 D1 R')
    expect(shown(genealogy, openedAtFirst(genealogy, 0))).toBe('A1 D1 R')
    expect(shown(genealogy, new Set())).toBe('R')
    expect(shown(genealogy, openedAll(genealogy))).toBe('A1 A2 D1 R')
  })

  it('ends on a cycle', () => {
    const round = genealogyOf(trace({ edges: [edge('A1', 'R'), edge('R', 'A1'), edge('A1', 'D1'), edge('D1', 'R')] }))
    expect(shown(round, openedAll(round))).toBe('A1 D1 R')
    expect(shown(round, openedAtFirst(round))).toBe('A1 D1 R')
  })

  it('tells by the handle whether a side expands, collapses, has to be asked for, or is empty', () => {
    const first = openedAtFirst(genealogy, 0)
    expect(handle(genealogy, first, 'A1', 'up')).toEqual({ does: 'expand', hidden: 1 })
    expect(handle(genealogy, first, 'R', 'up')).toEqual({ does: 'collapse', hidden: 0 })
    expect(handle(genealogy, first, 'A1', 'down')).toEqual({ does: 'ask', hidden: 0 })
    expect(handle(genealogy, openedAll(genealogy), 'A2', 'up')).toBeUndefined()
  })

  it('has to be asked for where the trace stopped: at its depth, in its direction, or where it was cut off', () => {
    const near = genealogyOf(trace({ depth: 1 }))
    expect(near.complete).toEqual(new Set([sideOf('R', 'up'), sideOf('R', 'down')]))
    const up = genealogyOf(trace({ direction: 'ANCESTORS' }))
    expect(up.complete).toEqual(new Set(['R', 'A1', 'A2'].map((lot) => sideOf(lot, 'up'))))
    const cut = genealogyOf(trace({ truncated: true }))
    expect(cut.complete).toEqual(new Set([sideOf('R', 'up')]))
  })

  it('grows by what one more step tells, beside the trace and without a share', () => {
    const step = trace({
      lotId: 'A1',
      direction: 'DESCENDANTS',
      depth: 1,
      nodes: [node('A1', 'SELF', 0), node('R', 'DESCENDANT', 1), node('X', 'DESCENDANT', 1, { share: 0.5 })],
      edges: [edge('A1', 'R'), edge('A1', 'X')],
    })
    const more = withStep(genealogy, 'A1', 'down', step)
    expect(more.lots.get('X')).toMatchObject({ reach: 'BESIDE', share: null })
    expect(more.lots.get('R')?.reach).toBe('SELF')
    expect(more.edges.size).toBe(4)
    const opened = new Set([...openedAtFirst(genealogy), sideOf('A1', 'down')])
    expect(shown(more, opened)).toBe('A1 A2 D1 R X')
    expect(handle(more, opened, 'A1', 'down')).toEqual({ does: 'collapse', hidden: 0 })
    expect(handle(more, opened, 'X', 'down')).toEqual({ does: 'ask', hidden: 0 })
  })
})

describe('filters', () => {
  const genealogy = genealogyOf(trace())
  const matching = (filters: Partial<typeof noFilters>, atLocation: ReadonlySet<string> | null = null): string =>
    [...matchingLots(genealogy, { ...noFilters, ...filters }, atLocation)].toSorted().join(' ')

  it('take status, material with what is below, lots of a location, and days, both included', () => {
    expect(matching({})).toBe('A1 A2 D1 R')
    expect(matching({ statuses: new Set(['QA_HOLD']) })).toBe('A1')
    expect(matching({ material: 'Raw' })).toBe('A1 A2 D1 R')
    expect(matching({ material: 'Raw/Sugar' })).toBe('A1 D1 R')
    expect(matching({ location: 'Plant' }, new Set(['R', 'elsewhere']))).toBe('R')
    expect(matching({ to: '2026-11-01' })).toBe('A1 A2')
    expect(matching({ from: '2026-11-02' })).toBe('A1 D1 R')
    expect(matching({ from: '2026-11-01', to: '2026-11-01', material: 'Raw/Sugar' })).toBe('A1')
  })
})
