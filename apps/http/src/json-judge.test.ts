import { describe, expect, it } from 'vitest'
import { makeJudge } from './json-judge.ts'

const most = { bytes: 1000, values: 4, depth: 3 }

/** What a judge says of a text that comes in these pieces, as far as it comes. */
const judged = (...pieces: readonly Uint8Array[]): string => {
  const judge = makeJudge(most)
  for (const piece of pieces) {
    const problem = judge(piece)
    if (problem !== undefined) return problem.detail
  }
  return 'fine'
}

const tooMany = 'the body holds more than 4 values'
const tooDeep = 'the body is nested deeper than 3 levels'

const bodies: readonly (readonly [text: string, said: string])[] = [
  ['', 'fine'],
  ['1', 'fine'],
  ['"[[[[,,,,,"', 'fine'],
  ['[1,2,3,4]', 'fine'],
  ['[1,2,3,4,5]', tooMany],
  ['{"a":1,"b":2,"c":3,"d":4}', 'fine'],
  ['{"a":1,"b":2,"c":3,"d":4,"e":5}', tooMany],
  ['{"a":1,"a":2,"a":3,"a":4,"a":5}', tooMany],
  // Of what is in another, each counts.
  ['[[1],[2]]', 'fine'],
  ['[[1],[2],3]', tooMany],
  ['[{"a":[]},{"a":""}]', 'fine'],
  ['[{"a":[]},{"a":[""]}]', tooMany],
  ['[{},{},[],[]]', 'fine'],
  ['[ { } , { } , [ ] , [\t\r\n] ]', 'fine'],
  ['[{},{},[],[0]]', tooMany],
  ['[ { } , { } , [ ] , [\t\r\n0 ] ]', tooMany],
  ['[[[]]]', 'fine'],
  ['[[[[]]]]', tooDeep],
  ['{"a":{"a":{"a":1}}}', 'fine'],
  ['{"a":{"a":{"a":{}}}}', tooDeep],
  ['[[],[],[[]]]', 'fine'],
  ['[[[[[[[[', tooDeep],
  // Strings hold nothing, whatever is in them, and end at a quote that is not escaped.
  ['["[[[[[[",",,,,,,"]', 'fine'],
  ['["\\"[[[[",1]', 'fine'],
  ['["\\\\",[[[1]]]]', tooDeep],
  ['["\\\\\\"[[[[",1]', 'fine'],
  ['["\\\\\\\\",[[[1]]]]', tooDeep],
  ['["\\u005b\\u0022",[[1]]]', 'fine'],
  ['{"[[[[":"é[[[[","ß,,,,,":1}', 'fine'],
]

describe('a body of JSON', () => {
  it.each(bodies)('%s: %s', (text, said) => {
    expect(judged(Buffer.from(text))).toBe(said)
  })

  it.each(bodies)('%s: the same wherever it is cut', (text, said) => {
    const bytes = Buffer.from(text)
    expect(judged(...Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))).toBe(said)
    for (let first = 0; first <= bytes.length; first++)
      for (let second = first; second <= bytes.length; second++)
        expect(
          judged(bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)),
          `cut at ${first} and ${second}`,
        ).toBe(said)
  })

  it('is refused by the first piece that is too much', () => {
    const pieces = ['[1,2', ',3,4', ',', 'and what no parser takes'].map((text) => Buffer.from(text))
    const judge = makeJudge(most)
    expect(pieces.map((piece) => judge(piece)?.detail).slice(0, 3)).toEqual([undefined, undefined, tooMany])
  })
})
