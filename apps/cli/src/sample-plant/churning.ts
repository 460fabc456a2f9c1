import { type Calendar, weeks } from './calendar.ts'
import { lot, type PlantEvent, record, released } from './events.ts'
import type { LotNames } from './lots.ts'
import { churned } from './separating.ts'

/** What a churning gives, in kilograms of butter. */
const butterPerChurning = 1040

const weekOf = ({ at, date }: Calendar, names: LotNames, week: number): readonly PlantEvent[] => {
  const day = week * 7 + 3
  const butter = names.butter(week)
  const run = { minutes: 180, order: `Churning ${date(day)}` }
  const ended = at(day, '16:00')
  return [
    lot(at(day, '12:50'), butter, 'Dairy/Butter'),
    record(ended, 'CONSUME', names.cream(week), {
      ...run,
      other: butter,
      from: 'Dairy/Processing/Cream tank',
      quantity: churned,
    }),
    record(ended, 'CONSUME', names.salt, {
      ...run,
      other: butter,
      from: 'Dairy/Warehouse/Dry store',
      quantity: 15.5,
    }),
    record(ended, 'CONSUME', names.culture, {
      ...run,
      other: butter,
      from: 'Dairy/Warehouse/Cold store',
      quantity: 1.15,
    }),
    record(ended, 'PRODUCE', butter, {
      ...run,
      other: names.cream(week),
      to: 'Dairy/Processing/Churn',
      quantity: butterPerChurning,
    }),
    record(at(day, '17:10'), 'MOVE', butter, {
      from: 'Dairy/Processing/Churn',
      to: 'Dairy/Warehouse/Cold store',
      quantity: butterPerChurning,
      minutes: 40,
    }),
    // The butter of the last week waits for the laboratory.
    ...(week === weeks - 1 ? [] : [released(at(day + 1, '07:30'), butter)]),
  ]
}

/** Cream, salt and culture become butter, once a week. What is left of two small lots is merged; some tastes off. */
export const churning = (calendar: Calendar, names: LotNames): readonly PlantEvent[] => [
  ...Array.from({ length: weeks }, (_, week) => weekOf(calendar, names, week)).flat(),
  record(calendar.at(12, '11:00'), 'MERGE', names.butter(1), {
    other: names.butter(0),
    notes: 'Two part pallets put together',
  }),
  record(calendar.at(19, '11:20'), 'SCRAP', names.butter(2), {
    from: 'Dairy/Warehouse/Cold store',
    quantity: 5,
    reason: 'Off flavour',
    notes: 'Rim of one block tasted of the cold store',
  }),
]
