import { type Calendar, weeks } from './calendar.ts'
import { lot, type PlantEvent, record, released, status } from './events.ts'
import type { LotNames } from './lots.ts'
import { litresOf, residue, tankOf } from './receiving.ts'

// The first run takes what two tankers brought, the second the third, but for what stays in the pipes.
const runsOf = (week: number) =>
  [
    { day: week * 7, time: '16:30', milk: litresOf(week, 0) + litresOf(week, 1) },
    { day: week * 7 + 2, time: '12:30', milk: litresOf(week, 2) - residue },
  ] as const

/** What goes through the separator in a week, in litres of raw milk. */
export const separated = (week: number): number => runsOf(week).reduce((sum, { milk }) => sum + milk, 0)

const weekOf = ({ at }: Calendar, names: LotNames, week: number): readonly PlantEvent[] => {
  const day = week * 7
  const [raw, skim, cream] = [names.rawMilk(week), names.skimMilk(week), names.cream(week)]
  const runs = runsOf(week).flatMap(({ day: runDay, time, milk }) => {
    const parts = [
      { name: skim, tank: 'Dairy/Processing/Skim tank', litres: milk - milk / 10 },
      { name: cream, tank: 'Dairy/Processing/Cream tank', litres: milk / 10 },
    ] as const
    const ended = at(runDay, time)
    const minutes = 150
    return [
      ...parts.map(({ name, litres }) =>
        record(ended, 'CONSUME', raw, { other: name, from: tankOf(week), quantity: litres, minutes }),
      ),
      ...parts.map(({ name, tank, litres }) =>
        record(ended, 'PRODUCE', name, { other: raw, to: tank, quantity: litres, minutes }),
      ),
    ]
  })
  return [
    lot(at(day, '13:50'), skim, 'Milk/Skim milk'),
    lot(at(day, '13:51'), cream, 'Milk/Cream'),
    ...runs,
    released(at(day, '17:30'), skim),
    released(at(day, '17:31'), cream),
  ]
}

/** Cream that was not churned: sold, or forgotten until its date has passed. */
const restOfCream = ({ at }: Calendar, names: LotNames): readonly PlantEvent[] => [
  ...[0, 2].map((week) =>
    record(at(week * 7 + 5, '08:00'), 'SHIP', names.cream(week), {
      from: 'Dairy/Processing/Cream tank',
      quantity: restOf(week),
      notes: 'Sold to the ice-cream maker',
    }),
  ),
  status(at(14, '18:00'), names.cream(1), 'EXPIRED', 'Past its date, 7 days after separation'),
  record(at(15, '07:20'), 'SCRAP', names.cream(1), {
    from: 'Dairy/Processing/Cream tank',
    quantity: restOf(1),
    reason: 'Past its date',
  }),
  status(at(15, '07:40'), names.cream(1), 'CLOSED', 'Nothing left', 'Used up'),
  status(at(28, '18:00'), names.cream(3), 'EXPIRED', 'Past its date, 7 days after separation'),
]

/** What is churned in a week, in litres of cream. */
export const churned = 2300

const restOf = (week: number): number => separated(week) / 10 - churned

/** The separator makes skim milk and cream out of raw milk, in two runs a week. */
export const separating = (calendar: Calendar, names: LotNames): readonly PlantEvent[] => [
  ...Array.from({ length: weeks }, (_, week) => weekOf(calendar, names, week)).flat(),
  ...restOfCream(calendar, names),
]
