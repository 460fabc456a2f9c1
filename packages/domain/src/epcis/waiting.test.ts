import { describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

const place = (name: string) => ({ id: `urn:lotbook:location/Plant/${name}` })
const kg = (name: string, quantity: number) => ({ epcClass: `urn:lotbook:lot/Raw/Sugar/${name}`, quantity, uom: 'KGM' })
const importing = ({ epcis, ada }: Plant, eventList: readonly Fields[]) =>
  epcis.importDocument(
    {
      '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
      ...{ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: at(23), epcisBody: { eventList } },
    },
    ada,
  )
const event = (day: number, fields: Fields): Fields => ({
  eventTime: at(day),
  eventTimeZoneOffset: '+00:00',
  ...fields,
})
const object = (day: number, fields: Fields): Fields => event(day, { type: 'ObjectEvent', ...fields })
const own = (n: number, lotRecordType: string) => ({
  'lotbook:recordId': `01KB00000000000000000000${String(n).padStart(2, '0')}`,
  'lotbook:lotRecordType': lotRecordType,
})

const received = object(2, {
  ...{ action: 'OBSERVE', bizStep: 'receiving', quantityList: [kg('P', 10)], bizLocation: place('Dock') },
  ...own(1, 'RECEIVE'),
})
const split = event(3, {
  ...{ type: 'TransformationEvent', bizStep: 'repackaging', readPoint: place('Dock'), bizLocation: place('Dock') },
  ...{ inputQuantityList: [kg('P', 4)], outputQuantityList: [kg('C', 4)] },
  ...own(2, 'SPLIT'),
})
const held = object(4, { action: 'OBSERVE', bizStep: 'holding', quantityList: [kg('C', 4)] })
const moved = object(5, {
  ...{ action: 'OBSERVE', bizStep: 'storing', quantityList: [kg('P', 2)] },
  ...{ readPoint: place('Dock'), bizLocation: place('Line') },
  ...own(3, 'MOVE'),
})
const list = '/epcisBody/eventList'

const lotsOf = async ({ inventory, ada, done }: Plant) =>
  Object.fromEntries((await done(inventory.listLots({}, ada))).items.map((one) => [one.name, [one.status, one.onHand]]))

describe('an event about a lot that a later one brings the stock for', () => {
  it('is written when the lot has come', async () => {
    const plant = await makePlant()
    expect(await plant.done(importing(plant, [split, held, received]))).toMatchObject({
      ...{ events: 3, saved: 3, lotsMade: 2 },
    })
    expect(await lotsOf(plant)).toEqual({ P: ['AVAILABLE', 6], C: ['QA_HOLD', 4] })
  })

  it('is refused with what should have made the lot, where the stock does not come', async () => {
    const plant = await makePlant()
    const before = await plant.dump()
    const little = { ...received, quantityList: [kg('P', 3)] }
    const refusal = await plant.refused(importing(plant, [split, held, little]))
    expect('violations' in refusal ? refusal.violations : {}).toEqual({
      [`${list}/0`]: [expect.stringContaining('3')],
      [`${list}/1/quantityList/0/epcClass`]: ['no lot of Raw/Sugar is called C'],
    })
    expect(await plant.dump()).toEqual(before)
  })
})

describe('an event whose record is here', () => {
  const others: readonly (readonly [what: string, index: number, fields: Fields, pointer: string])[] = [
    ['another output lot', 1, { outputQuantityList: [kg('D', 4)] }, '/outputQuantityList/0/epcClass'],
    ['an output lot that is there', 1, { outputQuantityList: [kg('Q', 4)] }, '/outputQuantityList/0/epcClass'],
    ['no output lot', 1, { outputQuantityList: undefined, transformationID: 'urn:acme:run:1' }, ''],
    ['another input lot', 1, { inputQuantityList: [kg('Q', 4)] }, '/inputQuantityList/0/epcClass'],
    ['another source', 2, { readPoint: place('Cellar') }, '/readPoint/id'],
    ['another destination', 2, { bizLocation: place('Cellar') }, '/bizLocation/id'],
    ['another quantity', 2, { quantityList: [kg('P', 1)] }, '/quantityList/0/quantity'],
    ['another time', 2, { eventTime: at(6) }, '/eventTime'],
  ]

  it.each(others)('is refused where it says %s, and nothing changed', async (_what, index, fields, pointer) => {
    const plant = await makePlant()
    const events = [
      received,
      split,
      moved,
      object(2, { ...received, quantityList: [kg('Q', 9)], ...own(4, 'RECEIVE') }),
    ]
    expect(await plant.done(importing(plant, events))).toMatchObject({ saved: 4 })
    expect(await plant.done(importing(plant, events))).toMatchObject({ saved: 0, alreadyThere: 4 })
    const before = await plant.dump()
    const other = Object.entries({ ...events[index], ...fields }).filter(([, value]) => value !== undefined)
    const refusal = await plant.refused(importing(plant, events.with(index, Object.fromEntries(other))))
    expect('violations' in refusal ? refusal.violations : {}).toEqual({
      [`${list}/${index}${pointer}`]: [expect.stringContaining('says something else')],
    })
    expect(await plant.dump()).toEqual(before)
  })
})
