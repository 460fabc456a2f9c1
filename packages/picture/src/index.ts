export {
  LotBox,
  type LotBoxProps,
  StepLine,
  type StepLineProps,
  TracePicture,
  type TracePictureProps,
} from './drawing.tsx'
export { boxSize, type LineToPlace, layout, type Placed, type PlacedLine, type Point } from './layout.ts'
export { darkPalette, lightPalette, type Palette, pagePalette, paletteVariables } from './palette.ts'
export {
  lotsOnce,
  type PictureLine,
  type PictureLot,
  type PictureStep,
  pictureLines,
  toPlace,
} from './picture-graph.ts'
export { titleOf } from './title.ts'
export { amount, percent, wordsOfLine, wordsOfLot, wordsOfShare, wordsOfStep } from './words.ts'
