import { describe, expect, it } from 'vitest'
import { pointersOf, pointerTo } from './problem.ts'

describe('JSON pointers', () => {
  it('name a member of the body, as RFC 6901 writes it in a fragment', () => {
    expect(pointerTo('quantity')).toBe('#/quantity')
    expect(pointerTo('(root)')).toBe('#')
    expect(pointerTo('a/b~c d')).toBe('#/a~1b~0c%20d')
  })

  it('stand beside each message', () => {
    expect(pointersOf({ a: ['x', 'y'], b: [] })).toEqual([
      { pointer: '#/a', detail: 'x' },
      { pointer: '#/a', detail: 'y' },
    ])
  })

  it('can be written for a member that is half a character', () => {
    for (const half of ['\ud800', 'a\udc00b', '\udc00\ud800']) expect(pointerTo(half)).toContain('%EF%BF%BD')
    expect(pointerTo('\u{1f95b}')).toBe('#/%F0%9F%A5%9B')
  })
})
