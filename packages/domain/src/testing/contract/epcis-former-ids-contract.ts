import { describe, expect, it } from 'vitest'
import { importEvents, onHand, receiptOfOthers } from '../told-by-others.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const eventID = 'urn:uuid:AAAAAAAA-1111-4111-8111-AAAAAAAAAAAA'
const utc = { eventTime: '2026-11-02T08:00:00Z', eventTimeZoneOffset: '+00:00' }
const exact = { ...utc, eventTime: '2026-11-02T08:00:00.000Z' }
const declaration = { errorDeclaration: { declarationTime: '2026-11-04T08:00:00Z', reason: 'did_not_occur' } }

/** The ids that earlier versions gave the records of such events: of the time, and a digest of the event as it was spelled. */
const former = {
  named: '01M6DMBE00GCF0XJK8F18H8S3R',
  nameless: '01M6DMBE00DAC4X22C6DHSC3WH',
  namelessSecond: '01M6DMBE007MX0FQM7MAPV3121',
  inUtc: '01M6DMBE00NEK6X0WNXFN2T5K3',
  inUtcToTheMillisecond: '01M6DMBE00ABVQ4GTS6P9WG1JZ',
}

/** What earlier versions imported is found under the id that they gave it. */
export const epcisFormerIdsContract = (makeStore: MakeStore): void => {
  describe('an event whose record an earlier version wrote', () => {
    const written = async (...ids: readonly string[]) => {
      const plant = await withPlant(makeStore)
      const events = ids.map((id) => ({
        ...{ ...receiptOfOthers, 'lotbook:recordId': id, 'lotbook:lotRecordType': 'RECEIVE' },
      }))
      expect(await plant.done(importEvents(plant, events))).toMatchObject({ saved: ids.length })
      return plant
    }

    it.each([
      ['by its id', former.named, { eventID }],
      ['by its id in small letters', former.named, { eventID: eventID.toLowerCase() }],
      ['by its id, its time written otherwise', former.named, { eventID, ...utc }],
      ['by all that it says', former.nameless, {}],
      ['by all that it says, in UTC', former.inUtc, utc],
      ['by all that it says, told in another zone since', former.inUtc, {}],
      ['by all that it says, told to the millisecond before', former.inUtcToTheMillisecond, utc],
    ])('is there: %s', async (_how, id, fields) => {
      const plant = await written(id)
      const before = await plant.dump()
      const event = { ...receiptOfOthers, ...fields }
      expect(await plant.done(importEvents(plant, [event]))).toMatchObject({ saved: 0, alreadyThere: 1 })
      expect(await plant.dump()).toEqual(before)
      // A declaration of its error finds it, too.
      expect(await plant.refused(importEvents(plant, [{ ...event, ...declaration }]))).toMatchObject({
        violations: { '/epcisBody/eventList/0': [expect.stringContaining('reverse that record first')] },
      })
    })

    it('and says something else is refused', async () => {
      const plant = await written(former.named)
      const quantityList = [{ epcClass: 'urn:lotbook:lot/Raw/Sugar/X', quantity: 11, uom: 'KGM' }]
      expect(await plant.refused(importEvents(plant, [{ ...receiptOfOthers, eventID, quantityList }]))).toMatchObject({
        violations: {
          '/epcisBody/eventList/0/quantityList/0/quantity': [expect.stringContaining('says something else')],
        },
      })
      expect(await onHand(plant)).toEqual({ X: 10 })
    })

    it('without an id is counted: one that was there, one that is new', async () => {
      const plant = await written(former.nameless)
      const both = [receiptOfOthers, receiptOfOthers]
      expect(await plant.done(importEvents(plant, both))).toMatchObject({ saved: 1, alreadyThere: 1 })
      expect(await plant.done(importEvents(plant, both))).toMatchObject({ saved: 0, alreadyThere: 2 })
      const otherwise = [{ ...receiptOfOthers, ...utc }, receiptOfOthers, { ...receiptOfOthers, ...exact }]
      expect(await onHand(plant)).toEqual({ X: 20 })
      const twice = await written(former.nameless, former.namelessSecond)
      expect(await twice.done(importEvents(twice, both))).toMatchObject({ saved: 0, alreadyThere: 2 })
      // In two spellings it was two records, of which each is found once.
      const spelled = await written(former.nameless, former.inUtc)
      expect(await spelled.done(importEvents(spelled, otherwise.slice(0, 2)))).toMatchObject({
        ...{ saved: 0, alreadyThere: 2 },
      })
      const one = await written(former.inUtc)
      expect(await one.done(importEvents(one, otherwise))).toMatchObject({ saved: 2, alreadyThere: 1 })
    })
  })
}
