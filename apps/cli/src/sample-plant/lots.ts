import type { Calendar } from './calendar.ts'

/** The lot that the documented example of saveInventoryLotRecord uses. */
export const exampleConsumeLotId = '01JE6F0CE9-T94PZD8R-TH9J01TJ'

/** The lot that the documented example of changeStatus uses. */
export const exampleStatusLotId = '01JJCQEJYG-E31FHVTF-JB6WEJTC'

/** The names of lots: a prefix and the day on which the lot began. */
export interface LotNames {
  readonly rawMilk: (week: number) => string
  readonly skimMilk: (week: number) => string
  readonly cream: (week: number) => string
  readonly butter: (week: number) => string
  readonly butterPacks: (week: number) => string
  /** The packs of the third week that were set apart. */
  readonly heldPacks: string
  /** Powder is made three weeks to a lot. */
  readonly powder: (week: number) => string
  readonly powderBags: (week: number) => string
  readonly salt: string
  readonly newSalt: string
  readonly culture: string
  readonly wraps: string
  readonly cartons: string
  readonly bags: string
}

/** The day on which a lot of powder began. */
export const powderStart = (week: number): number => Math.floor(week / 3) * 21

/** Makes the names of lots for a calendar. */
export const makeLotNames = ({ date }: Calendar): LotNames => {
  const butterPacks = (week: number): string => `BUT250-${date(week * 7 + 4)}`
  return {
    rawMilk: (week) => `RAW-${date(week * 7)}`,
    skimMilk: (week) => `SKIM-${date(week * 7)}`,
    cream: (week) => `CREAM-${date(week * 7)}`,
    butter: (week) => `BUTTER-${date(week * 7 + 3)}`,
    butterPacks,
    heldPacks: `${butterPacks(2)}-B`,
    powder: (week) => `SMP-${date(powderStart(week) + 1)}`,
    powderBags: (week) => `SMP25-${date(powderStart(week) + 5)}`,
    salt: `SALT-${date(0)}`,
    newSalt: `SALT-${date(20)}`,
    culture: `CULTURE-${date(0)}`,
    wraps: `WRAP-${date(0)}`,
    cartons: `CARTON-${date(0)}`,
    bags: `BAG-${date(0)}`,
  }
}
