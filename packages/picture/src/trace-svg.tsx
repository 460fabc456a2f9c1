import type { TraceView } from '@lotbook/domain'
import { renderToStaticMarkup } from 'react-dom/server'
import { TracePicture } from './drawing.tsx'
import { layout, type Placed } from './layout.ts'
import { lightPalette } from './palette.ts'
import { lotsOnce, type PictureLine, type PictureLot, pictureLines } from './picture-graph.ts'
import { titleOf } from './title.ts'
import { toPlace } from './to-place.ts'

/** How many lots a picture on paper has at most: beyond, nobody can read it. */
export const mostLotsInSvg = 500
/** How many lines it has at most. */
export const mostLinesInSvg = 1500

/** What a picture of a trace shows. */
export interface PictureParts {
  readonly lots: readonly PictureLot[]
  readonly lines: readonly PictureLine[]
}

/** What is to be drawn of a trace, or why it is too large. */
export const partsOf = (trace: TraceView): PictureParts | { readonly why: string } => {
  const lots = lotsOnce(trace.nodes)
  const lines = pictureLines(trace.edges)
  return lots.length > mostLotsInSvg || lines.length > mostLinesInSvg
    ? {
        why: `is drawn for at most ${mostLotsInSvg} lots and ${mostLinesInSvg} lines, and this trace has ${lots.length} and ${lines.length}: give a direction or a smaller depth, or take DOT`,
      }
    : { lots, lines }
}

/** A picture as SVG, once it is known where everything stands. */
export const svgText = (trace: TraceView, { lots, lines }: PictureParts, placed: Placed): string => {
  const picture = (
    <TracePicture lots={lots} lines={lines} placed={placed} palette={lightPalette} title={titleOf(trace)} />
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderToStaticMarkup(picture)}\n`
}

/** Draws a trace as SVG, or says why it is too large for that. The same trace is the same text. */
export const traceSvg = (trace: TraceView): { readonly svg: string } | { readonly why: string } => {
  const parts = partsOf(trace)
  return 'why' in parts ? parts : { svg: svgText(trace, parts, layout(...toPlace(parts.lots, parts.lines))) }
}
