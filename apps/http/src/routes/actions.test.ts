import type { Permission } from '@lotbook/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { document } from '../../test/contract.ts'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant & { readonly other: string }

// A second lot of the same material with 7 kg in the cellar, and 5 kg of the first that were consumed.
beforeEach(async () => {
  app = await makeHarness()
  const first = await makeTestPlant(app)
  const received = await app.send('/v1/inventory/receive', {
    json: {
      quantity: 7,
      lotIdOrName: 'S-2',
      materialIdOrPath: 'Raw/Sugar',
      destinationLocationIdOrPath: 'Plant/Cellar',
      createIfNotExists: true,
    },
  })
  plant = { ...first, other: String(received.body['inventoryLotId']) }
  await app.send('/v1/inventory/consume', {
    json: { quantity: 5, lotIdOrName: plant.lot, sourceLocationIdOrPath: 'Plant/Dock' },
  })
})
afterEach(() => app.close())

const fromDock = {
  quantity: 10,
  lotIdOrName: 'S-1',
  materialIdOrPath: 'Raw/Sugar',
  sourceLocationIdOrPath: 'Plant/Dock',
}
const { sourceLocationIdOrPath: _dock, ...lotOnly } = fromDock
const toDock = { ...lotOnly, destinationLocationIdOrPath: 'Plant/Dock' }
const given = { sourceLocationPath: 'Plant/Dock', destinationLocationPath: null, quantity: 10 }
const taken = { sourceLocationPath: null, destinationLocationPath: 'Plant/Dock', quantity: 10 }

interface Case {
  /** `operationId validatorId`, as documented. */
  readonly ids: string
  readonly permission: Permission
  readonly request: () => Readonly<Record<string, unknown>>
  readonly record: () => Readonly<Record<string, unknown>>
  /** What the first lot holds afterwards; 95 before. */
  readonly onHand: number
  /** The fields that are wrong with `{ type: 'NONE', notes: 7, colour: 'red' }`. */
  readonly wrong: readonly string[]
  readonly many?: true
}

const always = ['type', 'notes', 'colour']
const source = ['quantity', 'sourceLocationIdOrPath', 'materialIdOrPath']

const cases: Readonly<Record<string, Case>> = {
  consume: {
    ids: 'consume validateConsumeRequest',
    permission: 'INVENTORY.WRITE.CONSUME',
    request: () => fromDock,
    record: () => ({ lotRecordType: 'CONSUME', ...given }),
    onHand: 85,
    wrong: source,
  },
  unconsume: {
    ids: 'unconsume validateUnconsumeRequest',
    permission: 'INVENTORY.WRITE.UNCONSUME',
    request: () => ({ ...toDock, quantity: 5 }),
    record: () => ({ lotRecordType: 'UNCONSUME', ...taken, quantity: 5 }),
    onHand: 100,
    wrong: ['quantity', 'lotIdOrName', 'destinationLocationIdOrPath'],
  },
  produce: {
    ids: 'produce validateProduceRequest',
    permission: 'INVENTORY.WRITE.PRODUCE',
    request: () => ({ ...toDock, inventoryName: 'PAL-1' }),
    record: () => ({ lotRecordType: 'PRODUCE', ...taken }),
    onHand: 105,
    wrong: ['quantity', 'lotIdOrName', 'destinationLocationIdOrPath'],
  },
  move: {
    ids: 'move validateMoveRequest',
    permission: 'INVENTORY.WRITE.MOVE',
    request: () => ({ ...fromDock, destinationLocationIdOrPath: 'Plant/Cellar' }),
    record: () => ({ lotRecordType: 'MOVE', ...given, destinationLocationPath: 'Plant/Cellar' }),
    onHand: 95,
    wrong: [...source, 'destinationLocationIdOrPath'],
  },
  split: {
    ids: 'split validateSplitRequest',
    permission: 'INVENTORY.WRITE.SPLIT',
    request: () => ({
      quantity: 10,
      sourceLotId: plant.lot,
      sourceLocationIdOrPath: plant.dock,
      destinationLotName: 'S-1-A',
    }),
    record: () => ({ lotRecordType: 'SPLIT', quantity: 10, secondaryInventoryLotName: 'S-1-A' }),
    onHand: 85,
    wrong: ['quantity', 'sourceLotId', 'sourceLocationIdOrPath', 'destinationLotName'],
  },
  merge: {
    ids: 'merge validateMergeRequest',
    permission: 'INVENTORY.WRITE.MERGE',
    request: () => ({ sourceLotId: plant.other, destinationLotId: plant.lot }),
    record: () => ({ lotRecordType: 'MERGE', quantity: 7, inventoryLotName: 'S-1', secondaryInventoryLotName: 'S-2' }),
    onHand: 102,
    wrong: ['sourceLotId', 'destinationLotId'],
  },
  scrap: {
    ids: 'scrap validateScrapRequest',
    permission: 'INVENTORY.WRITE.SCRAP',
    request: () => fromDock,
    record: () => ({ lotRecordType: 'SCRAP', ...given }),
    onHand: 85,
    wrong: source,
  },
  'scrap-all': {
    ids: 'scrapAll validateScrapAllRequest',
    permission: 'INVENTORY.WRITE.SCRAP',
    request: () => ({ locationIdOrPath: 'Plant/Dock' }),
    record: () => ({ lotRecordType: 'SCRAP', ...given, quantity: 95 }),
    onHand: 0,
    wrong: ['sourceLocationIdOrPath'],
    many: true,
  },
  'return-inventory': {
    ids: 'returnInventory validateReturnRequest',
    permission: 'INVENTORY.WRITE.RETURN',
    request: () => fromDock,
    record: () => ({ lotRecordType: 'RETURN', ...given }),
    onHand: 85,
    wrong: source,
  },
  receive: {
    ids: 'receive validateReceiveRequest',
    permission: 'INVENTORY.WRITE.RECEIVE',
    request: () => toDock,
    record: () => ({ lotRecordType: 'RECEIVE', ...taken }),
    onHand: 105,
    wrong: ['quantity', 'lotIdOrName', 'destinationLocationIdOrPath'],
  },
  ship: {
    ids: 'ship validateShipRequest',
    permission: 'INVENTORY.WRITE.SHIP',
    request: () => fromDock,
    record: () => ({ lotRecordType: 'SHIP', ...given }),
    onHand: 85,
    wrong: source,
  },
  'edit-inventory-quantity': {
    ids: 'editInventoryQuantity validateEditInventoryQuantityRequest',
    permission: 'INVENTORY.WRITE.EDIT',
    request: () => ({ newQuantity: 90, lotIdOrName: plant.lot, sourceLocationIdOrPath: plant.dock }),
    record: () => ({ lotRecordType: 'EDIT', quantity: -5, countedQuantity: 90 }),
    onHand: 90,
    wrong: ['newQuantity', 'sourceLocationIdOrPath'],
  },
}

const onHand = async () => (await app.send(`/v1/lots/${plant.lot}`)).body['onHand']

describe.each(Object.entries(cases))('%s', (name, { ids, permission, request, record, onHand: after, wrong, many }) => {
  const path = `/v1/inventory/${name}`

  it('is called as documented', () => {
    const idOf = (at: string) => document.paths[at]?.['post']?.operationId
    expect(`${idOf(path)} ${idOf(`${path}/validate`)}`).toBe(ids)
  })

  it('writes the record and moves the stock: 201', async () => {
    const { status, headers, body } = await app.send(path, { json: request() })
    expect(status).toBe(201)
    const [written] = many === true ? (body as unknown as readonly Record<string, unknown>[]) : [body]
    const place = `/v1/lot-records/${String(written?.['id'])}`
    expect(written).toMatchObject({ status: 'COMPLETED', posted: true, inventoryLotName: 'S-1', ...record() })
    if (many !== true) {
      expect(headers.get('location')).toBe(place)
      expect(headers.get('etag')).toMatch(/^"1-/)
    }
    expect((await app.send(place)).body).toEqual(written)
    expect(await onHand()).toBe(after)
  })

  it('shows in a dry run what would be true, and changes nothing', async () => {
    const before = await app.head()
    const { status, body } = await app.send(`${path}?dryRun=true`, { json: request() })
    expect(status).toBe(200)
    expect(body['record']).toMatchObject({ id: null, sequence: null, ...record() })
    expect(body['lots']).toContainEqual(expect.objectContaining({ id: plant.lot, onHand: after }))
    expect([await app.head(), await onHand()]).toEqual([before, 95])
  })

  it('says all that is wrong with the fields, without effect', async () => {
    const json = { type: 'NONE', notes: 7, colour: 'red' }
    const { status, body } = await app.send(`${path}/validate`, { json })
    expect([status, Object.keys(body).sort()]).toEqual([200, [...always, ...wrong].sort()])
    const refused = await app.send(path, { json })
    expect([refused.status, refused.body['errors']]).toEqual([422, body])
    expect((await app.send(`${path}/validate`, { json: request() })).body).toEqual({})
    expect(await onHand()).toBe(95)
  })

  it('needs its permission', async () => {
    const secret = await app.key('reader', ['INVENTORY.READ'])
    const { status, body } = await app.send(path, { json: request(), secret })
    expect([status, body['permission']]).toEqual([403, permission])
    const own = await app.key('own', [permission])
    expect((await app.send(path, { json: request(), secret: own })).status).toBe(201)
  })
})

describe('an action', () => {
  it('happens once with an Idempotency-Key', async () => {
    const send = (json: unknown) => app.send('/v1/inventory/consume', { json, headers: { 'Idempotency-Key': 'once' } })
    const first = await send(fromDock)
    const second = await send(fromDock)
    expect([second.status, second.text]).toEqual([201, first.text])
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(await onHand()).toBe(85)
    expect((await send({ ...fromDock, quantity: 11 })).status).toBe(422)
  })

  it('has no version to compare with: If-Match is refused', async () => {
    const { status, body } = await app.send('/v1/inventory/consume', { json: fromDock, headers: { 'If-Match': '"1"' } })
    expect([status, body['type']]).toEqual([412, '/problems/nothing-to-match'])
  })

  it('that scrapped nothing answers an empty list', async () => {
    const json = { sourceLocationIdOrPath: 'Plant' }
    expect((await app.send('/v1/inventory/scrap-all', { json })).text).toBe('[]')
    const dry = await app.send('/v1/inventory/scrap-all?dryRun=true', { json })
    expect(dry.body).toEqual({ record: null, records: [], balances: [], lots: [] })
  })
})

describe('an action without a lot', () => {
  const lots = { materialIdOrPath: 'Raw/Sugar', sourceLocationIdOrPath: 'Plant/Dock', quantity: 97 }

  beforeEach(async () => {
    const json = { quantity: 7, lotIdOrName: plant.other, destinationLocationIdOrPath: plant.dock }
    app.clock.now += 1000
    expect(
      (await app.send('/v1/inventory/move', { json: { ...json, sourceLocationIdOrPath: plant.cellar } })).status,
    ).toBe(201)
  })

  it.each(['consume', 'move', 'scrap', 'return-inventory', 'ship'])('%s takes from several if it may', async (name) => {
    const place = name === 'move' ? { destinationLocationIdOrPath: 'Plant/Cellar' } : {}
    const json = { ...lots, ...place, allowMultiple: true }
    const { status, body } = await app.send(`/v1/inventory/${name}`, { json })
    expect(status).toBe(201)
    expect(body).toEqual({
      items: [
        expect.objectContaining({ inventoryLotName: 'S-1', quantity: 95 }),
        expect.objectContaining({ inventoryLotName: 'S-2', quantity: 2 }),
      ],
    })
  })

  it('says what would be taken where it may take from one only', async () => {
    const { status, body } = await app.send('/v1/inventory/consume', { json: lots })
    expect([status, body['type']]).toEqual([409, '/problems/insufficient-stock'])
    expect(body['wouldTake']).toEqual([
      { lotId: plant.lot, lotName: 'S-1', quantity: 95, unitOfMeasureSymbol: 'kg' },
      { lotId: plant.other, lotName: 'S-2', quantity: 2, unitOfMeasureSymbol: 'kg' },
    ])
  })
})
