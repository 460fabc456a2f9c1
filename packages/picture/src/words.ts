import { shareText, type TraceNode } from '@lotbook/domain'
import type { PictureLine, PictureLot, PictureStep } from './picture-graph.ts'

const narrow = /[\p{Ll}\d.,:;'|!()[\]\s-]/u
const wide = /[\u1100-\uffdc\u{1f000}-\u{3fffd}]/u

// About how wide a character is, in parts of its font size: nothing can be measured where there is no screen.
const widthOf = (character: string): number => (wide.test(character) ? 1.05 : narrow.test(character) ? 0.57 : 0.72)

// What XML cannot hold.
const unfit = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** A text that any XML can hold. */
export const inXml = (text: string): string => text.replaceAll(unfit, '\ufffd')

/** About how wide a text is at a font size. */
export const roughWidth = (text: string, fontSize: number): number =>
  Array.from(text).reduce((sum, character) => sum + widthOf(character), 0) * fontSize

/** A text that is at most about so wide: where it is longer, its beginning and an ellipsis. */
export const shorten = (text: string, width: number, fontSize: number): string => {
  const characters = Array.from(inXml(text))
  const room = width / fontSize
  let used = 0
  let kept = 0
  for (const [index, character] of characters.entries()) {
    used += widthOf(character)
    if (used <= room - 1) kept = index + 1
    if (used > room) return `${characters.slice(0, kept).join('').trimEnd()}…`
  }
  return characters.join('')
}

/** A number with its unit. */
export const amount = (quantity: number, unit: string): string => `${quantity} ${unit}`

/** What stands on a line: `CONSUME 25 kg`, `inferred 25 kg`, `CONSUME memo`, `CONSUME 3 ×, 75 kg`. */
export const wordsOfStep = ({ lotRecordType, quantity, unitOfMeasureSymbol, inferred, count }: PictureStep): string => {
  const times = count > 1 ? ` ${count} ×,` : ''
  const much = quantity === null ? 'memo' : amount(quantity, unitOfMeasureSymbol)
  return `${inferred ? 'inferred' : lotRecordType}${times} ${much}`
}

/** How many kinds of steps are told on one line; what is more is counted. */
const mostWords = 3

/** The font size of what stands on a line. */
export const wordSize = 11.5

/** A line in words: one for each kind of step, as many as there is room for. */
export const wordsOfLine = ({ steps }: PictureLine): readonly string[] =>
  steps.length <= mostWords + 1
    ? steps.map(wordsOfStep)
    : [...steps.slice(0, mostWords).map(wordsOfStep), `and ${steps.length - mostWords} more kinds`]

const reachWords = {
  SELF: 'the traced lot',
  ANCESTOR: 'went into the traced lot',
  DESCENDANT: 'made from the traced lot',
  BESIDE: 'beside the trace',
} as const

const partOf = (share: number, unit: string | null, lot: string): string => {
  const part = shareText({ share, shareUnitOfMeasureSymbol: null })
  return unit === null ? `${part} of ${lot}` : `${part} of the ${unit} in ${lot}`
}

/** What a share says of a lot, in words; undefined where there is none. */
export const wordsOfShare = ({ share, shareUnitOfMeasureSymbol: unit, reach }: PictureLot): string | undefined => {
  if (share === null || reach === 'SELF' || reach === 'BESIDE') return undefined
  return reach === 'ANCESTOR'
    ? `${partOf(share, unit, 'the traced lot')} came through it`
    : `${partOf(share, unit, 'it')} came through the traced lot`
}

/** How much of the traced lot began at another lot, in words; undefined where nothing did. */
export const wordsOfOrigin = ({
  originShare,
  shareUnitOfMeasureSymbol: unit,
  reach,
}: Pick<PictureLot, 'shareUnitOfMeasureSymbol' | 'reach'> & Pick<TraceNode, 'originShare'>): string | undefined =>
  originShare === null || originShare <= 0 || reach === 'SELF'
    ? undefined
    : `${partOf(originShare, unit, 'the traced lot')} began here`

/** What stands of a share on a box: `30 %`, or `30 % of kg` where something else went in too; empty where there is none. */
export const shareOnBox = ({ reach, ...shared }: PictureLot): string =>
  reach === 'SELF' || reach === 'BESIDE' ? '' : shareText(shared)

/** A lot in one sentence, for who cannot see it. */
export const wordsOfLot = (lot: PictureLot): string =>
  [
    lot.lotName,
    lot.materialPath,
    lot.effectiveStatus,
    `${amount(lot.onHand, lot.unitOfMeasureSymbol)} on hand`,
    wordsOfShare(lot) ?? reachWords[lot.reach],
  ].join(', ')
