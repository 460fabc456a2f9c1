import { describe, expect, it } from 'vitest'
import type { EpcisEvent } from '../../epcis/event.ts'
import { at } from '../clock.ts'
import { eventsIn, tellEvents } from '../tell-events.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const show = (event: EpcisEvent) => {
  const { bizStep, eventTime, quantityList, inputQuantityList, errorDeclaration } = event as unknown as Record<
    'bizStep' | 'eventTime' | 'quantityList' | 'inputQuantityList' | 'errorDeclaration',
    undefined | (string & readonly { readonly quantity: number }[] & { readonly reason: string })
  >
  return [bizStep, eventTime, (quantityList ?? inputQuantityList)?.[0]?.quantity, errorDeclaration?.reason ?? null]
}

/** What is told of a period as EPCIS events, once its records were corrected. */
export const epcisContract = (makeStore: MakeStore): void => {
  describe('the events of a period', () => {
    it('are those of the records that are dated in it as they stand now, each with what it was corrected from', async () => {
      const plant = await withPlant(makeStore)
      const { inventory, ada, done } = plant
      const { dock } = plant.location
      const lot = await plant.lot('A', { stock: 20 })
      const next = () => plant.clock.forward(1000)
      const left = (type: 'SCRAP' | 'SHIP', quantity: number, day: number) => {
        next()
        return plant.save(type, lot, { quantity, startDate: at(day), sourceLocationId: dock })
      }
      const corrected = ({ id }: { readonly id: string | null }, fields: object) => {
        next()
        return done(inventory.saveInventoryLotRecord({ id, ...fields }, ada))
      }
      await corrected(await left('SCRAP', 2, 3), { quantity: 3 })
      await corrected(await left('SCRAP', 1, 4), { startDate: at(10) })
      await corrected(await left('SCRAP', 1.5, 9), { startDate: at(5) })
      const shipped = await left('SHIP', 1, 4)
      next()
      await plant.reverse(shipped)
      const voided = new Date(plant.clock.now()).toISOString()
      next()
      const consumed = await plant.consume(lot, 5, 4)
      next()
      const back = { quantity: 2, startDate: at(5), destinationLocationId: dock, consumeRecordId: consumed.id }
      await plant.save('UNCONSUME', lot, back)
      const wrong = await left('SCRAP', 0.5, 6)
      next()
      await plant.reverse(wrong)

      const text = await tellEvents(plant, { from: at(3), to: at(6) })
      expect(eventsIn(text).map(show)).toEqual([
        ['destroying', at(3), 2, 'incorrect_data'],
        ['destroying', at(3), 3, null],
        ['destroying', at(9), 1.5, 'incorrect_data'],
        ['destroying', at(5), 1.5, null],
        ['shipping', at(4), 1, null],
        ['void_shipping', voided, 1, null],
        ['commissioning', at(4), 5, 'incorrect_data'],
        ['commissioning', at(4), 3, null],
        ['destroying', at(6), 0.5, 'did_not_occur'],
      ])
      expect(await tellEvents(plant, { from: at(3), to: at(6) })).toBe(text)
      // What was dated out of the period is told where it stands now.
      expect(eventsIn(await tellEvents(plant, { from: at(7) })).map(show)).toEqual([
        ['destroying', at(4), 1, 'incorrect_data'],
        ['destroying', at(10), 1, null],
      ])
    })
  })
}
