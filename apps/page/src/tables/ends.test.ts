import type { RecallLot, TraceNode, TraceView } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { type End, endsOf, goesFurther, sumsByUnit } from './ends.ts'

const node = (lotId: string, reach: TraceNode['reach'], depth: number, terminal: boolean) =>
  ({ lotId, reach, depth, terminal, onHand: 5, unitOfMeasureSymbol: 'kg', effectiveStatus: 'EXPIRED' }) as TraceNode

type Told = Partial<Pick<RecallLot, 'onHand' | 'shipped' | 'scrapped' | 'returned'>>

const recalled = (lots: Readonly<Record<string, Told>>): ReadonlyMap<string, RecallLot> =>
  new Map(
    Object.entries(lots).map(([lotId, told]) => {
      const stock = told.onHand === undefined ? [] : [{ locationId: '', locationPath: 'Store', quantity: told.onHand }]
      return [lotId, { lotId, stock, onHand: 0, shipped: 0, scrapped: 0, returned: 0, ...told } as unknown as RecallLot]
    }),
  )

const trace = (nodes: readonly TraceNode[], depth: number | null = null): Pick<TraceView, 'nodes' | 'depth'> => ({
  nodes,
  depth,
})

const all = { has: () => true }
const told = (ends: readonly End[]) =>
  ends.map(({ name, lots }) => [name, lots.map(({ lot, quantity }) => `${lot.lotId} ${quantity}`)])

describe('where a trace ended', () => {
  it('tells by the records of each lot what lies there, was shipped, returned, scrapped; also of one that went on', () => {
    const nodes = [
      node('traced', 'SELF', 0, true),
      node('origin', 'ANCESTOR', 1, true),
      node('between', 'ANCESTOR', 1, false),
      node('went on', 'DESCENDANT', 1, false),
      node('shipped, split', 'DESCENDANT', 1, false),
      node('in part', 'DESCENDANT', 1, true),
      node('returned', 'DESCENDANT', 2, true),
      node('scrapped', 'DESCENDANT', 2, true),
      node('owed', 'DESCENDANT', 2, true),
      node('gone', 'DESCENDANT', 2, true),
    ]
    const ends = endsOf(
      trace(nodes),
      recalled({
        traced: { scrapped: 60 },
        'went on': {},
        'shipped, split': { shipped: 3500 },
        'in part': { shipped: 7, onHand: 0.2 },
        returned: { returned: 4 },
        scrapped: { scrapped: 0.1 },
        owed: { onHand: -3 },
        gone: {},
      }),
      all,
    )
    expect(told(ends)).toEqual([
      ['On hand', ['in part 0.2', 'owed -3']],
      ['Shipped', ['shipped, split 3500', 'in part 7']],
      ['Returned', ['returned 4']],
      ['Scrapped', ['traced 60', 'scrapped 0.1']],
      ['Used up or closed', ['gone 0']],
      ['Origins', ['origin 5']],
    ])
    expect(ends.map(({ lots }) => sumsByUnit(lots))).toEqual([
      ...[['-2.8 kg'], ['3507 kg'], ['4 kg'], ['60.1 kg'], ['0 kg'], ['5 kg']],
    ])
  })

  it('tells a lot that is both made of and made from the traced one where it ended', () => {
    const rework = [node('traced', 'SELF', 0, false), node('rework', 'ANCESTOR', 1, false)]
    const ends = endsOf(
      trace([...rework, node('rework', 'DESCENDANT', 1, false)]),
      recalled({ traced: {}, rework: { shipped: 2 } }),
      all,
    )
    expect(told(ends).filter(([, lots]) => lots?.length)).toEqual([['Shipped', ['rework 2']]])
  })

  it('calls the traced lot used up only where it went into nothing, whatever it was made of', () => {
    const nodes = [node('traced', 'SELF', 0, true)]
    const usedUp = (lots: Readonly<Record<string, Told>>) =>
      endsOf(trace(nodes), recalled(lots), all).find(({ name }) => name === 'Used up or closed')?.lots.length
    expect([usedUp({ traced: {} }), usedUp({ traced: {}, other: {} })]).toEqual([1, 0])
  })

  it('leaves out what the filters leave out, and what the recall does not know yet', () => {
    const nodes = [
      node('traced', 'SELF', 0, false),
      node('new', 'DESCENDANT', 1, true),
      node('hid', 'DESCENDANT', 1, true),
    ]
    const ends = endsOf(
      trace(nodes),
      recalled({ traced: { onHand: 1 }, hid: { shipped: 1 } }),
      new Set(['traced', 'new']),
    )
    expect(told(ends).filter(([, lots]) => lots?.length)).toEqual([['On hand', ['traced 1']]])
    expect(endsOf(trace(nodes), undefined, all).map(({ name }) => name)).toEqual(['Origins'])
  })

  it('counts the lots at which the depth cut the trace off', () => {
    const nodes = [
      node('traced', 'SELF', 0, false),
      node('goes on', 'DESCENDANT', 1, false),
      node('ends', 'DESCENDANT', 1, true),
      node('input', 'ANCESTOR', 1, false),
    ]
    expect([goesFurther(trace(nodes, 1)), goesFurther(trace(nodes))]).toEqual([2, 0])
  })
})
