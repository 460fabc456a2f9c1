import { type LineToPlace, wordsHeight } from './layout.ts'
import type { PictureLine, PictureLot } from './picture-graph.ts'
import { roughWidth, wordSize, wordsOfLine } from './words.ts'

const beside = 14

const toPlaceOne = (line: PictureLine): LineToPlace => {
  const words = wordsOfLine(line)
  const width = Math.ceil(Math.max(...words.map((text) => roughWidth(text, wordSize)))) + beside
  return { id: line.id, source: line.source, target: line.target, words: { width, height: words.length * wordsHeight } }
}

/** What `layout` asks for: the ids of the lots, and the lines with the room that their words take. */
export const toPlace = (lots: readonly PictureLot[], lines: readonly PictureLine[]) =>
  [lots.map(({ lotId }) => lotId), lines.map(toPlaceOne)] as const
