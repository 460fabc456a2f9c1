import type { LotStatus, TraceEdge } from '@lotbook/domain'
import { showMoment } from '../words.ts'
import type { Genealogy, KnownLot } from './genealogy.ts'

/** What is looked for in a trace. Empty fields ask for nothing. */
export interface Filters {
  readonly statuses: ReadonlySet<LotStatus>
  /** The path of a material, with everything below it. */
  readonly material: string
  /** The path of a location, with everything below it. */
  readonly location: string
  /** Days of records in the time of the reader, as YYYY-MM-DD; both are included. */
  readonly from: string
  readonly to: string
  /** What does not match is left out of the picture, and not only drawn faintly. */
  readonly hides: boolean
}

/** Nothing is looked for. */
export const noFilters: Filters = {
  statuses: new Set(),
  material: '',
  location: '',
  from: '',
  to: '',
  hides: false,
}

/** Whether anything is looked for. */
export const isFiltering = ({ statuses, material, location, from, to }: Filters): boolean =>
  statuses.size > 0 || material !== '' || location !== '' || from !== '' || to !== ''

/** Whether a path is another one, or below it. */
export const isBelow = (path: string, above: string): boolean => path === above || path.startsWith(`${above}/`)

// The day of the reader, as every moment of the page is told.
const dayOf = (moment: string): string => showMoment(moment).slice(0, 10)

/** Whether a step was effective in the days that are looked at. */
export const stepMatches = ({ startDate, endDate }: TraceEdge, { from, to }: Filters): boolean => {
  const day = dayOf(endDate ?? startDate)
  return (from === '' || day >= from) && (to === '' || day <= to)
}

/** The lots of one kind that are looked for; null where all are. */
type Some = ReadonlySet<string> | null

const lotMatches = (lot: KnownLot, { statuses, material }: Filters, atLocation: Some, inTime: Some): boolean => {
  if (statuses.size > 0 && !statuses.has(lot.effectiveStatus)) return false
  if (material !== '' && !isBelow(lot.materialPath, material)) return false
  return (atLocation === null || atLocation.has(lot.lotId)) && (inTime === null || inTime.has(lot.lotId))
}

/**
 * The lots that match: of those with days, the ones that a step of these days joins. `atLocation` holds the lots that
 * lie where it is looked; null where no place is looked at, or it is not known yet what lies there.
 */
export const matchingLots = (
  { lots, edges }: Genealogy,
  filters: Filters,
  atLocation: Some = null,
): ReadonlySet<string> => {
  const steps = [...edges.values()].filter((edge) => stepMatches(edge, filters))
  const inTime =
    filters.from === '' && filters.to === '' ? null : new Set(steps.flatMap(({ source, target }) => [source, target]))
  return new Set(
    [...lots.values()].filter((lot) => lotMatches(lot, filters, atLocation, inTime)).map(({ lotId }) => lotId),
  )
}
