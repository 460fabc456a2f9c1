import { type Page, type Paging, strangeCursor, type ValidationFailed } from '@lotbook/domain'
import { Result } from 'effect'

/** The values that place an item in its list, most significant first. */
export type Key = readonly (string | number)[]

// The cursor is the key of the last item shown, so a page stays right when items before it come or go.
const write = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url')

const parse = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

const isKey = <K extends Key>(key: unknown, shape: K): key is K =>
  Array.isArray(key) && key.length === shape.length && key.every((part, at) => typeof part === typeof shape[at])

/** Reads a cursor that an earlier page gave: a key of the given shape. Anything else is refused. */
export const readCursor = <const K extends Key>(
  { after }: Paging,
  shape: K,
): Result.Result<{ -readonly [I in keyof K]: K[I] extends string ? string : number } | undefined, ValidationFailed> => {
  if (after === null) return Result.succeed(undefined)
  const key = parse(after)
  return isKey(key, shape)
    ? Result.succeed(key as { -readonly [I in keyof K]: K[I] extends string ? string : number })
    : Result.fail(strangeCursor())
}

/** A list, or why its cursor is refused. */
export type Listed<A> = Result.Result<Page<A>, ValidationFailed>

/** One page, from one row more than it shows: that row says whether there is another page. */
export const pageOf = <R, A>(
  rows: readonly R[],
  { limit }: Paging,
  keyOf: (row: R) => Key,
  show: (row: R) => A,
): Page<A> => {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(show),
    next: last === undefined || rows.length <= limit ? null : write(keyOf(last)),
  }
}
