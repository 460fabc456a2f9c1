import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

const ask = (name: string, query: Readonly<Record<string, string>> = {}, secret?: string) =>
  app.send(`/v1/inventory/${name}?${new URLSearchParams(query).toString()}`, secret === undefined ? {} : { secret })

describe('getLotByIdOrNameAndMaterial', () => {
  const get = (query: Readonly<Record<string, string>>) => ask('get-lot-by-id-or-name-and-material', query)

  it('reads a lot by its id, or by its name with its material', async () => {
    for (const query of [{ idOrName: plant.lot }, { idOrName: 'S-1', materialIdOrPath: 'Raw/Sugar' }])
      expect((await get(query)).body).toMatchObject({ id: plant.lot, name: 'S-1' })
  })

  it('says what is missing or not there', async () => {
    const missing = await get({ materialIdOrPath: 'Raw/Sugar' })
    expect([missing.status, missing.body['errors']]).toEqual([422, { idOrName: ['is required'] }])
    expect((await get({ idOrName: 'S-1', materialIdOrPath: '' })).body['detail']).toContain('a name needs its material')
    expect((await get({ idOrName: 'S-2', materialIdOrPath: 'Raw/Sugar' })).status).toBe(404)
  })
})

describe('getInventoryByLotAndLocation', () => {
  it('reads one row, or says that there is none', async () => {
    const query = { lotIdOrName: 'S-1', materialIdOrPath: 'Raw/Sugar', locationIdOrPath: 'Plant/Dock' }
    expect((await ask('get-inventory-by-lot-and-location', query)).body).toMatchObject({ quantity: 100 })
    const none = await ask('get-inventory-by-lot-and-location', { ...query, locationIdOrPath: plant.cellar })
    expect([none.status, none.body['kind']]).toEqual([404, 'inventory'])
    const bare = await ask('get-inventory-by-lot-and-location')
    expect([bare.status, Object.keys(bare.body['errors'] ?? {})]).toEqual([422, ['lotIdOrName', 'locationIdOrPath']])
  })
})

describe('checkLocationHasCapacity', () => {
  it('answers true or false', async () => {
    const path = `/v1/locations/${plant.cellar}`
    const json = { storageCapacity: 50, storageCapacityUnitSymbol: 'kg' }
    expect((await app.send(path, { method: 'PATCH', json })).status).toBe(200)
    const check = (quantity: string) =>
      ask('check-location-has-capacity', { locationIdOrPath: 'Plant/Cellar', lotIdOrName: plant.lot, quantity })
    expect([(await check('50')).text, (await check('50.000001')).text]).toEqual(['true', 'false'])
    const bad = await check('many')
    expect([bad.status, Object.keys(bad.body['errors'] ?? {})]).toEqual([422, ['quantity']])
    expect(
      (await ask('check-location-has-capacity', { locationIdOrPath: 'No/No', lotIdOrName: plant.lot, quantity: '1' }))
        .status,
    ).toBe(404)
  })
})

describe('getInventoryPermissions', () => {
  it('lists what the key may do, whatever that is', async () => {
    const secret = await app.key('mover', ['INVENTORY.WRITE.MOVE', 'INVENTORY.READ'])
    const { status, body } = await ask('get-inventory-permissions', {}, secret)
    expect([status, body]).toEqual([200, ['INVENTORY.READ.GET', 'INVENTORY.READ.VALIDATE', 'INVENTORY.WRITE.MOVE']])
  })
})

describe('getInventoryLotRecordReferences', () => {
  it('names the reversal of a record', async () => {
    const path = `/v1/lot-records/${plant.receipt}`
    expect((await app.send(`${path}/references`)).body).toEqual([])
    const reversal = await app.send(`${path}/reverse`, { method: 'POST' })
    expect((await app.send(`${path}/references`)).body).toEqual([
      { tableName: 'inventory_lot_records', references: [{ fkColName: 'reversal_of_id', id: reversal.id }] },
    ])
    expect((await app.send('/v1/lot-records/none/references')).status).toBe(404)
  })
})
