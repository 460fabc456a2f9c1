import { beforeEach, describe, expect, it } from 'vitest'
import { type Fields, makePlant, type Plant } from './testing/fixtures.ts'

// What a hostile or careless client may send, through the library: refused by field, or exact.
const quantities = [
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, JSON.parse('1e400'), 5e-324, 0.1 + 0.2],
  ...[
    1 / 3,
    2 ** 53 + 1,
    '1e3',
    ' 1 ',
    '1,5',
    '0x10',
    '',
    true,
    false,
    [1],
    {},
    [],
    { value: 1 },
    () => 1,
    Symbol('1'),
    1n,
  ],
]
const names = [
  ...[
    '',
    ' ',
    'x'.repeat(256),
    'x'.repeat(1_000_000),
    'a\u202eb',
    'a\u200bb',
    'a\u0000b',
    'a\r\nb',
    '\u001b[31m',
    'a/b',
  ],
  ...['01JE6F0CE9T94PZD8RTH9J01TJ', '\ud800', 1, true, ['A'], { name: 'A' }],
]
const dates = [
  ...['0000-01-01T00:00:00Z', '1582-10-10T00:00:00Z', '1900-02-29T00:00:00Z', '+275760-09-13T00:00:00Z', 'yesterday'],
  ...[
    '2026-11-23T24:00:00Z',
    '2026-11-23T08:00:60Z',
    '2026-11-23T08:00:00',
    '',
    0,
    1_700_000_000_000,
    new Date(),
    true,
    [],
  ],
]
const ids = [
  ...[
    '',
    'A',
    'x'.repeat(1_000_000),
    '-'.repeat(1_000_000),
    `${'-'.repeat(64)}01JE6F0CE9T94PZD8RTH9J01TJ`,
    1,
    true,
    [],
    {},
  ],
  ...['2f1acc6c-e1f5-4b1f-8c3e-6f1f8c3e6f1f', '01JE6F0CE9T94PZD8RTH9J01T\u0000', '01JE6F0CE9T94PZD8RTH9J01Tſ'],
]
const words = [
  '',
  'NOTHING',
  'consume ',
  'CONSUME\u0000',
  'ſhip',
  'shıp',
  '__proto__',
  'constructor',
  'toString',
  0,
  true,
  ['SHIP'],
  {},
]
const flags = ['true', 1, 0, '', 'yes', [], {}]
const texts = ['\u0000', '\ud800', 'x'.repeat(4001), 1, true, [], {}]

let plant: Plant
let lot: string

beforeEach(async () => {
  plant = await makePlant()
  lot = await plant.lot('A', { stock: 10 })
})

const fieldsRefused = async (request: unknown) => {
  const refusal = await plant.refused(plant.inventory.saveInventoryLotRecord(request, plant.ada))
  return refusal._tag === 'ValidationFailed' ? Object.keys(refusal.violations) : refusal
}
const consume = (fields: Fields) => ({
  lotRecordType: 'CONSUME',
  inventoryLotId: lot,
  status: 'COMPLETED',
  quantity: 1,
  sourceLocationId: plant.location.dock,
  ...fields,
})

describe('a request', () => {
  it.each([
    ['quantity', quantities],
    ['inventoryLotName', names],
    ['startDate', dates],
    ['endDate', dates],
    ['sourceLocationId', ids],
    ['operationId', ids],
    ['id', ids],
    ['lotRecordType', words],
    ['status', words],
    ['lotStatus', words],
    ['enabled', flags],
    ['notes', texts],
  ] as const)('is refused by its field %s, whatever strange value that holds', async (field, values) => {
    for (const value of values) expect(await fieldsRefused(consume({ [field]: value })), String(value)).toEqual([field])
  })

  it.each([null, undefined, 'text', 7, true, [], [{}], () => ({})])(
    'is refused as a whole when it is %j',
    async (value) => {
      const refusal = await plant.refused(plant.inventory.saveInventoryLotRecord(value, plant.ada))
      expect(refusal).toMatchObject({ _tag: 'ValidationFailed', violations: { '(root)': ['must be a JSON object'] } })
    },
  )

  it('with a field that is not its own is refused, and names it', async () => {
    for (const text of ['{"__proto__": 1}', '{"constructor": 1}', '{"toString": null}', '{"": 1}', '{"Quantity": 1}']) {
      const request = JSON.parse(text) as Fields
      const merged = Object.defineProperties(consume({}), Object.getOwnPropertyDescriptors(request))
      expect(await fieldsRefused(merged)).toEqual(Object.keys(request))
    }
  })

  it('with many fields that are not its own names them all', async () => {
    const request = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`field${n}`, n]))
    expect(await fieldsRefused(consume(request))).toHaveLength(1000)
  })

  it('may hold nothing in every field', async () => {
    const { keys } = await import('./actions/save-inventory-lot-record-request.ts').then(
      (all) => all.saveInventoryLotRecordShape,
    )
    const nulls = Object.fromEntries(keys.map((key) => [key, null]))
    expect(await fieldsRefused(nulls)).toEqual(['lotRecordType', 'inventoryLotId', 'status'])
    const undefineds = Object.fromEntries(keys.map((key) => [key, undefined]))
    expect(await fieldsRefused(undefineds)).toEqual(['lotRecordType', 'inventoryLotId', 'status'])
  })

  it('with a quantity as text or as a number means the same', async () => {
    for (const quantity of [0.1, '0.1', '0.100000'])
      await plant.save('CONSUME', lot, { quantity, sourceLocationId: plant.location.dock })
    expect(await plant.stock(lot)).toEqual({ Dock: 9.7 })
    for (let n = 0; n < 10; n++)
      await plant.save('RECEIVE', lot, { quantity: 0.1, destinationLocationId: plant.location.cellar })
    expect(await plant.stock(lot)).toEqual({ Dock: 9.7, Cellar: 1 })
  })

  it('of every other kind is refused by field too', async () => {
    const { inventory, ada } = plant
    const strange = {
      name: 1,
      materialId: 'x',
      symbol: {},
      path: '//',
      lotId: [],
      newStatus: 'x',
      id: 'x',
      limit: 'x',
      cursor: 1,
    }
    const calls = [
      inventory.saveLot(strange, ada),
      inventory.changeStatus(strange, ada),
      inventory.reverseLotRecord(strange, ada),
      inventory.saveUnit(strange, ada),
      inventory.saveMaterial(strange, ada),
      inventory.saveLocation(strange, ada),
      inventory.saveReasonCode(strange, ada),
      inventory.listLots(strange, ada),
      inventory.findInventoryLotRecords(strange, ada),
      inventory.findInventory(strange, ada),
      inventory.findUnits(strange, ada),
      inventory.getLotHistory(strange, ada),
      inventory.dryRun.saveLot(strange, ada),
    ] as readonly Parameters<Plant['refused']>[0][]
    for (const call of calls) expect(await plant.refused(call)).toMatchObject({ _tag: 'ValidationFailed' })
  })

  it('for a list takes a limit from 1 to 200', async () => {
    for (const limit of [0, -1, 201, 1.5, '0', '201', '1e2', '', ' 5', Number.NaN, '١'])
      expect(await plant.refused(plant.inventory.listLots({ limit }, plant.ada))).toMatchObject({
        violations: { limit: [expect.any(String)] },
      })
    for (const limit of [1, 200, '1', '200', null]) await plant.done(plant.inventory.listLots({ limit }, plant.ada))
  })
})
