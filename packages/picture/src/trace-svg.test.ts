import type { TraceEdge, TraceNode, TraceView } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { mostLinesInSvg, mostLotsInSvg, traceSvg } from './trace-svg.tsx'

const node = (lotId: string, more: Partial<TraceNode> = {}): TraceNode => ({
  lotId,
  lotName: `Lot ${lotId}`,
  materialId: 'M',
  materialPath: 'Raw/Sugar',
  materialName: 'Sugar',
  status: 'AVAILABLE',
  effectiveStatus: 'AVAILABLE',
  onHand: 1.5,
  totalQuantity: 10,
  unitOfMeasureSymbol: 'kg',
  reach: 'ANCESTOR',
  depth: 1,
  terminal: false,
  share: null,
  shareExact: null,
  originShare: null,
  originShareExact: null,
  shareUnitOfMeasureSymbol: null,
  ...more,
})

const edge = (source: string, target: string, more: Partial<TraceEdge> = {}): TraceEdge => ({
  source,
  target,
  lotRecordType: 'CONSUME',
  recordIds: ['R'],
  quantity: 0.1,
  unitOfMeasureSymbol: 'kg',
  startDate: '2026-11-03T08:00:00.000Z',
  endDate: null,
  inferred: false,
  memo: false,
  ...more,
})

const trace = (nodes: readonly TraceNode[], edges: readonly TraceEdge[]): TraceView => ({
  lotId: nodes[0]?.lotId ?? '',
  direction: 'BOTH',
  depth: null,
  asOf: null,
  truncated: false,
  sharesLeftOut: null,
  nodes,
  edges,
  terminalNodes: [],
})

const drawn = (view: TraceView): string => {
  const made = traceSvg(view)
  if ('why' in made) throw new Error(made.why)
  return made.svg
}

const textsOf = (svg: string): readonly string[] =>
  Array.from(svg.matchAll(/<text[^>]*>([^<]*)</gu), ([, text = '']) => text)

describe('a trace as SVG', () => {
  it('shows each lot with material, status, stock and share, and each step with type and quantity', () => {
    const svg = drawn(
      trace(
        [
          node('A', { reach: 'SELF', depth: 0, share: 1, effectiveStatus: 'QA_HOLD' }),
          node('B', { share: 0.3, shareUnitOfMeasureSymbol: 'kg' }),
          node('C', { reach: 'DESCENDANT', share: 1 }),
        ],
        [edge('B', 'A'), edge('B', 'A', { quantity: 0.2 }), edge('A', 'C', { lotRecordType: 'PRODUCE', quantity: 5 })],
      ),
    )
    expect(svg.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" ')).toBe(
      true,
    )
    expect(textsOf(svg)).toEqual([
      'Lot A (Raw/Sugar): what it was made of and what it went into',
      'Material goes from left to right. A share is the part of the traced lot that came through an input, or the part of an output that came from the traced lot. Dashed: inferred from one operation. Dotted: a memo.',
      ...['CONSUME 2 ×, 0.3 kg', 'PRODUCE 5 kg'],
      ...['Lot A', 'Sugar', 'traced lot', 'QA_HOLD', '1.5 kg on hand'],
      ...['Lot B', 'Sugar', '30 % of kg', 'AVAILABLE', '1.5 kg on hand'],
      ...['Lot C', 'Sugar', '100 %', 'AVAILABLE', '1.5 kg on hand'],
    ])
  })

  it('breaks the lines of what is inferred or a memo, and no other', () => {
    const nodes = [node('A', { reach: 'SELF' }), node('B'), node('C'), node('D')]
    const svg = drawn(
      trace(nodes, [
        edge('B', 'A', { inferred: true }),
        edge('C', 'A', { memo: true, quantity: null }),
        edge('D', 'A'),
        edge('D', 'A', { memo: true, quantity: null }),
      ]),
    )
    expect(Array.from(svg.matchAll(/stroke-dasharray="([^"]+)"/gu), ([, dashes]) => dashes)).toEqual(['7 5', '2 4'])
    expect(textsOf(svg).slice(2, 6)).toEqual(['inferred 0.1 kg', 'CONSUME memo', 'CONSUME 0.1 kg', 'CONSUME memo'])
  })

  it('lets no name be anything but text, and holds what XML can hold', () => {
    const names = ['<img src=x onerror=alert(1)>', '</text><script>1</script>', '"&amp;\'', 'a\u0000\u0008\ud800b']
    const svg = drawn(
      trace(
        names.map((lotName, index) => node(`${index}`, { lotName, reach: index === 0 ? 'SELF' : 'ANCESTOR' })),
        names.slice(1).map((_, index) => edge(`${index + 1}`, '0')),
      ),
    )
    expect(svg).not.toMatch(/<(?:img|script)|[\u0000\u0008\ud800]/u)
    expect(svg).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(svg).toContain('>a\ufffd\ufffd\ufffdb<')
    const opened = svg.match(/<text/gu)?.length
    expect(svg.match(/<\/text>/gu)).toHaveLength(opened ?? 0)
  })

  it('cuts long names off on the box and keeps them whole in its title', () => {
    const lotName = 'W'.repeat(80)
    const svg = drawn(trace([node('A', { lotName, reach: 'SELF' })], []))
    expect(textsOf(svg)).toContain(`${'W'.repeat(17)}…`)
    expect(svg).toContain(`<title>${lotName}, Raw/Sugar, AVAILABLE, 1.5 kg on hand, the traced lot</title>`)
  })

  it('is the same text for the same trace, and ends on a cycle', () => {
    const round = trace(
      [node('A', { reach: 'SELF' }), node('B'), node('C'), node('B', { reach: 'DESCENDANT' })],
      [edge('A', 'B'), edge('B', 'C'), edge('C', 'A'), edge('B', 'A')],
    )
    expect(drawn(round)).toBe(drawn(structuredClone(round)))
    expect(drawn(round).match(/<title>Lot B/gu)).toHaveLength(1)
  })

  it('is drawn up to its limits and not beyond', () => {
    const chain = (count: number) =>
      trace(
        Array.from({ length: count }, (_, index) => node(`${index}`, { reach: index === 0 ? 'SELF' : 'ANCESTOR' })),
        Array.from({ length: count - 1 }, (_, index) => edge(`${index + 1}`, `${index}`)),
      )
    expect(drawn(chain(mostLotsInSvg)).match(/ on hand</gu)).toHaveLength(mostLotsInSvg)
    expect(traceSvg(chain(mostLotsInSvg + 1))).toEqual({
      why: 'is drawn for at most 500 lots and 1500 lines, and this trace has 501 and 500: give a direction or a smaller depth, or take DOT',
    })
    const two = [node('A', { reach: 'SELF' }), node('B')]
    const lines = Array.from({ length: mostLinesInSvg + 1 }, (_, index) => edge(`from ${index}`, 'A'))
    expect(traceSvg(trace(two, lines))).toHaveProperty('why')
    expect(traceSvg(trace(two, lines.slice(1)))).toHaveProperty('svg')
  })
})
