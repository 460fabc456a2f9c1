import { describe, expect, it } from 'vitest'
import { wordsOfOrigin } from './words.ts'

describe('where a part of the traced lot began', () => {
  const at = { originShare: 0.25, shareUnitOfMeasureSymbol: null, reach: 'ANCESTOR' } as const

  it('is a part of it, or of what in it converts to one unit', () => {
    expect(wordsOfOrigin(at)).toBe('25 % of the traced lot began here')
    expect(wordsOfOrigin({ ...at, shareUnitOfMeasureSymbol: 'kg' })).toBe('25 % of the kg in the traced lot began here')
  })

  it('is not said of the traced lot itself, nor of one where nothing began', () => {
    for (const other of [{ reach: 'SELF' }, { originShare: 0 }, { originShare: null }] as const)
      expect(wordsOfOrigin({ ...at, ...other })).toBeUndefined()
  })
})
