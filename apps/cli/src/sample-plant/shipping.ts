import { type Calendar, weeks } from './calendar.ts'
import { type PlantEvent, record, released, status } from './events.ts'
import type { LotNames } from './lots.ts'
import { packsPerWeek } from './packing.ts'

const dispatch = 'Dairy/Warehouse/Dispatch'
const coldStore = 'Dairy/Warehouse/Cold store'
const dryStore = 'Dairy/Warehouse/Dry store'

/** How many packs of the third week were set apart. */
const held = 500

const packsOf = ({ at }: Calendar, names: LotNames, week: number): readonly PlantEvent[] => {
  const packs = names.butterPacks(week)
  const rest = packsPerWeek - 2400 - (week === 2 ? held : 0)
  const firstDay = week * 7 + 5
  const secondDay = week * 7 + 9
  const ship = (day: number, time: string, quantity: number, customer: string, key?: string): PlantEvent =>
    record(at(day, time), 'SHIP', packs, {
      from: dispatch,
      quantity,
      notes: `To ${customer}`,
      ...(key !== undefined && { key }),
    })
  return [
    record(at(firstDay, '09:00'), 'MOVE', packs, { from: coldStore, to: dispatch, quantity: 2400, minutes: 30 }),
    ship(firstDay, '10:00', 1200, 'North Market'),
    // Once a delivery note was entered twice.
    ...(week === 3 ? [ship(firstDay, '10:05', 1200, 'North Market', 'entered twice')] : []),
    ship(firstDay, '15:00', 1200, 'Harbour Foods'),
    record(at(secondDay, '08:30'), 'MOVE', packs, { from: coldStore, to: dispatch, quantity: rest, minutes: 25 }),
    // Some of the newest lot is still on the dock; with the last of the others the lot is SHIPPED.
    ship(secondDay, '09:30', week === weeks - 2 ? 1000 : rest, 'Village shops'),
  ]
}

const heldPacks = ({ at }: Calendar, names: LotNames): readonly PlantEvent[] => [
  { kind: 'lot', at: at(19, '07:50'), name: names.heldPacks, material: 'Finished/Butter 250 g' },
  record(at(19, '08:00'), 'SPLIT', names.butterPacks(2), {
    other: names.heldPacks,
    from: coldStore,
    quantity: held,
    notes: 'Last pallet: wraps not folded tightly',
  }),
  status(at(19, '08:10'), names.heldPacks, 'QA_HOLD', 'Wraps to be checked', 'Held by the laboratory'),
  released(at(22, '10:00'), names.heldPacks),
  record(at(24, '09:00'), 'SHIP', names.heldPacks, { from: coldStore, quantity: held, notes: 'To Village shops' }),
]

const powderBags = ({ at }: Calendar, names: LotNames): readonly PlantEvent[] =>
  [
    { day: 6, week: 0, quantity: 60 },
    { day: 13, week: 1, quantity: 60 },
    { day: 20, week: 2, quantity: 108 },
    { day: 34, week: 4, quantity: 60 },
  ].flatMap(({ day, week, quantity }) => [
    record(at(day, '08:00'), 'MOVE', names.powderBags(week), {
      from: dryStore,
      to: dispatch,
      quantity,
      minutes: 20,
    }),
    record(at(day, '10:30'), 'SHIP', names.powderBags(week), { from: dispatch, quantity, notes: 'To the bakery' }),
  ])

/** Packs and bags leave by the dock. With its last piece a lot is SHIPPED. */
export const shipping = (calendar: Calendar, names: LotNames): readonly PlantEvent[] => [
  ...Array.from({ length: weeks - 1 }, (_, week) => packsOf(calendar, names, week)).flat(),
  ...heldPacks(calendar, names),
  ...powderBags(calendar, names),
  {
    kind: 'reversal',
    at: calendar.at(26, '10:40'),
    key: 'entered twice',
    notes: 'Delivery note entered twice',
  },
]
