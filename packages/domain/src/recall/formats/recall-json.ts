import type { RecallView } from '../recall-view.ts'

const lotsPerPiece = 100

/** A recall as JSON, piece by piece: a large one in one piece would keep others waiting. */
export function* recallJson({ lots, ...rest }: RecallView): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"lots":[`
  for (let at = 0; at < lots.length; at += lotsPerPiece) {
    const texts = lots.slice(at, at + lotsPerPiece).map((lot) => JSON.stringify(lot))
    yield (at === 0 ? '' : ',') + texts.join(',')
  }
  yield ']}'
}
