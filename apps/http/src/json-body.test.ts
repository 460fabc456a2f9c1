import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness } from '../test/harness.ts'
import { limits } from './limits.ts'

let app: Harness

beforeAll(async () => {
  app = await makeHarness()
})
afterAll(() => app.close())

const validate = '/v1/lots/validate'
const send = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
  app.send(validate, { body, headers: { 'Content-Type': type } })
const status = async (...args: Parameters<typeof send>) => (await send(...args)).status

describe('the type of a body', () => {
  it('is JSON in UTF-8: else 415', async () => {
    for (const type of ['application/json', 'application/json; charset=UTF-8', 'Application/Merge-Patch+JSON'])
      expect(await status('{}', type)).toBe(200)
    for (const type of [
      'text/plain',
      'application/json; charset=utf-16',
      'application/x-www-form-urlencoded',
      'json',
      '',
    ])
      expect(await status('{}', type)).toBe(415)
  })
})

describe('a body', () => {
  it('that is not JSON is malformed: 400', async () => {
    for (const body of ['{', '{"a":1,}', 'NaN', "{'a':1}", '{"a":1} {}', '\ufeff{}', '{"a":"\u0000"}'])
      expect(await status(body)).toBe(400)
    expect((await app.send(validate, { method: 'POST', headers: { 'Content-Type': 'application/json' } })).status).toBe(
      400,
    )
  })

  it('that is not UTF-8 is malformed: 400', async () => {
    expect(await status(new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]))).toBe(400)
    expect(await status(new Uint8Array([0x7b, 0, 0x7d, 0]))).toBe(400)
    expect(await status(new Uint8Array([0x22, 0xc3, 0x28, 0x22]))).toBe(400)
  })

  it('that is JSON and no object is a violation: 422 for a write', async () => {
    for (const body of ['[]', '1', 'null', '"x"', 'true']) {
      const { status: refused, body: problem } = await app.send('/v1/units', { body })
      expect([refused, Object.keys(problem['errors'] as object)[0]]).toEqual([422, '(root)'])
      expect((problem['pointers'] as readonly { readonly pointer: string }[])[0]?.pointer).toBe('#')
    }
  })

  it('with __proto__ or constructor in it harms nothing: it is no field', async () => {
    const { body } = await send('{"__proto__":{"enabled":false},"constructor":{"prototype":{"a":1}}}')
    expect(Object.keys(body).sort()).toEqual(['__proto__', 'constructor', 'materialId', 'name'])
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
  })

  it('with half a character as a name or a value is refused by field', async () => {
    const { body } = await send('{"\\ud800":1,"name":"\\udc00"}')
    expect(Object.keys(body).sort()).toEqual(['materialId', 'name', '\ud800'])
    expect(await app.send('/v1/units', { body: '{"\\ud800":1}' })).toMatchObject({ status: 422 })
  })

  it('that names a member twice in one object is malformed, and changes nothing: 400', async () => {
    const units = async () => (await app.send('/v1/units')).text
    const before = await units()
    for (const body of [
      '{"name":"one","name":"two","symbol":"1"}',
      '{"name":"one","symbol":"1","n\\u0061me":"one"}',
      '{"name":"one","symbol":"1","symbol":"1"}',
      '{"name":"one","symbol":"1","__proto__":1,"__proto__":1}',
    ]) {
      const { status: refused, body: problem } = await app.send('/v1/units', { body })
      expect(refused).toBe(400)
      expect(problem['detail']).toMatch(/^the body must have each member once: an object has “\w+” twice$/u)
    }
    const list = '{"requests":[{"type":"CONSUME","quantity":1},{"type":"CONSUME","quantity":1,"quantity":100}]}'
    expect(await app.send('/v1/inventory/execute-inventory-actions', { body: list })).toMatchObject({ status: 400 })
    expect(await units()).toBe(before)
    expect((await app.send('/v1/units', { body: '{"name":"one:","symbol":"1"}' })).status).toBe(201)
  })
})

describe('how much a body may hold', () => {
  it(`is ${limits.bodyDepth} levels: 400 from the first more on, and at a hundred thousand`, async () => {
    const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
    expect(await status(nested(limits.bodyDepth))).toBe(200)
    expect(await status(nested(limits.bodyDepth + 1))).toBe(400)
    expect(await status(nested(100_000))).toBe(400)
    expect(await status(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)).toBe(400)
    expect(await status(`{"notes":${nested(100_000)}}`)).toBe(400)
  })

  it(`is ${limits.bodyValues} values: 400 from the first more on`, async () => {
    const list = (values: number) => JSON.stringify(Array.from({ length: values }, () => 1))
    expect(await status(list(limits.bodyValues))).toBe(200)
    expect(await status(list(limits.bodyValues + 1))).toBe(400)
    const members = (count: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [n, 1])))
    expect(await status(members(limits.bodyValues))).toBe(200)
    expect(await status(members(limits.bodyValues + 1))).toBe(400)
  })

  it('is the same for a body that is large: strings and what they escape do not count', async () => {
    const fill = 'x'.repeat(64 * 1024)
    const large = (rest: readonly unknown[]) => JSON.stringify([fill, ...rest])
    const odd = '",[{\\"]},\\\\,['.repeat(2000)
    expect(await status(large([odd]))).toBe(200)
    expect(
      await status(large(Array.from({ length: limits.bodyValues - 2 }, () => odd.slice(0, 20)).concat(['"']))),
    ).toBe(200)
    expect(await status(large(Array.from({ length: limits.bodyValues }, () => 1)))).toBe(400)
    const nested = (levels: number) => `{"a":"${fill}","b":${'['.repeat(levels)}"]"${']'.repeat(levels)}}`
    expect(await status(nested(limits.bodyDepth - 1))).toBe(200)
    expect(await status(nested(limits.bodyDepth))).toBe(400)
    expect(await status(large(['"']).slice(0, -3))).toBe(400)
  })

  it(`is ${limits.bodyBytes} bytes: 413 from the first more on, whatever Content-Length says`, async () => {
    const text = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`
    expect(await status(text(limits.bodyBytes))).toBe(200)
    expect(await status(text(limits.bodyBytes + 1))).toBe(413)
    const body = text(limits.bodyBytes + 1)
    for (const length of ['2', String(limits.bodyBytes + 1), 'many'])
      expect((await app.send(validate, { body, headers: { 'Content-Length': length } })).status).toBe(413)
  })
})
