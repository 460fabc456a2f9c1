import { Result } from 'effect'
import { cursorOf, keyOfCursor, strangeCursor } from '../../queries/paging.ts'
import type { ValidationFailed } from '../../refusals.ts'
import type { Page, Paging } from '../../store.ts'
import { bySortKey, type SortKey } from './order.ts'

const writeCursor = (key: SortKey): string => {
  const bytes = new TextEncoder().encode(JSON.stringify(key))
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

const readCursor = (cursor: string): unknown => {
  try {
    const text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof DOMException) return undefined
    throw cause
  }
}

/** Refuses a cursor that no page of this list gave. */
export const refuseStrangeCursor = (paging: Paging, shape: SortKey): Result.Result<void, ValidationFailed> =>
  paging.after === null || keyOfCursor(paging, readCursor(paging.after), shape) !== undefined
    ? Result.void
    : Result.fail(strangeCursor())

/** One page of a list, in order of its keys, which must differ. After a cursor that no page gave there is nothing. */
export const pageOf = <A, B>(
  items: Iterable<A>,
  keyOf: (item: A) => SortKey,
  paging: Paging,
  show: (item: A) => B,
): Page<B> => {
  const { limit, after, list } = paging
  const said = after === null ? [] : readCursor(after)
  if (!Array.isArray(said)) return { items: [], next: null }
  const start: SortKey = list === undefined ? said : said.slice(1)
  const rest = Array.from(items, (item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === null || bySortKey(key, start) > 0)
    .sort((left, right) => bySortKey(left.key, right.key))
  const shown = rest.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ item }) => show(item)),
    next: last === undefined || rest.length === shown.length ? null : writeCursor(cursorOf(paging, last.key)),
  }
}
