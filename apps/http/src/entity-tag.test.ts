import { describe, expect, it } from 'vitest'
import { entityTag, expectedVersion, isUnchanged } from './entity-tag.ts'
import { Problem } from './problem.ts'

describe('entity tags', () => {
  it('hold the version, and differ when the body does', () => {
    expect(entityTag(3, 'a')).toMatch(/^"3-[0-9a-f]{8}"$/)
    expect(entityTag(3, 'a')).toBe(entityTag(3, 'a'))
    expect(entityTag(3, 'a')).not.toBe(entityTag(3, 'b'))
  })

  it('are compared by version in If-Match', () => {
    expect(expectedVersion('"3"')).toEqual({ version: 3 })
    expect(expectedVersion(entityTag(3, 'a'))).toEqual({ version: 3 })
    expect(expectedVersion('*')).toEqual({ version: undefined })
    for (const bad of ['3', 'W/"3"', '"x"', '"3", "4"', '"3-xyz"', '""', '"1234567890123456"'])
      expect(expectedVersion(bad)).toBeInstanceOf(Problem)
  })

  it('are compared whole in If-None-Match', () => {
    const tag = entityTag(3, 'a')
    expect(isUnchanged(null, tag)).toBe(false)
    expect(isUnchanged('"3"', tag)).toBe(false)
    expect(isUnchanged(`"x", W/${tag}`, tag)).toBe(true)
    expect(isUnchanged('*', tag)).toBe(true)
  })
})
