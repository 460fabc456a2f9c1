import { Result } from 'effect'
import { strangeCursor } from '../../queries/paging.ts'
import type { ValidationFailed } from '../../refusals.ts'
import type { Page, Paging } from '../../store.ts'
import { bySortKey, type SortKey } from './order.ts'

// The cursor is the key of the last item shown, so a page stays right when items before it come or go.
const writeCursor = (key: SortKey): string => {
  const bytes = new TextEncoder().encode(JSON.stringify(key))
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

const readCursor = (cursor: string): SortKey | undefined => {
  try {
    const text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    const key: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return Array.isArray(key) ? (key as SortKey) : undefined
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof DOMException) return undefined
    throw cause
  }
}

/** Refuses a cursor that no page of this kind of list gave: its key has another shape, or it has none. */
export const refuseStrangeCursor = ({ after }: Paging, shape: SortKey): Result.Result<void, ValidationFailed> => {
  const key = after === null ? shape : readCursor(after)
  const fits = key?.length === shape.length && key.every((part, at) => typeof part === typeof shape[at])
  return fits ? Result.void : Result.fail(strangeCursor())
}

/** One page of a list, in order of its keys, which must differ. After a cursor that no page gave there is nothing. */
export const pageOf = <A, B>(
  items: Iterable<A>,
  keyOf: (item: A) => SortKey,
  { limit, after }: Paging,
  show: (item: A) => B,
): Page<B> => {
  const start = after === null ? [] : readCursor(after)
  if (start === undefined) return { items: [], next: null }
  const rest = Array.from(items, (item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === null || bySortKey(key, start) > 0)
    .sort((left, right) => bySortKey(left.key, right.key))
  const shown = rest.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ item }) => show(item)),
    next: last === undefined || rest.length === shown.length ? null : writeCursor(last.key),
  }
}
