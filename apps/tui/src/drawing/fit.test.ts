import { describe, expect, it } from 'vitest'
import { clip, fillTo, widthOf, wrap } from './fit.ts'

describe('fitting text', () => {
  it('counts columns, not characters', () => {
    expect([widthOf('abc'), widthOf('牛乳'), widthOf('e\u0301'), widthOf('a\u001bb')]).toEqual([3, 4, 1, 3])
  })

  it('cuts with a sign, and never half a wide character', () => {
    expect([clip('abcdef', 6), clip('abcdef', 4), clip('牛乳牛乳', 4), clip('abc', 0)]).toEqual([
      'abcdef',
      'abc…',
      '牛…',
      '',
    ])
  })

  it('fills to the width, at either side', () => {
    expect([fillTo('ab', 4), fillTo('12', 4, true), fillTo('abcdef', 3)]).toEqual(['ab  ', '  12', 'ab…'])
  })

  it('wraps at spaces', () => {
    expect(wrap('the lot is on hold: release it first', 12)).toEqual(['the lot is', 'on hold:', 'release it', 'first'])
    expect(wrap('', 5)).toEqual([''])
  })
})
