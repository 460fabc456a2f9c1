import { type LotStatus, lotStatuses, type TraceEdge } from '@lotbook/domain'
import { amount } from '@lotbook/picture'
import type { KnownLot } from './genealogy/genealogy.ts'

/** Every status, in the order of the transition table. */
export const statuses: readonly LotStatus[] = lotStatuses

/** What a lot is to the traced one. */
export const reachWords: Readonly<Record<KnownLot['reach'], string>> = {
  SELF: 'Traced lot',
  ANCESTOR: 'Input',
  DESCENDANT: 'Output',
  BESIDE: 'Beside',
}

const moment = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' })

/** The time zone of the reader, in which every moment of the page is told. */
export const zone = moment.resolvedOptions().timeZone

/** A moment in the time of the reader: `2026-11-23 08:00`; a dash where there is none. */
export const showMoment = (text: string | null): string => (text === null ? '–' : moment.format(new Date(text)))

/** The quantity of a step, with its unit. */
export const showStep = ({ quantity, unitOfMeasureSymbol }: TraceEdge): string =>
  quantity === null ? 'memo' : amount(quantity, unitOfMeasureSymbol)

/** How sure a step is. */
export const showSource = ({ inferred, memo }: TraceEdge): string =>
  inferred ? 'inferred from one operation' : memo ? 'memo, no quantity' : 'recorded'
