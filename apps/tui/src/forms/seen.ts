import type { Call, Caller } from '@lotbook/domain'
import type { SeenLot } from '../app/view-ref.ts'

/** The call of a form: where its request is about the lot that somebody saw, with the version that was seen. */
export const callAsSeen = (
  caller: Caller,
  seen: SeenLot | undefined,
  { lotId }: Readonly<Record<string, unknown>>,
): Call => (seen === undefined || seen.lotId !== lotId ? caller : { ...caller, expectedVersion: seen.version })
