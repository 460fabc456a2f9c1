import { type Calendar, weeks } from './calendar.ts'
import { lot, type PlantEvent, record, released } from './events.ts'
import { type LotNames, powderStart } from './lots.ts'

const line = 'Dairy/Packing/Line 1'
const coldStore = 'Dairy/Warehouse/Cold store'
const dryStore = 'Dairy/Warehouse/Dry store'

/** How many packs of 250 g a packing makes. */
export const packsPerWeek = 4000

/** How many bags of 25 kg a bagging fills. */
export const bagsPerWeek = 76

// In the third week 100 wraps too many were booked, and taken back.
const tooMany = (week: number): number => (week === 2 ? 100 : 0)

const packsOf = ({ at, date }: Calendar, names: LotNames, week: number): readonly PlantEvent[] => {
  const day = week * 7 + 4
  const packs = names.butterPacks(week)
  const run = { minutes: 330, order: `Packing ${date(day)}` }
  const ended = at(day, '14:00')
  return [
    record(at(day, '06:30'), 'MOVE', names.wraps, { from: dryStore, to: line, quantity: packsPerWeek + 100 }),
    // Cartons for two weeks at once.
    ...(week % 2 === 0
      ? [record(at(day, '06:40'), 'MOVE', names.cartons, { from: dryStore, to: line, quantity: packsPerWeek / 10 })]
      : []),
    lot(at(day, '08:20'), packs, 'Finished/Butter 250 g'),
    record(ended, 'CONSUME', names.butter(week), {
      ...run,
      other: packs,
      from: coldStore,
      quantity: packsPerWeek / 4,
    }),
    record(ended, 'CONSUME', names.wraps, {
      ...run,
      other: packs,
      from: line,
      quantity: packsPerWeek + tooMany(week),
      key: `wraps ${week}`,
    }),
    record(ended, 'CONSUME', names.cartons, { ...run, other: packs, from: line, quantity: packsPerWeek / 20 }),
    record(ended, 'PRODUCE', packs, { ...run, other: names.butter(week), to: line, quantity: packsPerWeek }),
    record(at(day, '14:30'), 'MOVE', packs, { from: line, to: coldStore, quantity: packsPerWeek, minutes: 20 }),
    released(at(day + 1, '07:00'), packs),
  ]
}

const bagsOf = ({ at, date }: Calendar, names: LotNames, week: number): readonly PlantEvent[] => {
  const day = week * 7 + 5
  const bags = names.powderBags(week)
  const run = { minutes: 140, order: `Bagging ${date(day)}` }
  const ended = at(day, '12:00')
  const first = day === powderStart(week) + 5
  return [
    ...(first ? [lot(at(day, '09:30'), bags, 'Finished/Skim milk powder 25 kg')] : []),
    record(ended, 'CONSUME', names.powder(week), {
      ...run,
      other: bags,
      from: dryStore,
      quantity: bagsPerWeek * 25,
    }),
    record(ended, 'CONSUME', names.bags, { ...run, other: bags, from: dryStore, quantity: bagsPerWeek }),
    record(ended, 'PRODUCE', bags, { ...run, other: names.powder(week), to: line, quantity: bagsPerWeek }),
    record(at(day, '12:20'), 'MOVE', bags, { from: line, to: dryStore, quantity: bagsPerWeek, minutes: 15 }),
    ...(first ? [released(at(day, '15:30'), bags)] : []),
  ]
}

/** Butter is packed and powder is bagged, every week but the last, whose bagging is running. */
export const packing = (calendar: Calendar, names: LotNames): readonly PlantEvent[] => [
  ...Array.from({ length: weeks - 1 }, (_, week) => [
    ...packsOf(calendar, names, week),
    ...bagsOf(calendar, names, week),
  ]).flat(),
  record(calendar.at(18, '14:50'), 'UNCONSUME', names.wraps, {
    other: names.butterPacks(2),
    to: line,
    quantity: tooMany(2),
    reason: 'Taken back from the line',
    takesBack: 'wraps 2',
  }),
  record(calendar.at(41, '18:00'), 'CONSUME', names.powder(5), {
    other: names.powderBags(5),
    from: dryStore,
    quantity: bagsPerWeek * 25,
    running: true,
    order: `Bagging ${calendar.date(41)}`,
    notes: 'Night shift',
  }),
]
