import {
  type CursorKey,
  cursorOf,
  keyOfCursor,
  type Page,
  type Paging,
  strangeCursor,
  type ValidationFailed,
} from '@lotbook/domain'
import { Result } from 'effect'

const write = (key: CursorKey): string => Buffer.from(JSON.stringify(key)).toString('base64url')

const parse = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** Reads a cursor that an earlier page of the list gave: a key of the given shape. Anything else is refused. */
export const readCursor = <const K extends CursorKey>(
  paging: Paging,
  shape: K,
): Result.Result<{ -readonly [I in keyof K]: K[I] extends string ? string : number } | undefined, ValidationFailed> => {
  if (paging.after === null) return Result.succeed(undefined)
  const key = keyOfCursor(paging, parse(paging.after), shape)
  return key !== undefined
    ? Result.succeed(key as { -readonly [I in keyof K]: K[I] extends string ? string : number })
    : Result.fail(strangeCursor())
}

/** A list, or why its cursor is refused. */
export type Listed<A> = Result.Result<Page<A>, ValidationFailed>

/** One page, from more rows than it shows where there are more: they say that there is another page. */
export const pageOf = <R, A>(
  rows: readonly R[],
  paging: Paging,
  keyOf: (row: R) => CursorKey,
  show: (row: R) => A,
): Page<A> => {
  const shown = rows.slice(0, paging.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(show),
    next: last === undefined || rows.length <= paging.limit ? null : write(cursorOf(paging, keyOf(last))),
  }
}
