/** What a list is ordered by, most significant first. Lists of one kind have keys of one shape. */
export type SortKey = readonly (string | number)[]

// UTF-16 puts surrogates before U+E000…U+FFFF; code points put them after.
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

/** Orders text by code point, as every engine does. */
export const byCodePoint = (left: string, right: string): number => {
  const shared = Math.min(left.length, right.length)
  for (let i = 0; i < shared; i++) {
    const difference = rank(left.charCodeAt(i)) - rank(right.charCodeAt(i))
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Orders keys of one shape: numbers by size, text by code point. */
export const bySortKey = (left: SortKey, right: SortKey): number => {
  for (const [i, a] of left.entries()) {
    const b = right[i]
    const difference = typeof a === 'number' && typeof b === 'number' ? a - b : byCodePoint(String(a), String(b ?? ''))
    if (difference !== 0) return difference
  }
  return 0
}
