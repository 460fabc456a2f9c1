import { readUlid } from '../identifiers/ulid.ts'

// Control and format characters (bidirectional overrides, zero-width and soft-hyphen characters, tags), line separators
// and fillers: none of them can be seen, and each of them can make one name look like another.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
// What is seen of them: signs before numbers, and selectors that choose a form of a picture, an ideograph or a letter.
const seen =
  /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]|(?<=\p{Extended_Pictographic}|[0-9#*](?=\ufe0f\u20e3))[\ufe0e\ufe0f]|(?<=\p{Unified_Ideograph})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]|(?<=\p{Script=Mongolian})[\u180b-\u180d\u180f]/gu
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** The longest name or path segment, in characters (code points). */
export const longestName = 255

/** The longest free text (notes, spare fields, labels), in characters (code points). */
export const longestText = 4000

/** What a name may be, as a sentence for a message. */
export const nameRule =
  'must be 1 to 255 visible characters without "/", control or zero-width characters, and must not look like a ULID'

/** What a path may be, as a sentence for a message. */
export const pathRule = `must be names joined by "/"; each ${nameRule}`

/** What free text may be, as a sentence for a message. */
export const textRule = `must be text of at most ${longestText} characters without control characters`

const plain = /^[\u0020-\u007e]*$/

/** Counts characters the way a person does: a surrogate pair is one. */
const lengthOf = (text: string): number => (plain.test(text) ? text.length : [...text].length)

// Text that is not plain: in one normal form, and with nothing in it that cannot be seen.
const readVisible = (text: string): string | undefined => {
  if (loneSurrogate.test(text)) return undefined
  const visible = text.normalize('NFC').trim()
  return invisible.test(visible.replaceAll(seen, '')) ? undefined : visible
}

/**
 * Reads a name: NFC, trimmed, 1 to 255 characters, nothing invisible, no `/`, and nothing that parses as a ULID
 * (so that “id or name” is never ambiguous). Returns undefined where the rule is broken.
 */
export const readName = (text: string): string | undefined => {
  if (text.length > longestName * 4) return undefined
  const isPlain = plain.test(text)
  const name = isPlain ? text.trim() : readVisible(text)
  if (name === undefined || name === '' || name.includes('/')) return undefined
  if ((isPlain ? name.length : lengthOf(name)) > longestName) return undefined
  return readUlid(name) === undefined ? name : undefined
}

/** Whether a text is 1 to 255 characters in NFC that can be seen, with no blanks around them. */
export const isVisible = (text: string): boolean => {
  if (text === '' || text.length > longestName * 4) return false
  const seenAs = plain.test(text) ? text.trim() : readVisible(text)
  return seenAs === text && lengthOf(text) <= longestName
}

/** Reads a path such as `Site/Area/Line`: one or more names joined by `/`. Returns undefined where the rule is broken. */
export const readPath = (text: string): string | undefined => {
  if (text.length > 4096) return undefined
  const names = text.split('/').map(readName)
  return names.includes(undefined) ? undefined : names.join('/')
}

/** Reads free text: NFC, at most 4,000 characters, no control characters but tab and line breaks, no lone surrogates. */
export const readText = (text: string): string | undefined => {
  if (plain.test(text)) return text.length <= longestText ? text : undefined
  if (text.length > longestText * 2 || control.test(text) || loneSurrogate.test(text)) return undefined
  const normal = text.normalize('NFC')
  return lengthOf(normal) <= longestText ? normal : undefined
}
