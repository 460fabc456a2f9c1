import { StorageUnavailable } from '../refusals.ts'
import type { Instant } from '../time/instant.ts'

/** Thrown while something is saved as new whose id is there already. The change writes nothing, and whoever asked is told `refusal`. */
export class IdTaken extends Error {
  override readonly name = 'IdTaken'
  readonly refusal = new StorageUnavailable({
    reason: 'an id that was drawn for something new is taken already',
  })

  constructor(options?: ErrorOptions) {
    super('an id is taken already', options)
  }
}

/** What two states of the same thing are told apart by. */
export interface Versioned {
  readonly version: number
  readonly createdDate: Instant
}

/** Whether `after` is no later state of `before`, but something new with the same id. */
export const isAnother = (before: Versioned, after: Versioned): boolean =>
  after.version <= before.version || after.createdDate !== before.createdDate

/** Throws IdTaken where `after` is something new with the id of `before`. */
export const refuseAnother = (before: Versioned, after: Versioned): void => {
  if (isAnother(before, after)) throw new IdTaken()
}
