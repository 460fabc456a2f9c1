import { describe, expect, it } from 'vitest'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import { importEvents, onHand, receiptOfOthers } from '../testing/told-by-others.ts'

const eventID = 'urn:uuid:AAAAAAAA-1111-4111-8111-AAAAAAAAAAAA'
const named = { ...receiptOfOthers, eventID }
const kg = (quantity: number) => ({
  quantityList: [{ epcClass: 'urn:lotbook:lot/Raw/Sugar/X', quantity, uom: 'KGM' }],
})
const list = '/epcisBody/eventList'
const declaration = { errorDeclaration: { declarationTime: '2026-11-04T08:00:00Z', reason: 'did_not_occur' } }

const receiptOf = async ({ inventory, ada, done }: Plant) => {
  const { items } = await done(inventory.findInventoryLotRecords({ lotRecordType: 'RECEIVE' }, ada))
  const [receipt] = items
  if (receipt === undefined) throw new Error('nothing was received')
  return receipt
}

describe('an event in other spellings is one event', () => {
  const utc = { eventTime: '2026-11-02T08:00:00Z', eventTimeZoneOffset: '+00:00' }
  const spellings: readonly (readonly [how: string, first: Fields, again: Fields])[] = [
    ['without an id, its time in UTC', receiptOfOthers, utc],
    ['without an id, its time to the millisecond', receiptOfOthers, { ...utc, eventTime: '2026-11-02T08:00:00.000Z' }],
    ['without an id, its offset alone', receiptOfOthers, { eventTimeZoneOffset: '+00:00' }],
    ['with its id, its time in UTC', named, utc],
    ['with its id in small letters', named, { eventID: eventID.toLowerCase() }],
    ['with its id as URN', named, { eventID: eventID.replace('urn:uuid', 'URN:UUID') }],
  ]

  it.each(spellings)('%s', async (_how, first, again) => {
    const plant = await makePlant()
    expect(await plant.done(importEvents(plant, [first]))).toMatchObject({ saved: 1 })
    const before = await plant.dump()
    expect(await plant.done(importEvents(plant, [{ ...first, ...again }]))).toMatchObject({ saved: 0, alreadyThere: 1 })
    expect(await plant.dump()).toEqual(before)
    expect(await plant.refused(importEvents(plant, [{ ...first, ...again, ...declaration }]))).toMatchObject({
      violations: { [`${list}/0`]: [expect.stringContaining('reverse that record first')] },
    })
    expect(await onHand(plant)).toEqual({ X: 10 })
  })

  it('twice in a document: without an id it happened twice, with one it is refused, and a declaration means it', async () => {
    const plant = await makePlant()
    const twice = [receiptOfOthers, { ...receiptOfOthers, ...utc }]
    expect(await plant.done(importEvents(plant, twice))).toMatchObject({ saved: 2 })
    expect(await plant.done(importEvents(plant, twice.toReversed()))).toMatchObject({ saved: 0, alreadyThere: 2 })
    expect(
      await plant.refused(importEvents(plant, [named, { ...named, eventID: eventID.toLowerCase() }])),
    ).toMatchObject({ violations: { [`${list}/1/eventID`]: [expect.stringContaining('must be told once')] } })
    const declared = { ...named, eventID: eventID.toLowerCase(), ...declaration }
    expect(await plant.done(importEvents(plant, [named, declared]))).toMatchObject({ saved: 0, declaredInError: 2 })
  })
})

describe('an event with an id is found by it alone', () => {
  it.each(['2026-11-02T08:01:00Z', '2026-11-02T08:00:00.001Z', '2026-11-01T08:00:00Z'])(
    'at whatever time it comes again: at %s it says something else',
    async (eventTime) => {
      const plant = await makePlant()
      await plant.done(importEvents(plant, [named]))
      const { id } = await receiptOf(plant)
      expect(await plant.refused(importEvents(plant, [{ ...named, eventTime }]))).toMatchObject({
        violations: { [`${list}/0/eventTime`]: [expect.stringContaining(`is here as record ${id}`)] },
      })
      expect(await plant.refused(importEvents(plant, [{ ...named, eventTime, ...declaration }]))).toMatchObject({
        violations: { [`${list}/0`]: [expect.stringContaining(`record ${id}: reverse that record first`)] },
      })
      expect(await onHand(plant)).toEqual({ X: 10 })
    },
  )
})

describe('an event that comes again under its id', () => {
  const lots = (...names: readonly string[]) => ({
    quantityList: names.map((name) => ({ epcClass: `urn:lotbook:lot/Raw/Sugar/${name}`, quantity: 10, uom: 'KGM' })),
  })
  const two = { ...named, ...lots('X', 'Y') }

  it('with one lot more or less is refused as a whole, and with the same ones is there', async () => {
    const plant = await makePlant()
    await plant.done(importEvents(plant, [two]))
    expect(await plant.refused(importEvents(plant, [{ ...two, ...lots('X', 'Y', 'Z') }]))).toEqual(
      expect.objectContaining({
        violations: { [`${list}/0/quantityList/2/epcClass`]: [expect.stringContaining('is not what the event told')] },
      }),
    )
    expect(await plant.refused(importEvents(plant, [{ ...two, ...lots('X') }]))).toEqual(
      expect.objectContaining({ violations: { [`${list}/0`]: [expect.stringContaining('with one lot more')] } }),
    )
    expect(await plant.done(importEvents(plant, [two]))).toMatchObject({ saved: 0, alreadyThere: 2 })
    expect(await onHand(plant)).toEqual({ X: 10, Y: 10 })
  })

  it('without the input or the output that it had is refused', async () => {
    const plant = await makePlant()
    const { bizLocation } = receiptOfOthers
    const rest = {
      ...{ type: 'TransformationEvent', eventID: 'urn:acme:event:2', transformationID: 'https://example.com/runs/7' },
      ...{ eventTime: '2026-11-03T08:00:00Z', eventTimeZoneOffset: '+00:00', bizLocation },
    }
    const { quantityList } = lots('X')
    const made = lots('Y').quantityList
    await plant.done(
      importEvents(plant, [named, { ...rest, inputQuantityList: quantityList, outputQuantityList: made }]),
    )
    expect(await plant.refused(importEvents(plant, [{ ...rest, inputQuantityList: quantityList }]))).toMatchObject({
      violations: { [`${list}/0`]: [expect.stringContaining('with one lot more')] },
    })
    expect(await onHand(plant)).toEqual({ X: 0, Y: 10 })
  })
})

describe('an event whose record was reversed', () => {
  it('is there where it comes again as it was, and is refused where it says something else', async () => {
    const plant = await makePlant()
    await plant.done(importEvents(plant, [named]))
    const wrong = importEvents(plant, [{ ...named, ...kg(11) }])
    expect(await plant.refused(wrong)).toMatchObject({
      violations: {
        [`${list}/0/quantityList/0/quantity`]: [expect.stringContaining('give what takes its place an id')],
      },
    })
    await plant.reverse(await receiptOf(plant))
    const before = await plant.dump()
    expect(await plant.done(importEvents(plant, [named]))).toMatchObject({ saved: 0, alreadyThere: 1 })
    expect(await plant.refused(wrong)).toMatchObject({
      violations: { [`${list}/0/quantityList/0/quantity`]: [expect.stringContaining('was reversed: give')] },
    })
    expect(await plant.dump()).toEqual(before)
    const right = { ...named, ...kg(11), eventID: 'urn:uuid:aaaaaaaa-1111-4111-8111-bbbbbbbbbbbb' }
    expect(await plant.done(importEvents(plant, [right]))).toMatchObject({ saved: 1 })
    expect(await onHand(plant)).toEqual({ X: 11 })
  })

  it('is refused as one of ours, too: a corrected record does not go under', async () => {
    const plant = await makePlant()
    const own = {
      ...named,
      ...{ 'lotbook:recordId': '01KB0000000000000000000001', 'lotbook:lotRecordType': 'RECEIVE' },
    }
    await plant.done(importEvents(plant, [own]))
    await plant.reverse(await receiptOf(plant))
    expect(await plant.refused(importEvents(plant, [{ ...own, ...kg(11) }]))).toMatchObject({
      violations: { [`${list}/0/quantityList/0/quantity`]: [expect.stringContaining('lotbook:recordId')] },
    })
    expect(await plant.done(importEvents(plant, [own]))).toMatchObject({ saved: 0, alreadyThere: 1 })
  })
})
