import type { Refusal } from '@lotbook/domain'

/** Whether nobody knows if what was asked for is written. */
export const mayBeWritten = (refusal: Refusal): boolean =>
  refusal._tag === 'StorageUnavailable' && refusal.mayBeWritten === true

/**
 * What was refused, in words for who stands before the screen. `about` is the lot that it is about, where it is about one;
 * `again` says what to do where nobody knows if it is written.
 */
export const sayRefusal = (refusal: Refusal, about: string | undefined, again: string): string => {
  if (refusal._tag === 'VersionConflict')
    return `${refusal.kind} ${about ?? refusal.id} was changed since this form was opened: leave it and look at the ${refusal.kind} again`
  if (refusal._tag === 'StorageUnavailable' && mayBeWritten(refusal))
    return `the store is not available: ${refusal.reason}. It may be written or not: ${again}`
  return refusal.message
}
