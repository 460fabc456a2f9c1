import { type Calendar, weeks } from './calendar.ts'
import { lot, type PlantEvent, record, released, status } from './events.ts'
import type { LocationPath } from './locations.ts'
import type { LotNames } from './lots.ts'

const farms = ['Meadow farms', 'Hill farms', 'River farms'] as const

/** What a tanker (0 to 2) of a week brought, in litres. */
export const litresOf = (week: number, tanker: number): number => 8000 + ((week * 37 + tanker * 53) % 11) * 50

/** What stays in the pipes of a tank, in litres. */
export const residue = 60

/** The tank that holds the milk of a week: they take turns. */
export const tankOf = (week: number): LocationPath =>
  week % 2 === 0 ? 'Dairy/Receiving/Tank 1' : 'Dairy/Receiving/Tank 2'

const tankerKey = (week: number, tanker: number): string => `tanker ${week} ${tanker}`

const weekOf = ({ at }: Calendar, names: LotNames, week: number): readonly PlantEvent[] => {
  const day = week * 7
  const name = names.rawMilk(week)
  const tankers = ['06:10', '06:50', '07:30'].map((time, tanker) =>
    record(at(day, time), 'RECEIVE', name, {
      to: tankOf(week),
      // In the third week the second tanker was typed in wrongly.
      quantity: litresOf(week, tanker) + (week === 2 && tanker === 1 ? 900 : 0),
      minutes: 25,
      notes: `Tanker ${4711 + tanker}, ${farms[tanker]}, 4 °C`,
      key: tankerKey(week, tanker),
    }),
  )
  return [
    lot(at(day, '05:40'), name, 'Milk/Raw milk', { supplierId: 'Milk cooperative' }),
    ...tankers,
    ...(week === 3
      ? [
          status(at(day, '09:00'), name, 'QA_HOLD', 'Inhibitor test doubtful: repeat', 'Held by the laboratory'),
          released(at(day, '12:30'), name),
        ]
      : [released(at(day, '09:00'), name)]),
    // The milk of the last week is past its date by now, and nobody has cleared it away yet.
    ...(week === weeks - 1
      ? []
      : [
          record(at(day + 3, '08:00'), 'SCRAP', name, { from: tankOf(week), quantity: residue, reason: 'Rinsed out' }),
          status(at(day + 3, '08:30'), name, 'CLOSED', 'Tank empty and clean', 'Used up'),
        ]),
  ]
}

/** Tankers bring the milk of a week; the laboratory releases it; what stays in the pipes is rinsed out. */
export const receiving = (calendar: Calendar, names: LotNames): readonly PlantEvent[] => [
  ...Array.from({ length: weeks }, (_, week) => weekOf(calendar, names, week)).flat(),
  {
    kind: 'correction',
    at: calendar.at(14, '08:15'),
    key: tankerKey(2, 1),
    quantity: litresOf(2, 1),
    notes: 'Weighbridge slip read again',
  },
]
