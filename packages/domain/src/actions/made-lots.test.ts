import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
})

const into = (more: Fields = {}): Fields => ({
  quantity: 3,
  materialIdOrPath: 'Raw/Sugar',
  destinationLocationIdOrPath: 'Plant/Dock',
  createIfNotExists: true,
  ...more,
})
const lots = async () => (await plant.done(plant.inventory.listLots({ limit: 50 }, plant.ada))).items
const material = async (path: string, more: Fields = {}): Promise<string> =>
  (await plant.done(plant.inventory.saveMaterial({ path, unitOfMeasureSymbol: 'kg', ...more }, plant.ada))).id ?? ''

describe('createIfNotExists', () => {
  it.each(['receive', 'produce'] as const)('%s makes the lot that it names, once', async (name) => {
    const first = await acts.act(name, into({ lotIdOrName: 'New' }))
    const second = await acts.act(name, into({ lotIdOrName: 'New' }))
    expect(second.inventoryLotId).toBe(first.inventoryLotId)
    expect(await lots()).toMatchObject([
      { name: 'New', materialPath: 'Raw/Sugar', status: 'AVAILABLE', totalQuantity: 6, onHand: 6 },
    ])
  })

  it('names a lot after its material and its day, and counts up', async () => {
    await plant.lot('Sugar-2026-11-23-2')
    await plant.lot('Sugar-2026-11-23-1', { material: 'milk' })
    const name = async (more: Fields = {}) => (await acts.act('receive', into(more))).inventoryLotName
    expect(await name()).toBe('Sugar-2026-11-23-1')
    expect(await name()).toBe('Sugar-2026-11-23-3')
    expect(await name({ startDate: at(5) })).toBe('Sugar-2026-11-05-1')
    expect(await name({ startDate: at(5), endDate: at(6) })).toBe('Sugar-2026-11-06-1')
  })

  it('makes no name that is too long or that looks like a ULID', async () => {
    await material(`Raw/${'x'.repeat(250)}`)
    expect(await acts.violations('receive', into({ materialIdOrPath: `Raw/${'x'.repeat(250)}` }))).toEqual({
      lotIdOrName: ['is required: the name of the material is too long to name the lot after it'],
    })
    await material('Raw/12345678901234567')
    const { inventoryLotName } = await acts.act('receive', into({ materialIdOrPath: 'Raw/12345678901234567' }))
    expect(inventoryLotName).toBe('12345678901234567-2026-11-23-10')
  })

  it.each(['OPEN', 'AVAILABLE', 'QA_HOLD'])('lets the lot begin %s where the material says so', async (status) => {
    await material('Raw/Flour', { initialLotStatus: status, shelfLifeDays: 2 })
    await acts.act('receive', into({ materialIdOrPath: 'Raw/Flour' }))
    expect(await lots()).toMatchObject([{ status, expirationDate: at(25) }])
  })

  it('makes a lot for an ongoing receipt, with nothing in it', async () => {
    await acts.act('receive', into({ ongoing: true, lotIdOrName: 'New' }))
    expect(await lots()).toMatchObject([{ name: 'New', totalQuantity: 0, onHand: 0 }])
  })

  it('makes nothing where the rest of the request is wrong or refused', async () => {
    const wrong = { endDate: at(2), unitOfMeasureSymbol: 'l', destinationLocationIdOrPath: 'Nowhere' }
    expect(await acts.violations('receive', into(wrong))).toMatchObject({
      destinationLocationIdOrPath: ['no location has this id or path'],
      unitOfMeasureSymbol: ['there is no conversion from l to kg'],
      endDate: [`must not be before startDate, ${at(23)}`],
    })
    expect(await acts.violations('receive', into({ materialIdOrPath: null, lotIdOrName: 'New' }))).toEqual({
      materialIdOrPath: ['is required'],
    })
    expect(await acts.violations('receive', into({ lotIdOrName: plant.location.dock }))).toEqual({
      lotIdOrName: ['no lot has this id or name'],
    })
    expect(await acts.violations('receive', into({ createIfNotExists: false, lotIdOrName: 'New' }))).toEqual({
      lotIdOrName: ['no lot has this id or name: createIfNotExists makes it'],
    })
    await acts.refused('consume', {
      ...into({ lotIdOrName: 'New', sourceLocationIdOrPath: 'Plant/Dock' }),
      destinationLocationIdOrPath: null,
    })
    expect(await lots()).toEqual([])
  })

  it('is no field of the actions that take', async () => {
    for (const name of ['move', 'scrap', 'returnInventory', 'ship', 'unconsume', 'split', 'merge'] as const)
      expect(await acts.violations(name, { createIfNotExists: true })).toMatchObject({
        createIfNotExists: ['is not a field of this request'],
      })
  })
})

describe('split', () => {
  const request = (sourceLotId: string, more: Fields = {}): Fields => ({
    quantity: 4,
    sourceLotId,
    sourceLocationIdOrPath: 'Plant/Dock',
    destinationLotName: 'A-1',
    ...more,
  })

  it('makes a child with the status, expiry and supplier of the original, and says so in the change table', async () => {
    const a = await plant.lot('A', { material: 'milk', status: 'QA_HOLD', stock: 10, expirationDate: at(28) })
    await plant.done(plant.inventory.saveLot({ id: a, supplierId: 'Dairy 7' }, plant.ada))
    const { secondaryInventoryLotId: child } = await acts.act('split', request(a))
    expect(await plant.get(child ?? '')).toMatchObject({
      name: 'A-1',
      materialPath: 'Raw/Milk',
      status: 'QA_HOLD',
      expirationDate: at(28),
      supplierId: 'Dairy 7',
      totalQuantity: 4,
      onHand: 4,
    })
    expect(await plant.get(a)).toMatchObject({ totalQuantity: 10, onHand: 6 })
    expect(await plant.dump()).toMatchObject({
      changes: expect.arrayContaining([expect.objectContaining({ field: 'supplierId', from: null, to: 'Dairy 7' })]),
    })
  })

  it('goes into a lot of that name only where nothing was ever posted to it', async () => {
    const a = await plant.lot('A', { stock: 10 })
    const empty = await plant.lot('A-1')
    await plant.lot('A-1', { material: 'milk', stock: 3 })
    expect(await acts.act('split', request(a))).toMatchObject({ secondaryInventoryLotId: empty })
    expect(await acts.refused('split', request(a))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'A-1',
      reason: 'lot A-1 has been posted to before',
    })
    expect(await acts.refused('split', request(a, { destinationLotName: 'A' }))).toMatchObject({
      violations: { destinationLotName: ['must be another lot than sourceLotId'] },
    })
    expect(await acts.refused('split', request(a, { quantity: 7, destinationLotName: 'A-2' }))).toMatchObject({
      _tag: 'InsufficientStock',
    })
  })
})

describe('merge', () => {
  const spread = async () => {
    const [a, b] = [await plant.lot('A', { stock: 10 }), await plant.lot('B', { stock: 5 })]
    await plant.receive(b, 2, 3, plant.location.cellar)
    return { a, b, request: { sourceLotId: b, destinationLotId: a } }
  }

  it('takes every row, each where it lies, and closes the absorbed lot', async () => {
    const { a, b, request } = await spread()
    expect(await acts.act('merge', request)).toMatchObject({ quantity: 7, requestedQuantity: null })
    expect([await plant.stock(a), await plant.stock(b)]).toEqual([{ Dock: 15, Cellar: 2 }, {}])
    expect(await plant.get(b)).toMatchObject({ status: 'CLOSED', closedDate: at(23) })
    expect(await acts.refused('merge', request)).toMatchObject({ _tag: 'ActionRefused', lotName: 'B' })
  })

  it('puts everything into one place where one is named', async () => {
    const { a, b, request } = await spread()
    await acts.act('merge', { ...request, locationId: plant.location.line })
    expect([await plant.stock(a), await plant.stock(b)]).toEqual([{ Dock: 10, Line: 7 }, {}])
  })

  it('of a quantity takes that much in that place, and leaves the rest', async () => {
    const { a, b, request } = await spread()
    await acts.act('merge', { ...request, locationId: plant.location.cellar, quantity: 1.5 })
    expect([await plant.stock(a), await plant.stock(b)]).toEqual([
      { Dock: 10, Cellar: 1.5 },
      { Dock: 5, Cellar: 0.5 },
    ])
    expect(await plant.get(b)).toMatchObject({ status: 'AVAILABLE' })
    const tooMuch = { ...request, locationId: plant.location.cellar, quantity: 1 }
    expect(await acts.refused('merge', tooMuch)).toMatchObject({ _tag: 'InsufficientStock', lotName: 'B' })
  })
})

describe('scrapAll', () => {
  const place = { sourceLocationIdOrPath: 'Plant/Dock' }

  it('scraps every lot at the place, one record each, and nothing elsewhere', async () => {
    const [a, b] = [await plant.lot('A', { stock: 10 }), await plant.lot('B', { stock: 5, status: 'QA_HOLD' })]
    const milk = await plant.lot('M', { material: 'milk', stock: 2 })
    await plant.receive(b, 2, 3, plant.location.cellar)
    const request = { ...place, materialIdOrPath: 'Raw/Sugar', notes: 'flood' }
    expect(await acts.actMany('scrapAll', request)).toMatchObject([
      { lotRecordType: 'SCRAP', inventoryLotId: a, quantity: 10, notes: 'flood', posted: true },
      { lotRecordType: 'SCRAP', inventoryLotId: b, quantity: 5, notes: 'flood', posted: true },
    ])
    expect([await plant.stock(a), await plant.stock(b), await plant.stock(milk)]).toEqual([
      {},
      { Cellar: 2 },
      { Dock: 2 },
    ])
    expect(await acts.actMany('scrapAll', { locationIdOrPath: 'Plant/Dock' })).toMatchObject([{ inventoryLotId: milk }])
    expect(await acts.actMany('scrapAll', place)).toEqual([])
  })

  it('may put it all into another lot elsewhere', async () => {
    await plant.lot('A', { stock: 10 })
    await plant.lot('B', { stock: 5 })
    const waste = await plant.lot('Waste')
    const request = { ...place, destinationLotIdOrName: waste, destinationLocationIdOrPath: 'Plant/Cellar' }
    await acts.actMany('scrapAll', request)
    expect(await plant.stock(waste)).toEqual({ Cellar: 15 })
  })

  it('is all or nothing', async () => {
    await plant.lot('A', { stock: 10 })
    await plant.lot('Off', { stock: 5, status: 'CLOSED' })
    expect(await acts.refused('scrapAll', place)).toMatchObject({ _tag: 'ActionRefused', lotName: 'Off' })
  })

  it('asks for one place, called by either name, and judges the rest whatever lies there', async () => {
    expect(await acts.violations('scrapAll', {})).toEqual({ sourceLocationIdOrPath: ['is required'] })
    expect(await acts.violations('scrapAll', { ...place, locationIdOrPath: 'Plant/Cellar' })).toEqual({
      locationIdOrPath: ['must be the same as sourceLocationIdOrPath, or be left out'],
    })
    expect(await acts.violations('scrapAll', { ...place, ongoing: true, quantity: 1 })).toEqual({
      ongoing: ['is not a field of this request'],
      quantity: ['is not a field of this request'],
    })
    const wrong = { ...place, endDate: at(2), materialReasonCodeId: plant.location.dock, materialIdOrPath: 'Raw/Salt' }
    expect(await acts.violations('scrapAll', wrong)).toEqual({
      materialIdOrPath: ['no material has this id or path'],
      endDate: [`must not be before startDate, ${at(23)}`],
      materialReasonCodeId: ['no reason code has this id'],
    })
  })
})

describe('editInventoryQuantity', () => {
  const request = (newQuantity: number, more: Fields = {}): Fields => ({
    newQuantity,
    materialIdOrPath: 'Raw/Sugar',
    sourceLocationIdOrPath: 'Plant/Dock',
    ...more,
  })

  it('sets the row to what was counted, and says the difference', async () => {
    const a = await plant.lot('A', { stock: 10 })
    expect(await acts.act('editInventoryQuantity', request(7, { lotIdOrName: 'A' }))).toMatchObject({
      lotRecordType: 'EDIT',
      quantity: -3,
      countedQuantity: 7,
    })
    expect(await plant.get(a)).toMatchObject({ onHand: 7, totalQuantity: 10 })
    expect(await acts.act('editInventoryQuantity', request(7))).toMatchObject({ quantity: 0, countedQuantity: 7 })
    expect(await acts.act('editInventoryQuantity', request(0))).toMatchObject({ quantity: -7 })
    const back = await acts.act('editInventoryQuantity', request(2.5, { lotIdOrName: a }))
    expect(back).toMatchObject({ quantity: 2.5, posted: true })
    expect(await plant.get(a)).toMatchObject({ onHand: 2.5, totalQuantity: 12.5 })
  })

  it('is a count: nothing is posted before it afterwards', async () => {
    const a = await plant.lot('A', { stock: 10 })
    await acts.act('editInventoryQuantity', request(7))
    const late = { quantity: 1, lotIdOrName: a, sourceLocationIdOrPath: 'Plant/Dock', startDate: at(22) }
    expect(await acts.refused('consume', late)).toMatchObject({
      _tag: 'ActionRefused',
      blockers: [{ reason: 'counted later', lotRecordType: 'EDIT' }],
    })
  })

  it('without a lot means the only one of the material there', async () => {
    expect(await acts.violations('editInventoryQuantity', request(1))).toEqual({
      lotIdOrName: ['is required: 0 lots of the material lie there'],
    })
    await plant.lot('A', { stock: 10 })
    await plant.lot('M', { material: 'milk', stock: 1 })
    expect(await acts.act('editInventoryQuantity', request(1))).toMatchObject({ inventoryLotName: 'A' })
    await plant.lot('B', { stock: 10 })
    expect(await acts.violations('editInventoryQuantity', request(1))).toEqual({
      lotIdOrName: ['is required: 2 lots of the material lie there'],
    })
  })

  it('names all that is wrong', async () => {
    const wrong = { sourceLocationIdOrPath: 'Nowhere', materialReasonCodeId: plant.location.dock, startDate: at(2) }
    expect(await acts.violations('editInventoryQuantity', wrong)).toEqual({
      startDate: ['is not a field of this request'],
      newQuantity: ['is required'],
      sourceLocationIdOrPath: ['no location has this id or path'],
      materialReasonCodeId: ['no reason code has this id'],
    })
    expect(await acts.violations('editInventoryQuantity', request(-1, { materialIdOrPath: null }))).toEqual({
      materialIdOrPath: ['is required when no lot is named'],
      newQuantity: ['must be 0 or more: it is what was counted'],
    })
  })
})

describe('unconsume', () => {
  const back = (quantity: number, more: Fields = {}): Fields => ({
    quantity,
    lotIdOrName: 'A',
    materialIdOrPath: 'Raw/Sugar',
    destinationLocationIdOrPath: 'Plant/Cellar',
    ...more,
  })
  const consumed = async () => {
    await plant.lot('A', { stock: 10 })
    const out = { lotIdOrName: 'A', materialIdOrPath: 'Raw/Sugar', sourceLocationIdOrPath: 'Plant/Dock' }
    const operationId = plant.location.line
    return [
      await acts.act('consume', { ...out, quantity: 2, startDate: at(5), operationId }),
      await acts.act('consume', { ...out, quantity: 3, startDate: at(6) }),
    ].map(({ id }) => (id ?? '').replaceAll('-', ''))
  }
  const taken = async (request: Fields) => (await plant.posted(await acts.act('unconsume', request))).takesBack

  it('takes back the newest first', async () => {
    const [old, recent] = await consumed()
    expect(await taken(back(4))).toEqual([
      [recent, 3],
      [old, 1],
    ])
    expect(await acts.refused('unconsume', back(1.5))).toMatchObject({
      _tag: 'ActionRefused',
      reason: '1 may be taken back by then, and 1.5 are asked for',
    })
  })

  it('takes back the record that it names', async () => {
    const [old] = await consumed()
    expect(await taken(back(1.5, { consumeRecordId: old }))).toEqual([[old, 1.5]])
    expect(await acts.refused('unconsume', back(1, { consumeRecordId: old }))).toMatchObject({ _tag: 'ActionRefused' })
  })

  it('takes back what the same operation consumed', async () => {
    const [old] = await consumed()
    expect(await taken(back(2, { operationId: plant.location.line }))).toEqual([[old, 2]])
  })
})
