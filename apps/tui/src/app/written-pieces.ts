import type { Piece } from '../drawing/text.tsx'

/** The pieces of a line that is being written: the character at the cursor is inverse. */
export const writtenPieces = ({ text, at }: { readonly text: string; readonly at: number }): readonly Piece[] => {
  const all = [...text]
  return [
    { text: all.slice(0, at).join('') },
    { text: all[at] ?? ' ', tone: 'chosen' },
    { text: all.slice(at + 1).join('') },
  ]
}
