/**
 * What could move the cursor, colour the screen, reverse the writing or hide: C0 and C1 controls, marks of direction,
 * characters without width, line and paragraph separators, tags, and halves of surrogate pairs.
 */
const unsafe =
  /[\p{Cc}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]|\p{Cs}/gu

/** A text as it may be drawn: line breaks and tabs become spaces, everything else that a terminal could act on `·`. */
export const safeText = (text: string): string =>
  text.replaceAll(unsafe, (found) => (found === '\n' || found === '\t' || found === '\r' ? ' ' : '·'))
