import { describe, expect, it } from 'vitest'
import { insideBody, Problem, pointersOf, pointerTo } from './problem.ts'

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
    const problem = (field: string) =>
      new Problem({
        status: 422,
        type: 't',
        title: 't',
        detail: 'd',
        fields: { pointers: pointersOf({ [field]: ['x'] }) },
      })
    const pointersIn = ({ fields }: Problem) => fields['pointers']
    expect(pointersIn(insideBody(problem('a'), 'requests/2'))).toEqual([{ pointer: '#/requests/2/a', detail: 'x' }])
    expect(pointersIn(insideBody(problem('(root)'), 'requests/2'))).toEqual([{ pointer: '#/requests/2', detail: 'x' }])
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
