import { Hash } from 'effect'
import { textField, wholeWordField } from '../fields.ts'
import { ValidationFailed } from '../refusals.ts'
import type { Paging } from '../store.ts'

/** How many items a page holds unless asked otherwise. */
export const pageSize = 50
/** How many items a page holds at most. */
export const largestPage = 200

/** The fields of a query that ask for a page. */
export const paging = { limit: wholeWordField(1, largestPage), cursor: textField }

/** Which page of a list a query asks for. All but `limit` and `cursor` says which list: its order and its filters. */
export const pagingOf = (
  list: string,
  { limit, cursor, ...filters }: { readonly limit: number | null; readonly cursor: string | null },
): Paging => ({
  limit: limit ?? pageSize,
  after: cursor,
  list: `${list} ${Hash.string(JSON.stringify(filters))}`,
})

/** The values that place an item in its list, most significant first. */
export type CursorKey = readonly (string | number)[]

/** What a cursor says: the list, and the key of the last item shown, so a page stays right when items before it come or go. */
export const cursorOf = ({ list }: Paging, key: CursorKey): CursorKey => (list === undefined ? key : [list, ...key])

/** The key that a cursor says; undefined where it is of another list, or its key has another shape. */
export const keyOfCursor = (paging: Paging, said: unknown, shape: CursorKey): CursorKey | undefined => {
  const whole = cursorOf(paging, shape)
  if (!Array.isArray(said) || said.length !== whole.length) return undefined
  if (!said.every((part, at) => typeof part === typeof whole[at])) return undefined
  if (paging.list === undefined) return said
  return said[0] === paging.list ? said.slice(1) : undefined
}

/** The refusal of a cursor that no page of the list gave. */
export const strangeCursor = (): ValidationFailed =>
  new ValidationFailed({
    violations: { cursor: ['must be `next` of an earlier page of the same list, or be left out'] },
  })
