import { type LineToPlace, layout, type Placed } from '@lotbook/picture/layout'

/** What the page asks: the lots and lines of one picture, with a number to tell it from others. */
export interface LayoutQuestion {
  readonly number: number
  readonly lots: readonly string[]
  readonly lines: readonly LineToPlace[]
}

/** Where everything stands. */
export interface LayoutAnswer {
  readonly number: number
  readonly placed: Placed
}

addEventListener('message', ({ data }: MessageEvent<LayoutQuestion>) => {
  const answer: LayoutAnswer = { number: data.number, placed: layout(data.lots, data.lines) }
  postMessage(answer)
})
