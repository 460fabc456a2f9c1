import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import type { Posted } from '../testing/posted.ts'
import type { ActionName } from './catalog.ts'

let plant: Plant
let acts: Acting
let a: string
let b: string

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
  a = await plant.lot('A', { stock: 10 })
  b = await plant.lot('B', { stock: 4 })
})

interface Example {
  readonly name: ActionName
  readonly how: string
  readonly request: () => Fields
  readonly posts: Pick<Posted, 'stock' | 'lots'>
  readonly record: Fields
}

const dock = 'Plant/Dock'
const cellar = 'Plant/Cellar'
const outgoing = { quantity: 3, materialIdOrPath: 'Raw/Sugar', sourceLocationIdOrPath: dock }
const incoming = { quantity: 3, materialIdOrPath: 'Raw/Sugar', destinationLocationIdOrPath: cellar }
const intoB = { destinationLotIdOrName: 'B', destinationLocationIdOrPath: cellar }

const leaving = (name: 'scrap' | 'returnInventory' | 'ship', type: string): readonly Example[] => [
  {
    name,
    how: 'out of a location',
    request: () => ({ ...outgoing, lotIdOrName: 'A' }),
    posts: { stock: ['Dock A -3 @11-23'], lots: [] },
    record: { lotRecordType: type, quantity: 3, inventoryLotName: 'A', secondaryInventoryLotName: null },
  },
  {
    name,
    how: 'into another lot elsewhere',
    request: () => ({ ...outgoing, lotIdOrName: 'A', ...intoB }),
    posts: { stock: ['Dock A -3 @11-23', 'Cellar B +3 @11-23'], lots: ['B total +3 @11-23'] },
    record: { lotRecordType: type, inventoryLotName: 'A', secondaryInventoryLotName: 'B' },
  },
]

const examples: readonly Example[] = [
  {
    name: 'consume',
    how: 'into a consuming lot, which is only named',
    request: () => ({ ...outgoing, lotIdOrName: 'A', consumingLotIdOrName: 'B', destinationLocationIdOrPath: cellar }),
    posts: { stock: ['Dock A -3 @11-23'], lots: [] },
    record: { lotRecordType: 'CONSUME', inventoryLotName: 'A', secondaryInventoryLotName: 'B', quantity: 3 },
  },
  {
    name: 'consume',
    how: 'by id, without the material',
    request: () => ({ quantity: '3', lotIdOrName: a.toLowerCase(), sourceLocationIdOrPath: plant.location.dock }),
    posts: { stock: ['Dock A -3 @11-23'], lots: [] },
    record: { sourceLocationPath: dock, requestedQuantity: 3, requestedUnitOfMeasureSymbol: 'kg' },
  },
  {
    name: 'produce',
    how: 'by a producing lot, which is only named',
    request: () => ({ ...incoming, lotIdOrName: 'A', producingLotIdOrName: 'B', sourceLocationIdOrPath: dock }),
    posts: { stock: ['Cellar A +3 @11-23'], lots: ['A total +3 @11-23'] },
    record: { lotRecordType: 'PRODUCE', inventoryLotName: 'A', secondaryInventoryLotName: 'B' },
  },
  {
    name: 'receive',
    how: 'from nowhere',
    request: () => ({ ...incoming, lotIdOrName: 'A' }),
    posts: { stock: ['Cellar A +3 @11-23'], lots: ['A total +3 @11-23'] },
    record: { lotRecordType: 'RECEIVE', inventoryLotName: 'A', secondaryInventoryLotName: null },
  },
  {
    name: 'receive',
    how: 'out of another lot',
    request: () => ({ ...incoming, lotIdOrName: 'A', sourceLotIdOrName: b, sourceLocationIdOrPath: dock }),
    posts: { stock: ['Dock B -3 @11-23', 'Cellar A +3 @11-23'], lots: ['A total +3 @11-23'] },
    record: { inventoryLotName: 'A', secondaryInventoryLotName: 'B' },
  },
  {
    name: 'move',
    how: 'from place to place',
    request: () => ({ ...outgoing, lotIdOrName: 'A', destinationLocationIdOrPath: plant.location.cellar }),
    posts: { stock: ['Dock A -3 @11-23', 'Cellar A +3 @11-23'], lots: [] },
    record: { lotRecordType: 'MOVE', sourceLocationPath: dock, destinationLocationPath: cellar },
  },
  {
    name: 'split',
    how: 'into a new lot in place',
    request: () => ({ quantity: 3, sourceLotId: a, sourceLocationIdOrPath: dock, destinationLotName: 'A-1' }),
    posts: { stock: ['Dock A -3 @11-23', 'Dock A-1 +3 @11-23'], lots: ['A-1 OPEN>AVAILABLE total +3 @11-23'] },
    record: { lotRecordType: 'SPLIT', inventoryLotName: 'A', secondaryInventoryLotName: 'A-1' },
  },
  {
    name: 'merge',
    how: 'of everything',
    request: () => ({ sourceLotId: b, destinationLotId: a }),
    posts: {
      stock: ['Dock B -4 @11-23', 'Dock A +4 @11-23'],
      lots: ['A total +4 @11-23', 'B AVAILABLE>CLOSED closed none>11-23 @11-23'],
    },
    record: { lotRecordType: 'MERGE', inventoryLotName: 'A', secondaryInventoryLotName: 'B', quantity: 4 },
  },
  ...leaving('scrap', 'SCRAP'),
  ...leaving('returnInventory', 'RETURN'),
  ...leaving('ship', 'SHIP'),
  {
    name: 'ship',
    how: 'of the last',
    request: () => ({ ...outgoing, quantity: 10, lotIdOrName: 'A' }),
    posts: { stock: ['Dock A -10 @11-23'], lots: ['A AVAILABLE>SHIPPED @11-23'] },
    record: { lotStatus: 'AVAILABLE' },
  },
  {
    name: 'editInventoryQuantity',
    how: 'to more than there was',
    request: () => ({ newQuantity: 12, lotIdOrName: a, sourceLocationIdOrPath: dock }),
    posts: { stock: ['Dock A +2 @11-23'], lots: ['A total +2 @11-23'] },
    record: { lotRecordType: 'EDIT', quantity: 2, countedQuantity: 12, requestedQuantity: 12 },
  },
]

describe('an action', () => {
  it.each(examples)('$name, $how, posts what its type says', async ({ name, request, posts, record }) => {
    const done = await acts.act(name, request())
    expect(done).toMatchObject({ ...record, status: 'COMPLETED', posted: true, startDate: at(23), endDate: at(23) })
    expect(await plant.posted(done)).toEqual({ ...posts, takesBack: [] })
    const read = await plant.done(plant.inventory.getInventoryLotRecord(done.id ?? '', plant.ada))
    expect(read).toEqual(done)
  })

  it('unconsume, of some, posts what its type says', async () => {
    const { id } = await plant.consume(a, 4, 5)
    const back = await acts.act('unconsume', { ...incoming, lotIdOrName: 'A', sourceLocationIdOrPath: dock })
    expect(back).toMatchObject({ lotRecordType: 'UNCONSUME', sourceLocationPath: dock, quantity: 3 })
    expect(await plant.posted(back)).toMatchObject({ stock: ['Cellar A +3 @11-23'], lots: [] })
    expect((await plant.posted(back)).takesBack.map(([, quantity]) => quantity)).toEqual([3])
    expect(id).not.toBeNull()
    expect(await plant.get(a)).toMatchObject({ totalQuantity: 10, onHand: 9 })
  })

  it.each(['consume', 'scrap', 'returnInventory', 'ship', 'move'] as const)(
    '%s names every field that is wrong, in its own words, and changes nothing',
    async (name) => {
      const move: Fields = name === 'move' ? { destinationLocationIdOrPath: 'Plant/Nowhere' } : {}
      const found = await acts.violations(name, {
        ...move,
        type: 'EAT',
        quantity: -1,
        unitOfMeasureSymbol: 'furlong',
        lotIdOrName: 'Z',
        materialIdOrPath: 'Raw/Sugar',
        sourceLocationIdOrPath: 'Plant/Nowhere',
        materialReasonCodeId: a,
        startDate: at(23),
        endDate: at(22),
        ongoing: true,
        colour: 'red',
      })
      expect(found).toEqual({
        ...(name === 'move' && { destinationLocationIdOrPath: ['no location has this id or path'] }),
        type: [expect.stringContaining('must be one of')],
        colour: ['is not a field of this request'],
        lotIdOrName: ['no lot has this id or name'],
        sourceLocationIdOrPath: ['no location has this id or path'],
        unitOfMeasureSymbol: ['no unit has this symbol'],
        materialReasonCodeId: ['no reason code has this id'],
        quantity: ['must be greater than 0'],
        endDate: ['must be left out: what is ongoing has not ended'],
      })
    },
  )

  it.each(['receive', 'produce', 'unconsume'] as const)('%s asks for a lot', async (name) => {
    expect(await acts.violations(name, { quantity: 1, destinationLocationIdOrPath: dock })).toEqual({
      lotIdOrName: [name === 'unconsume' ? 'is required' : 'is required, unless createIfNotExists makes a lot'],
    })
    const request = { quantity: 1, destinationLocationIdOrPath: dock, lotIdOrName: 'A' }
    expect(await acts.violations(name, request)).toEqual({
      materialIdOrPath: ['is required with the name of a lot: names are unique per material'],
    })
    expect(await acts.violations(name, { ...request, materialIdOrPath: 'Raw/Sugar' })).toEqual({})
  })

  it('split names everything that is wrong, with a lot and without', async () => {
    const wrong = { quantity: 0, unitOfMeasureSymbol: 'furlong', sourceLocationIdOrPath: 'Nowhere' }
    const found = {
      quantity: ['must be greater than 0'],
      unitOfMeasureSymbol: ['no unit has this symbol'],
      sourceLocationIdOrPath: ['no location has this id or path'],
    }
    const missing = { ...wrong, sourceLotId: plant.location.dock, destinationLotName: 'A-1' }
    expect(await acts.violations('split', missing)).toEqual({ ...found, sourceLotId: ['no lot has this id or name'] })
    expect(await acts.violations('split', { ...wrong, sourceLotId: a })).toMatchObject({
      sourceLocationIdOrPath: found.sourceLocationIdOrPath,
      destinationLotName: ['is required'],
    })
  })

  it('merge asks for both lots, and for a place with a quantity', async () => {
    expect(await acts.violations('merge', {})).toEqual({
      sourceLotId: ['is required'],
      destinationLotId: ['is required'],
    })
    expect(await acts.violations('merge', { sourceLotId: b, destinationLotId: plant.location.dock })).toEqual({
      destinationLotId: ['no lot has this id or name'],
    })
    expect(await acts.violations('merge', { sourceLotId: a, destinationLotId: a })).toEqual({
      sourceLotId: ['must be another lot than destinationLotId'],
    })
    expect(await acts.violations('merge', { sourceLotId: b, destinationLotId: a, quantity: 1 })).toEqual({
      locationId: ['is required: a MERGE of a quantity says where that lies'],
    })
  })

  it('refuses a material that is not that of the lot', async () => {
    const request = { ...outgoing, lotIdOrName: a, materialIdOrPath: 'Raw/Milk' }
    expect(await acts.violations('consume', request)).toEqual({
      materialIdOrPath: ['must be the material of lot A, or be left out'],
    })
  })

  it('is dated as it says, and ends when it began unless it says otherwise', async () => {
    const request = { ...outgoing, quantity: 1, lotIdOrName: 'A' }
    expect(await acts.act('consume', { ...request, startDate: at(5) })).toMatchObject({
      startDate: at(5),
      endDate: at(5),
    })
    const long = await acts.act('consume', { ...request, startDate: at(6), endDate: at(7) })
    expect(await plant.posted(long)).toMatchObject({ stock: ['Dock A -1 @11-07'] })
    expect(await acts.violations('consume', { ...request, startDate: at(7), endDate: at(6) })).toEqual({
      endDate: [`must not be before startDate, ${at(7)}`],
    })
    expect(await acts.violations('consume', { ...request, startDate: at(25) })).toMatchObject({
      startDate: [expect.stringContaining('24 hours ahead')],
    })
  })

  it('takes a reason of its own type, with the comment that it asks for', async () => {
    const reason = async (fields: Fields) =>
      (await plant.done(plant.inventory.saveReasonCode(fields, plant.ada))).id ?? ''
    const wet = await reason({ lotRecordType: 'SCRAP', reasonCode: 'WET', requireComments: true })
    const request = { ...outgoing, lotIdOrName: 'A', materialReasonCodeId: wet }
    expect(await acts.violations('scrap', request)).toEqual({ notes: ['are required with the reason code WET'] })
    expect(await acts.violations('ship', request)).toMatchObject({
      materialReasonCodeId: ['is a reason for SCRAP, not for SHIP'],
    })
    expect(await acts.act('scrap', { ...request, notes: 'rain' })).toMatchObject({
      materialReasonCodeName: 'WET',
      notes: 'rain',
    })
  })

  it('keeps the order by id or by name, the operations and the own words', async () => {
    const request = { ...outgoing, quantity: 1, lotIdOrName: 'A', operationId: a, inventoryOperationId: b, spare2: 'x' }
    expect(await acts.act('consume', { ...request, productionOrderIdOrName: 'PO 7' })).toMatchObject({
      productionOrderId: null,
      productionOrderName: 'PO 7',
      operationId: a,
      inventoryOperationId: b,
      spare1: null,
      spare2: 'x',
    })
    expect(await acts.act('consume', { ...request, productionOrderIdOrName: a })).toMatchObject({
      productionOrderId: a,
      productionOrderName: null,
    })
  })

  it('puts its label on the row that stock goes into, or else on the one it leaves', async () => {
    const labels = async () => {
      const { items } = await plant.done(plant.inventory.findInventory({ limit: 50 }, plant.ada))
      return Object.fromEntries(items.map((row) => [`${row.locationPath} ${row.lotName}`, row.name]))
    }
    await acts.act('consume', { ...outgoing, quantity: 1, lotIdOrName: 'A', inventoryName: 'LPN 1' })
    expect(await labels()).toEqual({ [`${dock} A`]: 'LPN 1', [`${dock} B`]: null })
    const request = { ...outgoing, quantity: 1, destinationLocationIdOrPath: cellar }
    await acts.act('move', { ...request, lotIdOrName: 'A', destinationInventoryName: 'LPN 2' })
    await acts.act('ship', { ...request, lotIdOrName: 'A', destinationLotIdOrName: 'B', inventoryName: 'LPN 3' })
    const child = { quantity: 1, sourceLotId: b, sourceLocationIdOrPath: dock, destinationLotName: 'B-1' }
    await acts.act('split', { ...child, destinationInventoryName: 'LPN 4' })
    expect(await labels()).toEqual({
      [`${dock} A`]: 'LPN 1',
      [`${dock} B`]: null,
      [`${dock} B-1`]: 'LPN 4',
      [`${cellar} A`]: 'LPN 2',
      [`${cellar} B`]: 'LPN 3',
    })
    // Without a label the row keeps the one it has.
    await acts.act('move', { ...request, lotIdOrName: 'A' })
    expect(await labels()).toMatchObject({ [`${cellar} A`]: 'LPN 2' })
  })
})

describe('an ongoing action', () => {
  const request = { ...outgoing, lotIdOrName: 'A', ongoing: true }
  const save = (fields: Fields) => plant.done(plant.inventory.saveInventoryLotRecord(fields, plant.ada))

  it('is RUNNING, has no end and posts nothing until it is saved as COMPLETED', async () => {
    const running = await acts.act('consume', request)
    expect(running).toMatchObject({ status: 'RUNNING', endDate: null, posted: false, quantity: 3 })
    expect(await plant.stock(a)).toEqual({ Dock: 10 })
    plant.clock.forward(60_000)
    const endDate = '2026-11-23T08:01:00.000Z'
    const completed = await save({ id: running.id, status: 'COMPLETED', quantity: 4, endDate })
    expect(completed).toMatchObject({ posted: true, version: 2, quantity: 4, endDate, duration: 60 })
    expect(await plant.stock(a)).toEqual({ Dock: 6 })
  })

  it('reserves nothing: completing it is judged by the stock of that moment', async () => {
    const running = await acts.act('consume', { ...request, quantity: 8 })
    await plant.consume(a, 5, 23)
    const completing = plant.inventory.saveInventoryLotRecord({ id: running.id, status: 'COMPLETED' }, plant.ada)
    expect(await plant.refused(completing)).toMatchObject({ _tag: 'InsufficientStock', onHand: 5, asked: 8 })
  })

  it('that is cancelled never posts', async () => {
    const running = await acts.act('consume', request)
    await save({ id: running.id, status: 'CANCELLED' })
    expect(await plant.stock(a)).toEqual({ Dock: 10 })
    await plant.refused(plant.inventory.saveInventoryLotRecord({ id: running.id, status: 'COMPLETED' }, plant.ada))
  })
})
