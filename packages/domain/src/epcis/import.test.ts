import { describe, expect, it } from 'vitest'
import type { Grant } from '../permissions.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import { tellEvents } from '../testing/tell-events.ts'

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld']
const lot = (name: string, material = 'Raw/Sugar') => `urn:lotbook:lot/${material}/${name}`
const place = (name: string) => ({ id: `urn:lotbook:location/Plant/${name}` })
const kg = (name: string, quantity: number) => ({ epcClass: lot(name), quantity, uom: 'KGM' })
const uuid = (n: number): string => `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const document = (events: readonly Fields[], more: Fields = {}) => ({
  ...{ '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: at(23) },
  epcisBody: { eventList: events },
  ...more,
})
const object = (n: number, fields: Fields) => ({
  ...{ type: 'ObjectEvent', eventID: uuid(n), eventTime: at(2), eventTimeZoneOffset: '+00:00' },
  ...fields,
})
const received = object(1, {
  ...{ action: 'OBSERVE', bizStep: 'receiving', quantityList: [kg('X', 10)], bizLocation: place('Dock') },
})
const transformed = (n: number, fields: Fields) => ({
  ...{ type: 'TransformationEvent', eventID: uuid(n), eventTime: at(3), eventTimeZoneOffset: '+00:00' },
  ...fields,
})

const reading = ({ epcis, ada }: Plant, given: unknown) => epcis.importDocument(given, ada)
const importing = (plant: Plant, events: readonly Fields[], more: Fields = {}) => reading(plant, document(events, more))
const lotsOf = async ({ inventory, ada, done }: Plant) =>
  Object.fromEntries(
    (await done(inventory.listLots({ limit: 200, includeDisabled: true }, ada))).items.map((one) => [
      one.name,
      [one.status, one.onHand, one.unitOfMeasureSymbol],
    ]),
  )
const recordsOf = async ({ inventory, ada, done }: Plant) =>
  (await done(inventory.findInventoryLotRecords({ limit: 200 }, ada))).items

describe('an event of anybody', () => {
  it('that ships or returns says where to: a place of ours as the destination, anybody else in the notes', async () => {
    const plant = await makePlant()
    const owner = 'urn:epc:id:pgln:4012345.00000'
    const elsewhere = 'urn:epc:id:sgln:4012345.00001.0'
    const to = (type: string, destination: string) => ({ type, destination })
    const shipped = (n: number, ...destinationList: readonly Fields[]) =>
      object(n, {
        ...{ action: 'OBSERVE', bizStep: 'shipping', quantityList: [kg('X', 1)], readPoint: place('Dock') },
        ...{ ...(n === 4 && { disposition: 'returned' }), destinationList },
      })
    const events = [
      received,
      shipped(2, to('owning_party', owner), to('location', place('Line').id)),
      shipped(3, to('owning_party', owner), to('location', elsewhere)),
      shipped(4, to('location', place('Line').id)),
    ]
    await plant.done(importing(plant, events))
    expect(
      (await recordsOf(plant)).map((one) => [one.lotRecordType, one.destinationLocationPath, one.notes]).slice(1),
    ).toEqual([
      ['SHIP', 'Plant/Line', `to ${owner}`],
      ['SHIP', null, `to ${owner}, ${elsewhere}`],
      ['RETURN', 'Plant/Line', null],
    ])
    const { lots } = await plant.done(plant.inventory.recallLot('X', { material: 'Raw/Sugar' }, plant.ada))
    expect(lots[0]?.shipments.map((one) => one.to)).toEqual(['Plant/Line', `to ${owner}, ${elsewhere}`])
    expect(await plant.done(importing(plant, events))).toMatchObject({ saved: 0, alreadyThere: 4 })
    const unknown = [shipped(5, to('location', 'urn:lotbook:location/Plant/Nowhere'))]
    expect(await plant.refused(importing(plant, unknown))).toMatchObject({
      violations: { '/epcisBody/eventList/0/destinationList/0/destination': [expect.any(String)] },
    })
  })

  it('is taken for the record that its step says, and makes the lots that arrive', async () => {
    const plant = await makePlant()
    const events = [
      received,
      object(2, { action: 'ADD', bizStep: 'commissioning', quantityList: [kg('Y', 4)], bizLocation: place('Line') }),
      object(3, {
        ...{ action: 'OBSERVE', bizStep: 'storing', quantityList: [kg('X', 3)] },
        ...{ readPoint: place('Dock'), bizLocation: place('Cellar') },
      }),
      object(4, { action: 'OBSERVE', bizStep: 'holding', quantityList: [kg('X', 10)], disposition: 'damaged' }),
      object(5, { action: 'OBSERVE', bizStep: 'inspecting', quantityList: [kg('X', 10)], disposition: 'conformant' }),
      object(6, { action: 'OBSERVE', bizStep: 'shipping', quantityList: [kg('X', 1)], readPoint: place('Dock') }),
      object(7, {
        ...{ action: 'OBSERVE', bizStep: 'shipping', disposition: 'returned' },
        ...{ quantityList: [kg('X', 1)], readPoint: place('Dock') },
      }),
      object(8, { action: 'DELETE', bizStep: 'destroying', quantityList: [kg('X', 0.5)], readPoint: place('Dock') }),
      object(9, { action: 'DELETE', bizStep: 'cycle_counting', quantityList: [kg('Y', 1)], readPoint: place('Line') }),
      object(10, { action: 'ADD', bizStep: 'cycle_counting', quantityList: [kg('Y', 2)], readPoint: place('Line') }),
    ]
    expect(await plant.done(importing(plant, events))).toEqual({
      ...{ events: 10, saved: 10, alreadyThere: 0, declaredInError: 0, lotsMade: 2 },
    })
    expect((await recordsOf(plant)).map((record) => [record.lotRecordType, record.quantity, record.lotStatus])).toEqual(
      [
        ['RECEIVE', 10, 'AVAILABLE'],
        ['PRODUCE', 4, 'AVAILABLE'],
        ['MOVE', 3, 'AVAILABLE'],
        ['STATUS_CHANGE', null, 'QA_HOLD'],
        ['STATUS_CHANGE', null, 'AVAILABLE'],
        ['SHIP', 1, 'AVAILABLE'],
        ['RETURN', 1, 'AVAILABLE'],
        ['SCRAP', 0.5, 'AVAILABLE'],
        ['EDIT', -1, 'AVAILABLE'],
        ['EDIT', 2, 'AVAILABLE'],
      ],
    )
    expect(await lotsOf(plant)).toEqual({ X: ['AVAILABLE', 7.5, 'kg'], Y: ['AVAILABLE', 5, 'kg'] })
  })

  it('with inputs and outputs is an operation: what was made came from what was used', async () => {
    const plant = await makePlant()
    const inputs = { inputQuantityList: [kg('X', 2), kg('Z', 1)], readPoint: place('Dock') }
    const outputs = { outputQuantityList: [kg('Y', 3)], bizLocation: place('Line') }
    const transformationID = 'https://example.com/runs/7'
    const order = { bizTransactionList: [{ type: 'prodorder', bizTransaction: 'https://example.com/po/1' }] }
    const given = [
      { ...received, quantityList: [kg('X', 10), kg('Z', 5)] },
      transformed(2, { ...inputs, transformationID, ...order }),
      transformed(3, { ...outputs, transformationID }),
      transformed(4, { inputQuantityList: [kg('Y', 1)], outputQuantityList: [kg('V', 1)], bizLocation: place('Line') }),
    ]
    expect(await plant.done(importing(plant, given))).toMatchObject({ saved: 7, lotsMade: 4 })
    const { items } = await plant.done(plant.inventory.listLots({ name: 'V' }, plant.ada))
    const trace = await plant.done(plant.inventory.traceLot(items[0]?.id ?? '', {}, plant.ada))
    const names = new Map(trace.nodes.map(({ lotId, lotName }) => [lotId, lotName]))
    expect(trace.edges.map((edge) => [names.get(edge.source), names.get(edge.target), edge.quantity])).toEqual([
      ['Y', 'V', 1],
      ['X', 'Y', 2],
      ['Z', 'Y', 1],
    ])
    const consumed = (await recordsOf(plant)).find(({ lotRecordType }) => lotRecordType === 'CONSUME')
    expect(consumed).toMatchObject({ productionOrderName: 'https://example.com/po/1', startDate: at(3) })
  })

  it('names lots of GS1, where the header gives their trade item a material, and places by what it says of them', async () => {
    const plant = await makePlant()
    const attributes = (id: string, attribute: string) => [{ id, attribute }]
    const element = (id: string, word: string, value: string) => ({
      id,
      attributes: attributes(`lotbook:${word}`, value),
    })
    const link = 'https://id.gs1.org/01/09521234543213'
    const vocabularyList = [
      {
        type: 'urn:epcglobal:epcis:vtype:EPCClass',
        vocabularyElementList: [
          element('urn:epc:idpat:sgtin:4012345.012345.*', 'materialPath', 'Raw/Sugar'),
          element(link, 'materialPath', 'Raw/Milk'),
        ],
      },
      {
        type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
        vocabularyElementList: [element('urn:epc:id:sgln:4012345.00005.0', 'path', 'Plant/Cellar')],
      },
    ]
    const events = [
      {
        ...received,
        quantityList: [
          { epcClass: 'urn:epc:class:lgtin:4012345.012345.998877', quantity: 200, uom: 'KGM' },
          { epcClass: `${link}/10/M%201`, quantity: 3, uom: 'LTR' },
        ],
        bizLocation: { id: 'urn:epc:id:sgln:4012345.00005.0' },
      },
    ]
    await plant.done(importing(plant, events, { epcisHeader: { epcisMasterData: { vocabularyList } } }))
    expect(await lotsOf(plant)).toEqual({ 998877: ['AVAILABLE', 200, 'kg'], 'M 1': ['AVAILABLE', 3, 'l'] })
  })

  it('is converted into the unit of its lot', async () => {
    const plant = await makePlant()
    const { inventory, ada, done } = plant
    await done(inventory.saveUnit({ symbol: 'g', name: 'gram' }, ada))
    await done(inventory.saveUnitConversion({ from: 'g', to: 'kg', factor: 0.001 }, ada))
    const quantityList = [{ epcClass: lot('X'), quantity: 1500, uom: 'GRM' }]
    await done(importing(plant, [{ ...received, quantityList }]))
    expect(await recordsOf(plant)).toMatchObject([
      { quantity: 1.5, requestedQuantity: 1500, requestedUnitOfMeasureSymbol: 'g' },
    ])
  })

  it('without a unit is counted in pieces', async () => {
    const plant = await makePlant()
    await plant.done(
      importing(plant, [{ ...received, quantityList: [{ epcClass: lot('C', 'Pack/Cap'), quantity: 7 }] }]),
    )
    expect(await lotsOf(plant)).toEqual({ C: ['AVAILABLE', 7, 'pcs'] })
  })

  it('that arrives before what it needs is taken when that has come', async () => {
    const plant = await makePlant()
    const scrapped = { action: 'DELETE', bizStep: 'destroying', quantityList: [kg('X', 4)], readPoint: place('Dock') }
    const events = [
      received,
      object(2, { ...scrapped, eventTime: at(5) }),
      object(3, { ...received, eventID: uuid(3), eventTime: at(4) }),
    ]
    const [first, second, third] = events
    const more = { ...second, quantityList: [kg('X', 14)] }
    expect(await plant.done(importing(plant, [first ?? {}, more, third ?? {}]))).toMatchObject({ saved: 3 })
    expect(await lotsOf(plant)).toEqual({ X: ['AVAILABLE', 6, 'kg'] })
  })
})

describe('an event is written once', () => {
  it('with its id, whatever document it comes in', async () => {
    const plant = await makePlant()
    await plant.done(importing(plant, [received]))
    const before = await plant.dump()
    expect(await plant.done(importing(plant, [received]))).toMatchObject({ saved: 0, alreadyThere: 1 })
    expect(await plant.dump()).toEqual(before)
    const other = object(2, { ...received, eventID: uuid(2) })
    expect(await plant.done(importing(plant, [other, received]))).toMatchObject({ saved: 1, alreadyThere: 1 })
  })

  it('without an id by all that it says; what is said twice happened twice', async () => {
    const plant = await makePlant()
    const { eventID: _id, ...nameless } = received
    const reordered = Object.fromEntries(Object.entries(nameless).reverse())
    expect(await plant.done(importing(plant, [nameless, reordered]))).toMatchObject({ saved: 2 })
    expect(await plant.done(importing(plant, [nameless]))).toMatchObject({ saved: 0, alreadyThere: 1 })
    expect(await plant.done(importing(plant, [nameless, nameless, nameless]))).toMatchObject({
      saved: 1,
      alreadyThere: 2,
    })
  })

  it('and stays away once its record was reversed here', async () => {
    const plant = await makePlant()
    await plant.done(importing(plant, [received]))
    const [record] = await recordsOf(plant)
    if (record !== undefined) await plant.reverse(record)
    expect(await plant.done(importing(plant, [received]))).toMatchObject({ saved: 0, alreadyThere: 1 })
  })
})

describe('what is declared an error', () => {
  const declared = {
    ...received,
    errorDeclaration: { declarationTime: at(4), reason: 'did_not_occur', correctiveEventIDs: [uuid(9)] },
  }

  it('is not written, also where the event stands there before', async () => {
    const plant = await makePlant()
    expect(await plant.done(importing(plant, [received, declared]))).toMatchObject({ saved: 0, declaredInError: 2 })
    expect(await lotsOf(plant)).toEqual({})
    const right = { ...received, eventID: uuid(9), quantityList: [kg('X', 9)] }
    expect(await plant.done(importing(plant, [declared, right]))).toMatchObject({ saved: 1, declaredInError: 1 })
    expect(await lotsOf(plant)).toEqual({ X: ['AVAILABLE', 9, 'kg'] })
  })

  it('is refused where its record is here: that is to be reversed', async () => {
    const plant = await makePlant()
    await plant.done(importing(plant, [received]))
    const [record] = await recordsOf(plant)
    expect(await plant.refused(importing(plant, [declared]))).toMatchObject({
      violations: { '/epcisBody/eventList/0': [expect.stringContaining(`record ${record?.id}`)] },
    })
    if (record !== undefined) await plant.reverse(record)
    expect(await plant.done(importing(plant, [declared]))).toMatchObject({ saved: 0, declaredInError: 1 })
  })

  it('of our own: a corrected record, a void shipment', async () => {
    const source = await makePlant()
    const a = await source.lot('A', { stock: 9 })
    const ship = () => source.save('SHIP', a, { quantity: 2, startDate: at(3), sourceLocationId: source.location.dock })
    const [first, second] = [await ship(), await ship()]
    const early = JSON.parse(await tellEvents(source)) as unknown
    await source.done(source.inventory.saveInventoryLotRecord({ id: first.id, quantity: 3 }, source.ada))
    await source.reverse(second)
    const late = JSON.parse(await tellEvents(source)) as unknown

    const copy = await makePlant()
    await copy.done(reading(copy, early))
    expect(await lotsOf(copy)).toMatchObject({ A: ['AVAILABLE', 5, 'kg'] })
    const refusal = await copy.refused(reading(copy, late))
    const messages = Object.values('violations' in refusal ? refusal.violations : {}).flat()
    expect(messages).toHaveLength(3)
    expect(messages.filter((message) => message.includes('reverse that record first'))).toHaveLength(2)
    expect(messages.filter((message) => message.includes('says something else'))).toHaveLength(1)

    const fresh = await makePlant()
    await fresh.done(reading(fresh, late))
    expect(await lotsOf(fresh)).toMatchObject({ A: ['AVAILABLE', 6, 'kg'] })
    expect((await recordsOf(fresh)).find(({ lotRecordType }) => lotRecordType === 'SHIP')?.id).toBe(first.id)
  })
})

describe('the rules of the ledger hold', () => {
  it('for what a document says: all of it or nothing', async () => {
    const plant = await makePlant()
    const shipped = { action: 'OBSERVE', bizStep: 'shipping', readPoint: place('Dock') }
    const held = object(2, { action: 'OBSERVE', bizStep: 'holding', quantityList: [kg('X', 10)] })
    expect(
      await plant.refused(importing(plant, [received, held, object(3, { ...shipped, quantityList: [kg('X', 1)] })])),
    ).toMatchObject({
      violations: { '/epcisBody/eventList/2': [expect.stringContaining('QA_HOLD')] },
    })
    expect(
      await plant.refused(importing(plant, [received, object(3, { ...shipped, quantityList: [kg('X', 11)] })])),
    ).toMatchObject({ violations: { '/epcisBody/eventList/1': [expect.stringContaining('10')] } })
  })

  it('for lots that a document makes: they begin as the material says, or OPEN, and never better', async () => {
    const plant = await makePlant()
    const { inventory, ada, done } = plant
    await done(
      inventory.saveMaterial({ path: 'Raw/Meat', unitOfMeasureSymbol: 'kg', initialLotStatus: 'QA_HOLD' }, ada),
    )
    const given = ['AVAILABLE', 'OPEN'].map((status, n) => ({
      id: lot(`M${n}`, 'Raw/Meat'),
      attributes: [{ id: 'lotbook:initialStatus', attribute: status }],
    }))
    const vocabularyList = [{ type: 'urn:epcglobal:epcis:vtype:EPCClass', vocabularyElementList: given }]
    const quantityList = [0, 1].map((n) => ({ epcClass: lot(`M${n}`, 'Raw/Meat'), quantity: 1, uom: 'KGM' }))
    await done(
      importing(plant, [{ ...received, quantityList }], { epcisHeader: { epcisMasterData: { vocabularyList } } }),
    )
    expect(await lotsOf(plant)).toEqual({ M0: ['QA_HOLD', 1, 'kg'], M1: ['OPEN', 1, 'kg'] })
  })

  it('for who may write what', async () => {
    const plant = await makePlant()
    const by = (...grants: readonly Grant[]) =>
      plant.refused(plant.epcis.importDocument(document([received]), plant.caller(...grants)))
    expect(await by('INVENTORY.READ')).toMatchObject({ permission: 'INVENTORY.WRITE.SAVE' })
    expect(await by('INVENTORY.WRITE.SAVE')).toMatchObject({ permission: 'INVENTORY.WRITE.RECEIVE' })
  })

  it('in a dry run, which writes nothing', async () => {
    const plant = await makePlant()
    const before = await plant.dump()
    expect(await plant.done(plant.epcis.importDocument(document([received]), plant.ada, true))).toMatchObject({
      saved: 1,
    })
    expect(await plant.dump()).toEqual(before)
  })
})
