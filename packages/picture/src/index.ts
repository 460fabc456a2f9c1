export {
  LotBox,
  type LotBoxProps,
  StepLine,
  type StepLineProps,
  StepWords,
  TracePicture,
  type TracePictureProps,
} from './drawing.tsx'
export { boxSize, type LineToPlace, layout, type Placed, type PlacedLine, type Point } from './layout.ts'
export { darkPalette, lightPalette, type Palette, pagePalette, paletteVariables } from './palette.ts'
export { lotsOnce, type PictureLine, type PictureLot, type PictureStep, pictureLines } from './picture-graph.ts'
export { titleOf } from './title.ts'
export { toPlace } from './to-place.ts'
export { amount, wordsOfLot, wordsOfOrigin, wordsOfShare } from './words.ts'
