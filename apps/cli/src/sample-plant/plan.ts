import { type Calendar, makeCalendar } from './calendar.ts'
import { churning } from './churning.ts'
import { drying } from './drying.ts'
import type { PlantEvent } from './events.ts'
import { makeLotNames } from './lots.ts'
import { packing } from './packing.ts'
import { receiving } from './receiving.ts'
import { separating } from './separating.ts'
import { shipping } from './shipping.ts'
import { stores } from './stores.ts'

/** The six weeks of the sample plant. */
export interface Plan {
  readonly calendar: Calendar
  /** Everything that happens, in the order in which it does. */
  readonly events: readonly PlantEvent[]
}

/** Makes the plan whose last day is the one before `today`. */
export const makePlan = (today: number): Plan => {
  const calendar = makeCalendar(today)
  const names = makeLotNames(calendar)
  const areas = [stores, receiving, separating, drying, churning, packing, shipping]
  // Sorting is stable: what happens at one moment keeps the order of the areas.
  const events = areas.flatMap((area) => area(calendar, names)).toSorted((a, b) => a.at - b.at)
  return { calendar, events }
}
