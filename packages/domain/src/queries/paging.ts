import { textField, wholeWordField } from '../fields.ts'
import { ValidationFailed } from '../refusals.ts'
import type { Paging } from '../store.ts'

/** How many items a page holds unless asked otherwise. */
export const pageSize = 50
/** How many items a page holds at most. */
export const largestPage = 200

/** The fields of a query that ask for a page. */
export const paging = { limit: wholeWordField(1, largestPage), cursor: textField }

/** Which page a query asks for. */
export const pagingOf = ({
  limit,
  cursor,
}: {
  readonly limit: number | null
  readonly cursor: string | null
}): Paging => ({
  limit: limit ?? pageSize,
  after: cursor,
})

/** The refusal of a cursor that no page of the list gave. */
export const strangeCursor = (): ValidationFailed =>
  new ValidationFailed({
    violations: { cursor: ['must be `next` of an earlier page of the same list, or be left out'] },
  })
