import { actionCatalog } from '@lotbook/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'
import { limits } from '../limits.ts'
import { shapesByType } from './execute-inventory-actions.ts'

let app: Harness
let plant: TestPlant

beforeEach(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterEach(() => app.close())

const path = '/v1/inventory/execute-inventory-actions'
const execute = (requests: unknown, more: Partial<Parameters<Harness['send']>[1]> = {}) =>
  app.send(path, { json: { requests }, ...more })
const onHand = async () => (await app.send(`/v1/lots/${plant.lot}`)).body['onHand']
const consume = (quantity: unknown) => ({
  type: 'CONSUME',
  quantity,
  lotIdOrName: plant.lot,
  sourceLocationIdOrPath: plant.dock,
})

describe('executeInventoryActions', () => {
  it('does every kind of action in its order: 201 with the records', async () => {
    const lot = { lotIdOrName: plant.lot }
    const out = { ...lot, quantity: 1, sourceLocationIdOrPath: plant.dock }
    const into = { ...lot, quantity: 1, destinationLocationIdOrPath: plant.dock }
    const { status, body } = await execute([
      { type: 'RECEIVE', ...into, quantity: 10 },
      { type: 'CONSUME', ...out },
      { type: 'UNCONSUME', ...into },
      { type: 'PRODUCE', ...into },
      { type: 'MOVE', ...out, destinationLocationIdOrPath: plant.cellar },
      {
        type: 'SPLIT',
        quantity: 1,
        sourceLotId: plant.lot,
        sourceLocationIdOrPath: plant.dock,
        destinationLotName: 'S-1-A',
      },
      { type: 'SCRAP', ...out },
      { type: 'RETURN', ...out },
      { type: 'SHIP', ...out },
      { type: 'EDIT', ...lot, newQuantity: 50, sourceLocationIdOrPath: plant.dock },
      { type: 'STATUS_CHANGE', lotId: plant.lot, newStatus: 'QA_HOLD' },
      { type: 'scrap_all', sourceLocationIdOrPath: plant.cellar },
    ])
    expect([status, body]).toMatchObject([201, expect.any(Array)])
    const records = body as unknown as readonly Record<string, unknown>[]
    expect(records.map(({ lotRecordType }) => lotRecordType)).toEqual([
      ...['RECEIVE', 'CONSUME', 'UNCONSUME', 'PRODUCE', 'MOVE', 'SPLIT', 'SCRAP', 'RETURN', 'SHIP', 'EDIT'],
      ...['STATUS_CHANGE', 'SCRAP'],
    ])
    expect(await onHand()).toBe(50)
  })

  it('does nothing where one is refused: that refusal, and which', async () => {
    const before = [await app.head(), await onHand()]
    const { status, body } = await execute([consume(60), consume(60), consume(1)])
    expect(status).toBe(409)
    expect(body).toMatchObject({ type: '/problems/insufficient-stock', index: 1, onHand: 40, asked: 60, wouldTake: [] })
    expect(body['detail']).toMatch(/^action 1 of the list: Plant\/Dock holds 40 kg/)
    expect([await app.head(), await onHand()]).toEqual(before)
  })

  it('says where in the body the fields of an item are wrong', async () => {
    const { status, body } = await execute([consume(1), { ...consume('x'), colour: 'red' }, { ...consume(1), '': 1 }])
    expect([status, body['type'], body['index']]).toEqual([422, '/problems/validation-failed', 1])
    expect(Object.keys(body['errors'] as object).sort()).toEqual([
      'requests[1].colour',
      'requests[1].quantity',
      'requests[2].',
    ])
    for (const pointer of ['#/requests/1/colour', '#/requests/2/'])
      expect(body['pointers']).toContainEqual({ pointer, detail: 'is not a field of this request' })
    expect(await onHand()).toBe(100)
  })

  it('refuses a list that is none, or holds what is no action', async () => {
    for (const json of [{}, { requests: [] }, { requests: 1 }]) {
      const { status, body } = await app.send(path, { json })
      expect([status, Object.keys(body['errors'] as object)]).toEqual([422, ['requests']])
    }
    const { status, body } = await execute([{ type: 'EAT' }, consume(1), null])
    expect([status, body['index']]).toEqual([422, 0])
    expect(body['pointers']).toMatchObject([{ pointer: '#/requests/0/type' }, { pointer: '#/requests/2/type' }])
  })

  it('needs the permission of every item', async () => {
    const secret = await app.key('consumer', ['INVENTORY.WRITE.CONSUME'])
    expect((await execute([consume(1)], { secret })).status).toBe(201)
    const ship = { ...consume(1), type: 'SHIP' }
    const { status, body } = await execute([consume(1), ship], { secret })
    expect([status, body]).toMatchObject([403, { permission: 'INVENTORY.WRITE.SHIP', index: 1 }])
    expect(await onHand()).toBe(99)
  })

  it('shows in a dry run what would be true, and changes nothing', async () => {
    const before = await app.head()
    const { status, body } = await app.send(`${path}?dryRun=true`, { json: { requests: [consume(1), consume(2)] } })
    expect([status, body]).toMatchObject([200, { lots: [{ id: plant.lot, onHand: 97 }] }])
    expect([await app.head(), await onHand()]).toEqual([before, 100])
  })

  it('happens once with an Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'list' }
    const first = await execute([consume(1), consume(2)], { headers })
    const second = await execute([consume(1), consume(2)], { headers })
    expect([second.text, second.headers.get('idempotency-replayed')]).toEqual([first.text, 'true'])
    expect(await onHand()).toBe(97)
  })
})

describe('the limits of a list', () => {
  it(`are ${limits.batchItems} actions: 422 from the first more on`, async () => {
    const move = { ...consume(0.001), type: 'SCRAP' }
    const requests = Array.from({ length: limits.batchItems }, () => move)
    const done = await execute(requests)
    expect([done.status, (done.body as unknown as readonly unknown[]).length]).toEqual([201, limits.batchItems])
    expect(await onHand()).toBe(90)
    const { status, body } = await execute([...requests, move])
    expect([status, Object.keys(body['errors'] as object)]).toEqual([422, ['requests']])
  })

  it(`are ${limits.batchBytes} bytes, here only: 413 from the first more on`, async () => {
    const text = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`
    expect((await app.send(path, { body: text(limits.batchBytes) })).status).toBe(422)
    expect((await app.send(path, { body: text(limits.batchBytes + 1) })).status).toBe(413)
    expect((await app.send('/v1/inventory/consume', { body: text(limits.bodyBytes + 1) })).status).toBe(413)
  })

  it(`are ${limits.batchValues} values, here only: 400 from the first more on`, async () => {
    const body = (values: number) => JSON.stringify({ a: Array.from({ length: values - 1 }, () => 1) })
    expect((await app.send(path, { body: body(limits.batchValues) })).status).toBe(422)
    expect((await app.send(path, { body: body(limits.batchValues + 1) })).status).toBe(400)
    expect((await app.send('/v1/inventory/consume', { body: body(limits.bodyValues + 1) })).status).toBe(400)
  })

  it(`are ${limits.bodyDepth} levels, as everywhere`, async () => {
    const nested = (levels: number) => `{"requests":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
    expect((await app.send(path, { body: nested(limits.bodyDepth) })).status).toBe(422)
    expect((await app.send(path, { body: nested(limits.bodyDepth + 1) })).status).toBe(400)
  })

  it('leave room for every field of every action', () => {
    expect(Object.keys(shapesByType)).toHaveLength(Object.keys(actionCatalog).length + 1)
    const most = limits.batchItems * 31
    expect(limits.batchValues).toBeGreaterThan(most + limits.batchItems)
  })
})
