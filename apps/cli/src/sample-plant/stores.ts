import type { Calendar } from './calendar.ts'
import { lot, type PlantEvent, record, released, status } from './events.ts'
import type { LocationPath } from './locations.ts'
import { exampleConsumeLotId, exampleStatusLotId, type LotNames } from './lots.ts'
import type { MaterialPath } from './materials.ts'

const dryStore = 'Dairy/Warehouse/Dry store'
const line = 'Dairy/Packing/Line 1'

interface Delivery {
  readonly name: string
  readonly material: MaterialPath
  readonly supplierId: string
  readonly quantity: number
  readonly to: LocationPath
  readonly id?: string
}

const deliveries = (names: LotNames): readonly Delivery[] => [
  {
    name: names.salt,
    material: 'Ingredients/Salt',
    supplierId: 'Saltworks',
    quantity: 500,
    to: dryStore,
    id: exampleConsumeLotId,
  },
  {
    name: names.culture,
    material: 'Ingredients/Starter culture',
    supplierId: 'Culture house',
    quantity: 12,
    to: 'Dairy/Warehouse/Cold store',
  },
  {
    name: names.wraps,
    material: 'Packaging/Butter wrap 250 g',
    supplierId: 'Printers',
    quantity: 18_000,
    to: dryStore,
  },
  {
    name: names.cartons,
    material: 'Packaging/Carton 20 x 250 g',
    supplierId: 'Board mill',
    quantity: 1500,
    to: dryStore,
  },
  { name: names.bags, material: 'Packaging/Powder bag 25 kg', supplierId: 'Board mill', quantity: 600, to: dryStore },
]

const firstDeliveries = ({ at }: Calendar, names: LotNames): readonly PlantEvent[] =>
  deliveries(names).flatMap(({ name, material, supplierId, quantity, to, id }, index) => [
    lot(at(0, `04:0${index}`), name, material, { supplierId, ...(id !== undefined && { id }) }),
    record(at(0, `04:1${index}`), 'RECEIVE', name, { to, quantity }),
    released(at(0, `05:0${index}`), name),
  ])

const laterDeliveries = ({ at }: Calendar, names: LotNames): readonly PlantEvent[] => [
  lot(at(20, '13:00'), names.newSalt, 'Ingredients/Salt', { supplierId: 'Saltworks', id: exampleStatusLotId }),
  record(at(20, '13:10'), 'RECEIVE', names.newSalt, { to: dryStore, quantity: 1000, notes: 'Certificate to follow' }),
  status(at(20, '13:20'), names.newSalt, 'QA_HOLD', 'Waits for its certificate', 'Held by the laboratory'),
  record(at(21, '07:40'), 'RECEIVE', names.wraps, { to: dryStore, quantity: 12_000, notes: 'Rest of the print run' }),
  record(at(16, '10:00'), 'RETURN', names.cartons, { from: dryStore, quantity: 60, reason: 'Misprint' }),
]

/** Differences that the weekly counts found, in pieces of wraps in five weeks and kilograms of salt twice. */
const wrapsMissing = [12, 7, 31, -4, 9] as const
const saltMissing = [0.35, 0.45] as const

const counts = ({ at }: Calendar, names: LotNames): readonly PlantEvent[] => {
  const count = (day: number, time: string, name: string, missing: number): PlantEvent =>
    record(at(day, time), 'EDIT', name, { from: dryStore, quantity: 0 - missing, reason: 'Cycle count' })
  return [
    ...wrapsMissing.map((missing, week) => count(week * 7 + 6, '16:00', names.wraps, missing)),
    ...saltMissing.map((missing, turn) => count(turn * 21 + 13, '16:20', names.salt, missing)),
  ]
}

/** Salt, culture and packaging: delivered, counted, damaged and sent back. */
export const stores = (calendar: Calendar, names: LotNames): readonly PlantEvent[] => [
  ...firstDeliveries(calendar, names),
  ...laterDeliveries(calendar, names),
  ...counts(calendar, names),
  record(calendar.at(25, '15:10'), 'SCRAP', names.wraps, { from: line, quantity: 21, reason: 'Damaged' }),
]
