import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Got, type Harness, makeHarness, makeTestPlant, type TestPlant } from './harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

// Values are written as JSON text, so that what JSON.stringify would change arrives as it is.
const record = (fields: Readonly<Record<string, string>>): Promise<Got> => {
  const all = {
    lotRecordType: '"RECEIVE"',
    inventoryLotId: JSON.stringify(plant.lot),
    destinationLocationId: JSON.stringify(plant.dock),
    status: '"COMPLETED"',
    quantity: '1',
    ...fields,
  }
  const members = Object.entries(all).map(([key, value]) => `${JSON.stringify(key)}:${value}`)
  return app.send('/v1/lot-records', { body: `{${members.join(',')}}` })
}
const lot = (name: string): Promise<Got> =>
  app.send('/v1/lots', { body: `{"materialId":${JSON.stringify(plant.material)},"name":${name}}` })

const errorsOf = ({ body }: Got): readonly string[] => Object.keys(body['errors'] ?? {})

describe('quantities', () => {
  const notJson = ['NaN', 'Infinity', '-Infinity', '0x10', '.5', '01', '1.', '+1']
  it.each(notJson)('%s is not JSON: 400', async (quantity) => {
    expect((await record({ quantity })).status).toBe(400)
  })

  const refused = [
    ...['1e308', '1e400', '-1e400', '-0', '0', '-1', '5e-324', '0.30000000000000004', '0.3333333333333333'],
    ...['9007199254740993', '1000000000', '0.0000001', 'true', '[1]', '{}', '{"a":1}', '[]', '""'],
    ...['"1e3"', '" 1 "', '"1,5"', '"0x10"', '"NaN"', '"Infinity"', '"1_000"', '"١"', '"-0"', '"1.0000000"', '"+1"'],
  ]
  it.each(refused)('%s is refused by field', async (quantity) => {
    const head = await app.head()
    const got = await record({ quantity })
    expect([got.status, errorsOf(got)]).toEqual([422, ['quantity']])
    expect(await app.head()).toEqual(head)
  })

  const exact: readonly (readonly [string, number])[] = [
    ['0.1', 0.1],
    ['"0.1"', 0.1],
    ['1e-6', 0.000001],
    ['"0.000001"', 0.000001],
    ['999999.999999', 999999.999999],
    ['"999999.999999"', 999999.999999],
    ['1e2', 100],
    ['1.10', 1.1],
    ['"007.50"', 7.5],
  ]
  it.each(exact)('%s is kept exactly', async (quantity, kept) => {
    const got = await record({ quantity })
    expect([got.status, got.body['quantity']]).toEqual([201, kept])
    expect((await app.send(`/v1/lot-records/${got.id}`)).body['quantity']).toBe(kept)
  })

  it('null is a memo, which moves nothing', async () => {
    expect((await record({ quantity: 'null' })).body).toMatchObject({ quantity: null, posted: false })
  })

  it('0.1 ten times is 1', async () => {
    const { id } = await lot('"tenths"')
    const inventoryLotId = JSON.stringify(id)
    for (let n = 0; n < 10; n++) await record({ inventoryLotId, quantity: '0.1' })
    expect((await app.send(`/v1/lots/${id}`)).body['onHand']).toBe(1)
  })

  it('a balance that would be out of range is refused', async () => {
    const { body } = await lot('"much"')
    const inventoryLotId = JSON.stringify(body['id'])
    expect((await record({ inventoryLotId, quantity: '999999999.999999' })).status).toBe(201)
    expect((await record({ inventoryLotId, quantity: '0.000001' })).status).toBe(422)
  })
})

describe('names', () => {
  const bad = [
    ...['""', '" "', `"${'x'.repeat(256)}"`, '"a/b"', '"a\\u0000b"', '"a\\u202eb"', '"a\\u200bb"', '"a\\r\\nb"'],
    ...['"\\u001b[31mred"', '"\\ud800"', '"a\\ufeffb"', '"\\u2028"', '1', 'true', '["a"]', '{}'],
    ...['"01JE6F0CE9-T94PZD8R-TH9J01TJ"', `"${'x'.repeat(1_000_000)}"`],
  ]
  it.each(bad.map((name) => [name.slice(0, 40), name]))('%s is refused by field', async (_shown, name) => {
    const got = await lot(name)
    expect([got.status, errorsOf(got)]).toEqual([422, ['name']])
  })

  const good = [
    "'; drop table lot; --",
    '=cmd()',
    '<b onclick=alert(1)>',
    '%2F',
    'new',
    '..',
    '__proto__',
    '🥛',
    'x'.repeat(255),
  ]
  it.each(good)('%s is kept exactly', async (name) => {
    const got = await lot(JSON.stringify(name))
    expect([got.status, got.body['name']]).toEqual([201, name])
    const list = await app.send(`/v1/lots?name=${encodeURIComponent(name)}`)
    expect(list.body['items']).toMatchObject([{ id: got.body['id'] }])
  })

  it('in two forms of Unicode are one name', async () => {
    expect((await lot(JSON.stringify('Zoë'.normalize('NFD')))).body['name']).toBe('Zoë'.normalize('NFC'))
    expect((await lot(JSON.stringify('Zoë'.normalize('NFC')))).status).toBe(409)
  })
})

describe('free text', () => {
  it.each(['=cmd()', 'a\r\nb', "'; drop table lot; --", '', '\t', 'é🥛'])('%j is kept exactly', async (notes) => {
    expect((await record({ notes: JSON.stringify(notes) })).body['notes']).toBe(notes)
  })

  it.each(['"\\u0000"', '"\\u001b[2J"', '"\\udfff"', '7', '{}', `"${'x'.repeat(4001)}"`])(
    '%s is refused',
    async (notes) => {
      const got = await record({ notes })
      expect([got.status, errorsOf(got)]).toEqual([422, ['notes']])
    },
  )
})

describe('dates', () => {
  const bad = [
    ...['0000-01-01T00:00:00Z', '1582-10-10T00:00:00Z', '1900-02-29T00:00:00Z', '2026-02-29T00:00:00Z'],
    ...['+275760-09-13T00:00:00Z', '2026-11-23T24:00:00Z', '2026-11-23T23:59:60Z', '2026-11-23T08:00:00'],
    ...[
      '2026-11-23',
      '23.11.2026',
      'now',
      '',
      '1795075200000',
      '2026-11-23T08:00:00+15:00',
      '9999-12-31T23:59:59-01:00',
    ],
  ]
  it.each(bad)('%j is refused by field', async (startDate) => {
    const got = await record({ startDate: JSON.stringify(startDate) })
    expect([got.status, errorsOf(got)]).toEqual([422, ['startDate']])
  })

  it('too far ahead is refused by field', async () => {
    expect(errorsOf(await record({ startDate: '"9999-12-31T23:59:59Z"' }))).toEqual(['startDate'])
  })

  it('with an offset is kept to the millisecond', async () => {
    const got = await record({ startDate: '"2026-11-23T09:00:00.123456+02:00"' })
    expect(got.body['startDate']).toBe('2026-11-23T07:00:00.123Z')
  })
})

describe('ids', () => {
  const bad = ['"x"', '""', '1', 'true', '[]', `"${'0'.repeat(1_000_000)}"`, '"01JE6F0CE9-T94PZD8R-TH9J01TU"']
  it.each(bad.map((id) => [id.slice(0, 40), id]))('%s is refused by field', async (_shown, inventoryLotId) => {
    const got = await record({ inventoryLotId })
    expect([got.status, errorsOf(got)]).toEqual([422, ['inventoryLotId']])
  })

  it('of the wrong kind are refused by field', async () => {
    const got = await record({
      inventoryLotId: JSON.stringify(plant.dock),
      destinationLocationId: JSON.stringify(plant.lot),
      materialReasonCodeId: JSON.stringify(plant.lot),
    })
    expect(got.status).toBe(422)
    expect([...errorsOf(got)].sort()).toEqual(['destinationLocationId', 'inventoryLotId', 'materialReasonCodeId'])
  })

  it('in a path that are no ids, or very strange, are not found', async () => {
    for (const id of ['%00', '%F0%9F%A5%9B', '%ff', '%zz', '..%2F..%2Fetc', "'%20or%201=1", '%E2%80%AE', 'a%0d%0ab'])
      for (const path of ['/v1/lot-records', '/v1/lots', '/v1/materials', '/v1/units', '/v1/reason-codes'])
        expect([400, 404]).toContain((await app.send(`${path}/${id}`)).status)
  })
})

describe('every field of a record', () => {
  const values = ['1', 'true', '{}', '[]', '"\\u0000"', '"\\ud800"', '1e400', '"x"', '-1', '""', '{"__proto__":1}']
  it('refuses by its own name, or takes, whatever it is given', async () => {
    const { body: template } = await app.send('/v1/lot-records/new')
    for (const field of Object.keys(template))
      for (const value of values) {
        const got = await record({ [field]: value })
        expect([200, 201, 404, 409, 422], `${field}: ${value} → ${got.text}`).toContain(got.status)
        if (got.status === 422) expect(errorsOf(got)).toContain(field)
      }
  })
})
