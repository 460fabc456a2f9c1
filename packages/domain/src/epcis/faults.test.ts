import { describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { documentFaults, soundDocument } from '../testing/document-faults.ts'
import { type Fields, makePlant } from '../testing/fixtures.ts'
import { tellEvents } from '../testing/tell-events.ts'

describe('a document with a fault', () => {
  it('is sound without it', async () => {
    const plant = await makePlant()
    expect(await plant.done(plant.epcis.importDocument(soundDocument(), plant.ada))).toMatchObject({ saved: 4 })
  })

  it.each(documentFaults)('$name is refused by its pointer, and nothing changed', async ({ spoil, pointers }) => {
    const plant = await makePlant()
    const refusal = await plant.refused(plant.epcis.importDocument(spoil(soundDocument()), plant.ada))
    expect(Object.keys('violations' in refusal ? refusal.violations : {}).sort()).toEqual([...pointers].sort())
  })

  it('is told of every fault at once', async () => {
    const plant = await makePlant()
    const { ['@context']: _context, ...rest } = soundDocument()
    const { eventList } = rest.epcisBody
    const events = eventList.map((event: Fields, index) => ({
      ...event,
      ...[
        { eventTime: 'yesterday' },
        { bizLocation: { id: 'urn:lotbook:location/Plant/Moon' } },
        { type: 'AggregationEvent' },
      ][index],
    }))
    const refusal = await plant.refused(
      plant.epcis.importDocument({ ...rest, epcisBody: { eventList: events } }, plant.ada),
    )
    expect(Object.keys('violations' in refusal ? refusal.violations : {}).sort()).toEqual([
      '/@context',
      '/epcisBody/eventList/0/eventTime',
      '/epcisBody/eventList/1/bizLocation/id',
      '/epcisBody/eventList/2/type',
    ])
  })

  it('in our own words is refused where they do not go with what the event says', async () => {
    const plant = await makePlant()
    const a = await plant.lot('A', { stock: 5 })
    await plant.save('SCRAP', a, { quantity: 1, startDate: at(3), sourceLocationId: plant.location.dock })
    const text = await tellEvents(plant)
    const last = '/epcisBody/eventList/2'
    const spoiled: readonly (readonly [Fields, string])[] = [
      [{ 'lotbook:lotRecordType': 'MELT' }, `${last}/lotbook:lotRecordType`],
      [{ 'lotbook:lotRecordType': 'SHIP' }, `${last}/bizStep`],
      [{ 'lotbook:recordId': 'one' }, `${last}/lotbook:recordId`],
      [{ 'lotbook:unitOfMeasureSymbol': 'l' }, `${last}/lotbook:unitOfMeasureSymbol`],
      [{ 'lotbook:operationId': '7' }, `${last}/lotbook:operationId`],
      [{ 'lotbook:materialReasonCodeName': 'none' }, `${last}/lotbook:materialReasonCodeName`],
      [{ 'lotbook:startDate': at(9) }, `${last}/eventTime`],
    ]
    for (const [fields, pointer] of spoiled) {
      const copy = await makePlant()
      const document = JSON.parse(text) as { readonly epcisBody: { readonly eventList: Fields[] } }
      Object.assign(document.epcisBody.eventList[2] ?? {}, fields)
      const refusal = await copy.refused(copy.epcis.importDocument(document, copy.ada))
      expect(Object.keys('violations' in refusal ? refusal.violations : {}), pointer).toEqual([pointer])
    }
  })

  it('in our own words is refused where one is missing, by the pointer of the word', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 9 })
    await plant.consume(lot, 2, 3)
    await plant.consume(lot, 2, 3)
    const back = {
      ...{ type: 'ObjectEvent', eventTime: at(4), eventTimeZoneOffset: '+00:00', action: 'ADD' },
      ...{ bizStep: 'creating_class_instance', bizLocation: { id: 'urn:lotbook:location/Plant/Dock' } },
      ...{ 'lotbook:recordId': '01KB0000000000000000000001', 'lotbook:lotRecordType': 'UNCONSUME' },
      quantityList: [{ epcClass: 'urn:lotbook:lot/Raw/Sugar/A', quantity: 1, uom: 'KGM' }],
    }
    expect(
      await plant.refused(
        plant.epcis.importDocument({ ...soundDocument(), epcisBody: { eventList: [back] } }, plant.ada),
      ),
    ).toMatchObject({
      violations: { '/epcisBody/eventList/0/lotbook:consumeRecordId': [expect.stringContaining('is required')] },
    })
  })
})
