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

  it('can lie in an item of a list', () => {
    expect(pointerTo('requests[2].type')).toBe('#/requests/2/type')
    expect(pointerTo('requests[2].a.b\n')).toBe('#/requests/2/a.b%0A')
    expect(pointerTo('filters[0]')).toBe('#/filters/0')
    expect(pointerTo('requests')).toBe('#/requests')
  })

  it('can be written for a member that is half a character', () => {
    for (const half of ['\ud800', 'a\udc00b', '\udc00\ud800']) expect(pointerTo(half)).toContain('%EF%BF%BD')
    expect(pointerTo('\u{1f95b}')).toBe('#/%F0%9F%A5%9B')
  })
})
