// Control characters and the invisible ones that change how a line reads: a terminal would obey them.
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** Text as it may be shown in a terminal: what cannot be seen is written as its number. */
export const forTerminal = (text: string): string =>
  text.replaceAll(unseen, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
