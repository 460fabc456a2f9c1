import { describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import { eventsIn, tellEvents } from '../testing/tell-events.ts'
import type { EpcisEvent } from './event.ts'

const operationId = '01JE6F0CE9-T94PZD8R-TH000001'
const lot = (name: string) => `urn:lotbook:lot/Raw/Sugar/${name}`
const place = (name: string) => ({ id: `urn:lotbook:location/Plant/${name}` })
const kg = (name: string, quantity: number) => ({ epcClass: lot(name), quantity, uom: 'KGM' })

/** What the last events say, but for their ids and our own words. */
const last = async (plant: Plant, count = 1): Promise<readonly Fields[]> =>
  eventsIn(await tellEvents(plant))
    .slice(-count)
    .map((event) =>
      Object.fromEntries(
        Object.entries(event).filter(
          ([name]) => !/^lotbook:|^(?:eventID|recordTime|eventTimeZoneOffset|eventTime)$/u.test(name),
        ),
      ),
    )
const own = (event: EpcisEvent | undefined): Fields =>
  Object.fromEntries(
    Object.entries(event ?? {}).flatMap(([name, value]) =>
      name.startsWith('lotbook:') ? [[name.slice('lotbook:'.length), value]] : [],
    ),
  )

describe('an event of each type of record', () => {
  it('RECEIVE: observed on receiving, with the supplier as its source', async () => {
    const plant = await makePlant()
    const a = await plant.lot('A')
    await plant.done(plant.inventory.saveLot({ id: a, supplierId: 'S 1' }, plant.ada))
    await plant.receive(a, 2.5, 3)
    expect(await last(plant)).toEqual([
      {
        ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', disposition: 'in_progress' },
        ...{ quantityList: [kg('A', 2.5)], readPoint: place('Dock'), bizLocation: place('Dock') },
        sourceList: [{ type: 'possessing_party', source: 'urn:lotbook:supplier/S%201' }],
      },
    ])
  })

  it('RECEIVE into a lot on hold says so', async () => {
    const plant = await makePlant()
    await plant.receive(await plant.lot('A', { status: 'QA_HOLD' }), 1, 3)
    expect(await last(plant)).toMatchObject([{ bizStep: 'receiving', disposition: 'non_sellable_other' }])
  })

  it('RECEIVE out of another lot is a transformation', async () => {
    const plant = await makePlant()
    const { dock, cellar } = plant.location
    const [a, b] = [await plant.lot('A', { stock: 5 }), await plant.lot('B')]
    const from = { sourceLocationId: dock, destinationLocationId: cellar }
    await plant.save('RECEIVE', b, { quantity: 2, startDate: at(3), secondaryInventoryLotId: a, ...from })
    expect(await last(plant)).toEqual([
      {
        ...{ type: 'TransformationEvent', bizStep: 'receiving', disposition: 'in_progress' },
        ...{ inputQuantityList: [kg('A', 2)], outputQuantityList: [kg('B', 2)] },
        ...{ readPoint: place('Dock'), bizLocation: place('Cellar') },
      },
    ])
  })

  it('PRODUCE of nothing: commissioning the first time, and more of the class after that', async () => {
    const plant = await makePlant()
    const made = await plant.done(plant.inventory.saveLot({ name: 'M', materialId: plant.material.milk }, plant.ada))
    const produce = (day: number) =>
      plant.save('PRODUCE', made.id ?? '', {
        quantity: 3,
        startDate: at(day),
        destinationLocationId: plant.location.line,
      })
    await produce(3)
    await produce(4)
    const milk = { epcClass: 'urn:lotbook:lot/Raw/Milk/M', quantity: 3, uom: 'LTR' }
    const event = {
      ...{ type: 'ObjectEvent', action: 'ADD', disposition: 'active', quantityList: [milk] },
      ...{ readPoint: place('Line'), bizLocation: place('Line') },
      ilmd: { 'cbvmda:lotNumber': 'M', 'cbvmda:itemExpirationDate': '2026-11-13' },
    }
    expect(await last(plant, 2)).toEqual([
      { ...event, bizStep: 'commissioning' },
      { ...event, bizStep: 'creating_class_instance' },
    ])
  })

  it('CONSUME and PRODUCE of one operation are joined by its id, each with its own side', async () => {
    const plant = await makePlant()
    const { dock, line } = plant.location
    const [a, b] = [await plant.lot('A', { stock: 5 }), await plant.lot('B')]
    const dates = { startDate: at(2), endDate: at(3) }
    await plant.save('CONSUME', a, { quantity: 2, ...dates, operationId, sourceLocationId: dock, notes: 'batch 7' })
    const order = { operationId, productionOrderName: 'PO 1' }
    await plant.save('PRODUCE', b, { quantity: 1.5, startDate: at(4), ...order, destinationLocationId: line })
    const transformationID = 'urn:lotbook:operation/01JE6F0CE9T94PZD8RTH000001'
    expect(await last(plant, 2)).toEqual([
      {
        ...{ type: 'TransformationEvent', transformationID, bizStep: 'commissioning' },
        ...{ inputQuantityList: [kg('A', 2)], readPoint: place('Dock') },
      },
      {
        ...{ type: 'TransformationEvent', transformationID, bizStep: 'commissioning', disposition: 'active' },
        ...{ outputQuantityList: [kg('B', 1.5)], readPoint: place('Line'), bizLocation: place('Line') },
        bizTransactionList: [{ type: 'prodorder', bizTransaction: 'urn:lotbook:production-order/PO%201' }],
      },
    ])
    const consumed = eventsIn(await tellEvents(plant)).at(-2)
    expect(consumed).toMatchObject({ eventTime: at(3), recordTime: at(23), eventTimeZoneOffset: '+00:00' })
    const { inventory, ada, done } = plant
    const { items } = await done(inventory.findInventoryLotRecords({ lotRecordType: 'CONSUME' }, ada))
    expect(own(consumed)).toEqual({
      ...{ recordId: items[0]?.id, lotRecordType: 'CONSUME', lotStatus: 'AVAILABLE', startDate: at(2) },
      ...{ unitOfMeasureSymbol: 'kg', operationId, notes: 'batch 7', actor: 'ada' },
    })
  })

  it('CONSUME of no operation is a run of its own, and names the lot that it went into', async () => {
    const plant = await makePlant()
    const [a, b] = [await plant.lot('A', { stock: 5 }), await plant.lot('B')]
    const record = await plant.consume(a, 1, 3)
    const bare = (record.id ?? '').replaceAll('-', '')
    expect(await last(plant)).toMatchObject([{ transformationID: `urn:lotbook:record/${bare}` }])
    const into = { startDate: at(3), sourceLocationId: plant.location.dock, secondaryInventoryLotId: b }
    await plant.save('CONSUME', a, { quantity: 2, ...into })
    expect(await last(plant)).toEqual([
      {
        ...{ type: 'TransformationEvent', bizStep: 'commissioning', readPoint: place('Dock') },
        ...{ inputQuantityList: [kg('A', 2)], outputQuantityList: [{ epcClass: lot('B') }] },
      },
    ])
  })

  it('MOVE, SPLIT and MERGE', async () => {
    const plant = await makePlant()
    const { dock, cellar } = plant.location
    const [a, b] = [await plant.lot('A', { stock: 5 }), await plant.lot('B', { status: 'OPEN' })]
    const from = { startDate: at(3), sourceLocationId: dock }
    await plant.save('MOVE', a, { quantity: 2, ...from, destinationLocationId: cellar })
    await plant.save('SPLIT', a, { quantity: 1, ...from, secondaryInventoryLotId: b })
    await plant.save('MERGE', a, { startDate: at(4), secondaryInventoryLotId: b })
    const transformation = { type: 'TransformationEvent', disposition: 'active' }
    const split = { inputQuantityList: [kg('A', 1)], outputQuantityList: [kg('B', 1)] }
    expect(await last(plant, 3)).toEqual([
      {
        ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'storing', disposition: 'available' },
        ...{ quantityList: [kg('A', 2)], readPoint: place('Dock'), bizLocation: place('Cellar') },
      },
      { ...transformation, bizStep: 'repackaging', ...split, readPoint: place('Dock'), bizLocation: place('Dock') },
      {
        ...{ ...transformation, bizStep: 'commissioning' },
        ...{ inputQuantityList: [kg('B', 1)], outputQuantityList: [kg('A', 1)] },
      },
    ])
  })

  it('SCRAP, RETURN and SHIP', async () => {
    const plant = await makePlant()
    const { dock, cellar } = plant.location
    const a = await plant.lot('A', { stock: 5 })
    const from = { quantity: 1, startDate: at(3), sourceLocationId: dock }
    await plant.save('SCRAP', a, from)
    await plant.save('RETURN', a, from)
    await plant.save('SHIP', a, { ...from, destinationLocationId: cellar })
    const event = { type: 'ObjectEvent', quantityList: [kg('A', 1)], readPoint: place('Dock') }
    expect(await last(plant, 3)).toEqual([
      { ...event, action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed' },
      { ...event, action: 'OBSERVE', bizStep: 'shipping', disposition: 'returned' },
      {
        ...{ ...event, action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' },
        destinationList: [{ type: 'location', destination: place('Cellar').id }],
      },
    ])
  })

  it('SCRAP into another lot is a transformation', async () => {
    const plant = await makePlant()
    const { dock, cellar } = plant.location
    const [a, b] = [await plant.lot('A', { stock: 5 }), await plant.lot('Waste')]
    const into = { sourceLocationId: dock, destinationLocationId: cellar, secondaryInventoryLotId: b }
    await plant.save('SCRAP', a, { quantity: 1, startDate: at(3), ...into })
    expect(await last(plant)).toMatchObject([
      { type: 'TransformationEvent', bizStep: 'destroying', outputQuantityList: [kg('Waste', 1)] },
    ])
  })

  it('EDIT: the difference, up or down; a count that found what there was says how much that is', async () => {
    const plant = await makePlant()
    const a = await plant.lot('A', { stock: 5 })
    const count = (quantity: number) =>
      plant.save('EDIT', a, { quantity, startDate: at(3), sourceLocationId: plant.location.dock })
    await count(-2)
    await count(1)
    await count(0)
    const event = { type: 'ObjectEvent', readPoint: place('Dock'), bizLocation: place('Dock') }
    expect(await last(plant, 3)).toEqual([
      { ...event, action: 'DELETE', bizStep: 'cycle_counting', disposition: 'inactive', quantityList: [kg('A', 2)] },
      { ...event, action: 'ADD', bizStep: 'cycle_counting', disposition: 'active', quantityList: [kg('A', 1)] },
      { ...event, action: 'OBSERVE', bizStep: 'stock_taking', disposition: 'available', quantityList: [kg('A', 4)] },
    ])
  })

  it.each([
    ['QA_HOLD', 'OBSERVE', 'holding', 'non_sellable_other', { set: ['unavailable'] }],
    ['AVAILABLE', 'OBSERVE', 'inspecting', 'available', { unset: ['unavailable'] }],
    ['EXPIRED', 'OBSERVE', 'holding', 'expired', { set: ['expired'] }],
    ['SHIPPED', 'OBSERVE', 'shipping', 'in_transit', undefined],
    ['CLOSED', 'DELETE', 'decommissioning', 'inactive', undefined],
    ['OPEN', 'OBSERVE', 'inspecting', 'in_progress', undefined],
  ] as const)('STATUS_CHANGE to %s, without a quantity', async (status, action, bizStep, disposition, persistent) => {
    const plant = await makePlant()
    const a = await plant.lot('A')
    await plant.setPolicy('permissive')
    await plant.changeStatus(a, status)
    const quantityList = [{ epcClass: lot('A') }]
    expect(await last(plant)).toEqual([
      {
        ...{ type: 'ObjectEvent', action, bizStep, disposition, quantityList },
        ...(persistent !== undefined && { persistentDisposition: persistent }),
      },
    ])
  })

  it('STATUS_CHANGE to SHIPPED is not told where a shipment says so', async () => {
    const plant = await makePlant()
    const a = await plant.lot('A', { stock: 1 })
    await plant.save('SHIP', a, { quantity: 1, startDate: at(3), sourceLocationId: plant.location.dock })
    await plant.setPolicy('permissive')
    await plant.changeStatus(a, 'SHIPPED')
    expect(await last(plant)).toMatchObject([{ bizStep: 'shipping', quantityList: [kg('A', 1)] }])
  })
})

describe('what did not happen here', () => {
  it('is not told: memos, what is running, what was cancelled', async () => {
    const plant = await makePlant()
    const a = await plant.lot('A', { stock: 5 })
    const before = await tellEvents(plant)
    const from = { startDate: at(3), sourceLocationId: plant.location.dock }
    await plant.save('CONSUME', a, { quantity: null, ...from })
    await plant.save('CONSUME', a, { quantity: 1, ...from, status: 'RUNNING' })
    await plant.save('CONSUME', a, { quantity: 1, ...from, status: 'CANCELLED' })
    expect(await tellEvents(plant)).toBe(before)
  })
})

describe('which events', () => {
  it('of a lot, of its trace, of a period', async () => {
    const plant = await makePlant()
    const { dock } = plant.location
    const [a, b] = [await plant.lot('A', { stock: 5 }), await plant.lot('B')]
    await plant.lot('C', { stock: 1 })
    const into = { startDate: at(4), sourceLocationId: dock, secondaryInventoryLotId: b }
    await plant.save('CONSUME', a, { quantity: 2, ...into })
    const steps = async (query: object) => eventsIn(await tellEvents(plant, query)).map((event) => event['bizStep'])
    expect(await steps({ lot: b })).toEqual(['inspecting', 'commissioning'])
    const material = 'Raw/Sugar'
    const traced = ['receiving', 'inspecting', 'inspecting', 'commissioning']
    expect(await steps({ lot: 'B', material, direction: 'ANCESTORS' })).toEqual(traced)
    expect(await steps({ lot: 'B', material, direction: 'DESCENDANTS' })).toEqual(['inspecting', 'commissioning'])
    expect(await steps({ from: at(2), to: at(5) })).toEqual(['commissioning'])
    expect(await steps({ lot: a, from: at(5) })).toEqual([])
    expect(await steps({})).toHaveLength(6)
  })

  it('with what is asked in vain told at once', async () => {
    const plant = await makePlant()
    const plan = (query: object) => plant.refused(plant.epcis.planEvents(query, plant.ada))
    expect(await plan({ material: 'Raw/Sugar', depth: 2, base: 'nowhere', from: at(2), to: at(1) })).toMatchObject({
      violations: {
        base: [expect.any(String)],
        lot: [expect.any(String)],
        direction: [expect.any(String)],
        to: [expect.any(String)],
      },
    })
    expect(await plan({ lot: 'A', material: 'Raw/Sugar' })).toMatchObject({ _tag: 'NotFound', idOrName: 'A' })
    expect(await plan({ lot: 'A' })).toMatchObject({ violations: { material: [expect.any(String)] } })
    const denied = await plant.refused(plant.epcis.planEvents({}, plant.caller('INVENTORY.WRITE')))
    expect(denied).toMatchObject({ _tag: 'PermissionDenied' })
  })

  it('refuses a unit without a code by its name, where a lot is kept in it', async () => {
    const plant = await makePlant()
    const { inventory, ada, done } = plant
    await done(inventory.saveUnit({ symbol: 'blob', name: 'big blob' }, ada))
    await tellEvents(plant)
    const { id } = await done(inventory.saveMaterial({ path: 'Raw/Clay', unitOfMeasureSymbol: 'blob' }, ada))
    const clay = await plant.lot('K', { materialId: id ?? '' })
    for (const query of [{}, { lot: clay }])
      expect(await plant.refused(plant.epcis.planEvents(query, ada))).toMatchObject({
        violations: { '(root)': [expect.stringContaining('unit blob (big blob)')] },
      })
    expect(eventsIn(await tellEvents(plant, { lot: await plant.lot('A') }))).toHaveLength(1)
  })

  it('below a base of the caller’s own', async () => {
    const plant = await makePlant()
    await plant.lot('É/1'.replace('/', '?'), { stock: 1 })
    const [event] = eventsIn(await tellEvents(plant, { base: 'https://example.com/plant/' }))
    expect(event).toMatchObject({
      quantityList: [{ epcClass: 'https://example.com/plant/lot/Raw/Sugar/%C3%89%3F1' }],
      readPoint: { id: 'https://example.com/plant/location/Plant/Dock' },
    })
  })
})
