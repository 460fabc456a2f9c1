import { describe, expect, it } from 'vitest'
import { readAddress, showAddress, usualOptions } from './address.ts'

describe('the address', () => {
  it('says which lot is traced, and what is not usual', () => {
    expect(showAddress({ lot: '', options: usualOptions })).toBe('')
    expect(showAddress({ lot: 'L', options: usualOptions })).toBe('#lot=L')
    const options = { direction: 'ANCESTORS', depth: 3, asOf: '2026-11-03T08:00:00.000Z' } as const
    const hash = showAddress({ lot: 'L', options })
    expect(hash).toBe('#lot=L&direction=ANCESTORS&depth=3&asOf=2026-11-03T08%3A00%3A00.000Z')
    expect(readAddress(hash)).toEqual({ lot: 'L', options })
  })

  it('is read without what makes no sense', () => {
    expect(readAddress('#lot=L&direction=sideways&depth=-1&key=lb_x')).toEqual({ lot: 'L', options: usualOptions })
    expect(readAddress('#lot=L&asOf=foo').options).toEqual(usualOptions)
    expect(readAddress('')).toEqual({ lot: '', options: usualOptions })
    expect(readAddress('#lot=L&depth=1.5&direction=descendants').options).toEqual({
      ...usualOptions,
      direction: 'DESCENDANTS',
    })
  })
})
