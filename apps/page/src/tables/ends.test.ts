import { describe, expect, it } from 'vitest'
import type { KnownLot } from '../genealogy/genealogy.ts'
import { endsOf, onHandByUnit } from './ends.ts'

const lot = (lotId: string, reach: KnownLot['reach'], onHand: number, effectiveStatus: KnownLot['effectiveStatus']) =>
  ({ lotId, reach, onHand, effectiveStatus, unitOfMeasureSymbol: 'kg' }) as KnownLot

describe('where a trace ended', () => {
  it('tells every lot at most once: on hand first, then shipped, scrapped, used up; inputs as origins', () => {
    const lots = [
      lot('traced', 'SELF', 0.1, 'AVAILABLE'),
      lot('went on', 'DESCENDANT', 0, 'CLOSED'),
      lot('in part', 'DESCENDANT', 0.2, 'SHIPPED'),
      lot('shipped', 'DESCENDANT', 0, 'SHIPPED'),
      lot('scrapped', 'DESCENDANT', 0, 'CLOSED'),
      lot('gone', 'DESCENDANT', 0, 'EXPIRED'),
      lot('between', 'ANCESTOR', 5, 'AVAILABLE'),
      lot('origin', 'ANCESTOR', 5, 'AVAILABLE'),
    ]
    const terminal = new Set(['in part', 'shipped', 'scrapped', 'gone', 'origin'])
    const ends = endsOf(lots, terminal, new Set(['scrapped', 'shipped']))
    expect(ends.map(({ name, lots: told }) => [name, told.map(({ lotId }) => lotId)])).toEqual([
      ['On hand', ['traced', 'in part']],
      ['Shipped whole', ['shipped']],
      ['Scrapped', ['scrapped']],
      ['Used up or closed', ['gone']],
      ['Origins', ['origin']],
    ])
    expect(onHandByUnit(ends[0]?.lots ?? [])).toEqual(['0.3 kg'])
  })
})
