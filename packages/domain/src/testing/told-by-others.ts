import { soundDocument } from './document-faults.ts'
import type { Fields, Plant } from './fixtures.ts'

/** A receipt of ten kilograms of sugar lot X at the dock, as somebody else tells it without an id. */
export const receiptOfOthers: Fields = {
  ...{ type: 'ObjectEvent', eventTime: '2026-11-02T09:00:00+01:00', eventTimeZoneOffset: '+01:00' },
  ...{ action: 'OBSERVE', bizStep: 'receiving', bizLocation: { id: 'urn:lotbook:location/Plant/Dock' } },
  quantityList: [{ epcClass: 'urn:lotbook:lot/Raw/Sugar/X', quantity: 10, uom: 'KGM' }],
}

/** Imports these events into a plant. */
export const importEvents = ({ epcis, ada }: Plant, events: readonly Fields[], more: Fields = {}) =>
  epcis.importDocument({ ...soundDocument(), epcisBody: { eventList: events }, ...more }, ada)

/** How much of each lot is there, by name. */
export const onHand = async ({ inventory, ada, done }: Plant): Promise<Fields> =>
  Object.fromEntries((await done(inventory.listLots({ limit: 200 }, ada))).items.map((lot) => [lot.name, lot.onHand]))
