import { type Calendar, weeks } from './calendar.ts'
import { lot, type PlantEvent, record, released, status } from './events.ts'
import { type LotNames, powderStart } from './lots.ts'
import { separated } from './separating.ts'

/** One run of the dryer: litres of skim milk in, kilograms of powder out. */
const skimPerRun = 10_560
const powderPerRun = 960

const skimLeft = (week: number): number => separated(week) - separated(week) / 10 - 2 * skimPerRun

const weekOf = ({ at }: Calendar, names: LotNames, week: number): readonly PlantEvent[] => {
  const day = week * 7
  const [skim, powder] = [names.skimMilk(week), names.powder(week)]
  const runs = [day + 1, day + 3].flatMap((runDay): readonly PlantEvent[] => [
    record(at(runDay, '15:40'), 'CONSUME', skim, {
      other: powder,
      from: 'Dairy/Processing/Skim tank',
      quantity: skimPerRun,
      minutes: 160,
    }),
    record(at(runDay, '15:40'), 'PRODUCE', powder, {
      other: skim,
      to: 'Dairy/Processing/Spray dryer',
      quantity: powderPerRun,
      minutes: 160,
    }),
  ])
  const stored = record(at(day + 4, '07:10'), 'MOVE', powder, {
    from: 'Dairy/Processing/Spray dryer',
    to: 'Dairy/Warehouse/Dry store',
    quantity: 2 * powderPerRun,
    minutes: 40,
  })
  const sold = record(at(day + 4, '08:10'), 'SHIP', skim, {
    from: 'Dairy/Processing/Skim tank',
    quantity: skimLeft(week),
    notes: 'Sold as feed',
  })
  return [...runs, stored, ...(week === weeks - 1 ? [] : [sold])]
}

const lotOf = ({ at }: Calendar, names: LotNames, week: number): readonly PlantEvent[] => {
  const start = powderStart(week)
  return [
    lot(at(start + 1, '12:40'), names.powder(week), 'Dairy/Skim milk powder'),
    released(at(start + 2, '09:30'), names.powder(week)),
  ]
}

/** The spray dryer makes powder out of skim milk. In the second week the powder is held for its moisture, and released. */
export const drying = (calendar: Calendar, names: LotNames): readonly PlantEvent[] => [
  ...lotOf(calendar, names, 0),
  ...lotOf(calendar, names, 3),
  ...Array.from({ length: weeks }, (_, week) => weekOf(calendar, names, week)).flat(),
  status(calendar.at(8, '16:20'), names.powder(1), 'QA_HOLD', 'Moisture 4.6 %: retest', 'Held by the laboratory'),
  status(
    calendar.at(11, '15:00'),
    names.powder(1),
    'AVAILABLE',
    'Moisture 3.4 % in three samples',
    'Released by the laboratory',
  ),
]
