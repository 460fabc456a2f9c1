import { Box, Text } from 'ink'
import type { ReactNode } from 'react'
import { clip, fillTo, widthOf } from './fit.ts'
import { useStyle } from './look.ts'
import type { Tone } from './tone.ts'

/** A piece of a line. */
export interface Piece {
  readonly text: string
  readonly tone?: Tone | undefined
}

interface Placed extends Piece {
  /** The column at which it begins. */
  readonly at: number
}

/** Lays pieces side by side into a line of exactly `columns` columns: what does not fit is cut, the rest is filled. */
export const layOut = (pieces: readonly Piece[], columns: number): readonly Placed[] => {
  const placed: Placed[] = []
  let at = 0
  for (const { text, tone } of pieces) {
    const shown = clip(text, columns - at)
    if (shown !== '') placed.push({ text: shown, tone, at })
    at += widthOf(shown)
  }
  if (at < columns) placed.push({ text: fillTo('', columns - at), tone: 'plain', at })
  return placed
}

const Span = ({ text, tone = 'plain' }: Piece): ReactNode => <Text {...useStyle(tone)}>{text}</Text>

/** One line of the screen. The one place where text goes to the terminal: all of it is made safe by `layOut`. */
export const Line = ({
  columns,
  pieces,
  tone,
}: {
  readonly columns: number
  readonly pieces: readonly Piece[]
  /** For the whole line. */
  readonly tone?: Tone | undefined
}): ReactNode => (
  <Box height={1} width={columns}>
    <Text wrap="truncate">
      {layOut(pieces, columns).map(({ at, ...piece }) => (
        <Span key={at} {...piece} tone={tone ?? piece.tone} />
      ))}
    </Text>
  </Box>
)

/** Several lines. On a screen a line is nothing but its place. */
export const Lines = ({
  columns,
  lines,
}: {
  readonly columns: number
  readonly lines: readonly (readonly Piece[])[]
}): ReactNode =>
  lines
    .map((pieces, place) => ({ pieces, place }))
    .map(({ pieces, place }) => <Line key={place} columns={columns} pieces={pieces} />)
