import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whyAmbiguous } from './repeated-member.ts'

const why = (text: string) => whyAmbiguous(text, JSON.parse(text))

describe('a JSON text', () => {
  it('is ambiguous where an object in it has a member twice, at whatever depth and however the name is written', () => {
    for (const [text, name] of [
      ['{"quantity":1,"quantity":100}', '“quantity”'],
      ['{"quantity":1, "x":[1,{"a":2}], "quantity" : 1}', '“quantity”'],
      ['[{"a":1},{"b":[{"c":{"d":1,"d":1}}]}]', '“d”'],
      ['{"a":1,"\\u0061":1}', '“a”'],
      ['{"__proto__":1,"__proto__":{}}', '“__proto__”'],
      ['{"constructor":1,"constructor":2}', '“constructor”'],
      ['{"1":1,"1":2}', '“1”'],
      ['{"":1,"":2}', 'one'],
      ['{"\\"":1,"\\"":2}', 'one'],
      ['{"\\\\":1,"\\\\":2}', 'one'],
      ['{"a b":1,"a b":2}', 'one'],
      [`{"${'a'.repeat(65)}":1,"${'a'.repeat(65)}":2}`, 'one'],
    ] as const)
      expect(why(text)).toBe(`must have each member once: an object has ${name} twice`)
  })

  it('is not where equal names stand in different objects, or in what is no name', () => {
    for (const text of [
      '{}',
      '[]',
      '"a:b"',
      '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}',
      '{"a":"\\"a\\":1,\\"a\\":2","b":":::","c":"\\\\"}',
      '{"a":"{","b":"}","c":["[","]",":"]}',
      '{"a":1,"A":1,"a ":1}',
      '{"__proto__":1,"constructor":2,"toString":3,"0":4,"00":5}',
      '{"\\u0061":1,"b":null}',
    ])
      expect(why(text)).toBeUndefined()
  })

  it('is not where something was written as JSON, and is where a member is put in once more', () => {
    const objects = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'binary' }),
        fc.constantFrom('\\', '"', ':', '\\":', null, 1.5, true),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(':', '"', '\\', '__proto__')), tie('value'), {
          maxKeys: 4,
          noNullPrototype: false,
        }),
      ),
    }))
    fc.assert(
      fc.property(objects.value, fc.nat({ max: 3 }), (value, spaces) => {
        const text = JSON.stringify(value, null, spaces)
        expect(why(text)).toBeUndefined()
        expect(why(`{"again":${text},"again":${text}}`)).toContain('“again”')
        expect(why(`[{"x":[{"again":${text},"b":1,"again":0}]}]`)).toContain('“again”')
      }),
    )
  })
})
