import { pagePalette, StepLine, StepWords } from '@lotbook/picture'
import { memo } from 'react'
import type { PlacedPicture } from './use-placed.ts'

/** What goes from lot to lot. */
export interface LinesProps {
  readonly picture: PlacedPicture | undefined
  readonly matching: ReadonlySet<string> | null
}

const LinesNow = ({ picture, matching }: LinesProps) => {
  const drawn = picture?.lines.flatMap((line) => {
    const placed = picture.placed.lines.get(line.id)
    const isFaint = matching !== null && !(matching.has(line.source) && matching.has(line.target))
    return placed === undefined ? [] : [{ line, placed, faint: isFaint ? ' faint' : '' }]
  })
  return (
    <>
      {drawn?.map(({ line, placed, faint }) => (
        <g key={line.id} className={`step${faint}`}>
          <StepLine line={line} placed={placed} palette={pagePalette} />
        </g>
      ))}
      {drawn?.map(({ line, placed, faint }) => (
        <g key={line.id} className={`detail${faint}`}>
          <StepWords line={line} placed={placed} palette={pagePalette} />
        </g>
      ))}
    </>
  )
}

/** Draws the lines, and their words over all of them. */
export const Lines = memo(LinesNow)
