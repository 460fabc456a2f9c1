import { type RecallLot, type RecallShipment, type RecallStock, shareText } from '@lotbook/domain'
import type { Column } from '../../drawing/columns.ts'
import { toneOfStatus } from '../../drawing/tone.ts'
import { amount, day } from '../../drawing/words.ts'

/** Something of an affected lot that lies at a place. */
export interface PlacedLot {
  readonly lot: RecallLot
  readonly stock: RecallStock
}

/** Something of an affected lot that was shipped. */
export interface ShippedLot {
  readonly lot: RecallLot
  readonly shipment: RecallShipment
}

const status = <A>(lotOf: (row: A) => RecallLot): Column<A> => ({
  title: 'STATUS',
  text: (row) => lotOf(row).effectiveStatus,
  tone: (row) => toneOfStatus(lotOf(row).effectiveStatus),
  least: 9,
  most: 9,
  leaves: 1,
})

const name = <A>(lotOf: (row: A) => RecallLot): Column<A> => ({
  title: 'LOT',
  text: (row) => lotOf(row).lotName,
  least: 20,
  most: 40,
  leaves: 0,
})

const quantity = <A>(
  title: string,
  lotOf: (row: A) => RecallLot,
  of: (row: A) => number,
  leaves: number,
): Column<A> => ({
  title,
  text: (row) => amount(of(row), lotOf(row).unitOfMeasureSymbol),
  least: 9,
  most: 14,
  right: true,
  leaves,
})

const self = (lot: RecallLot): RecallLot => lot
const lotOf = ({ lot }: { readonly lot: RecallLot }): RecallLot => lot

/** The columns of the affected lots. */
export const lotColumns: readonly Column<RecallLot>[] = [
  name(self),
  status(self),
  quantity('ON HAND', self, ({ onHand }) => onHand, 0),
  quantity('SHIPPED', self, ({ shipped }) => shipped, 2),
  quantity('UNEXPL.', self, ({ unexplained }) => unexplained, 3),
  { title: 'SHARE', text: (lot) => shareText(lot), least: 7, most: 13, right: true, leaves: 4 },
  { title: 'MATERIAL', text: ({ materialPath }) => materialPath, least: 12, most: 40, keepsEnd: true, leaves: 5 },
]

/** The columns of what lies where. */
export const placeColumns: readonly Column<PlacedLot>[] = [
  { title: 'WHERE', text: ({ stock }) => stock.locationPath, least: 14, most: 50, keepsEnd: true, leaves: 0 },
  name(lotOf),
  quantity<PlacedLot>('QUANTITY', lotOf, ({ stock }) => stock.quantity, 0),
  status(lotOf),
]

/** The columns of what was shipped. */
export const shipmentColumns: readonly Column<ShippedLot>[] = [
  { title: 'TO', text: ({ shipment }) => shipment.to ?? 'not recorded', least: 12, most: 50, leaves: 0 },
  name(lotOf),
  quantity<ShippedLot>('QUANTITY', lotOf, ({ shipment }) => shipment.quantity, 0),
  { title: 'WHEN', text: ({ shipment }) => day(shipment.date), least: 10, most: 10, leaves: 1 },
]
