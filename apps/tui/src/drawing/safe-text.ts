/**
 * What could move the cursor, colour the screen, reverse the writing or hide: C0 and C1 controls, marks of direction,
 * characters without width, line and paragraph separators, tags, and halves of surrogate pairs.
 */
const unsafe = /\p{Cc}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu

/** A text as it may be drawn: line breaks and tabs become spaces, everything else that a terminal could act on `·`. */
export const safeText = (text: string): string =>
  text.replaceAll(unsafe, (found) => (found === '\n' || found === '\t' || found === '\r' ? ' ' : '·'))
