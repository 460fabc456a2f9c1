import { memo } from 'react'
import { boxSize, type Placed, type PlacedLine, wordsHeight } from './layout.ts'
import type { Palette } from './palette.ts'
import type { PictureLine, PictureLot } from './picture-graph.ts'
import { amount, inXml, roughWidth, shareOnBox, shorten, wordSize, wordsOfLine, wordsOfLot } from './words.ts'

/** The font of a picture: whatever the screen or the paper has. */
const fontFamily = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"

/** A lot as a box at 0, 0. */
export interface LotBoxProps {
  readonly lot: PictureLot
  readonly palette: Palette
}

const { width, height } = boxSize
const left = 16
const right = width - 12
const chipSize = 11

/** What is on hand, in words as far as there is room for them. */
const stockWords = (quantity: string, room: number): string => {
  const words = `${quantity} on hand`
  return roughWidth(words, 12) <= room ? inXml(words) : shorten(quantity, room, 12)
}

const LotBoxNow = ({ lot, palette }: LotBoxProps) => {
  const { lotName, materialName, effectiveStatus, onHand, unitOfMeasureSymbol, reach } = lot
  const colours = palette.status[effectiveStatus]
  const isTraced = reach === 'SELF'
  const corner = isTraced ? 'traced lot' : shareOnBox(lot)
  const chip = effectiveStatus.length * 7.3 + 14
  const stock = stockWords(amount(onHand, unitOfMeasureSymbol), right - left - chip - 8)
  return (
    <>
      <title>{inXml(wordsOfLot(lot))}</title>
      <rect
        width={width}
        height={height}
        rx={8}
        fill={palette.card}
        stroke={isTraced ? palette.accent : palette.border}
        strokeWidth={isTraced ? 3 : 1}
      />
      <path d={`M8 1 Q1 1 1 8 V${height - 8} Q1 ${height - 1} 8 ${height - 1} Z`} fill={colours.bar} />
      <text x={left} y={24} fontSize={14} fontWeight={650} fill={palette.text}>
        {shorten(lotName, right - left, 14.6)}
      </text>
      <text className="detail" x={left} y={43} fontSize={12} fill={palette.muted}>
        {shorten(materialName, right - left - (corner === '' ? 0 : 84), 12)}
      </text>
      <text
        className="detail"
        x={right}
        y={43}
        fontSize={12}
        fontWeight={600}
        textAnchor="end"
        fill={isTraced ? palette.accent : palette.text}
      >
        {corner}
      </text>
      <rect x={left} y={54} width={chip} height={18} rx={4} fill={colours.ground} />
      <text x={left + 7} y={67} fontSize={chipSize} fontWeight={700} fill={colours.text} textLength={chip - 14}>
        {effectiveStatus}
      </text>
      <text className="detail" x={right} y={67.5} fontSize={12} textAnchor="end" fill={palette.text}>
        {stock}
      </text>
    </>
  )
}

/** Draws a lot: its name, its material, its share, its status and what is on hand. */
export const LotBox = memo(LotBoxNow)

/** Steps as a line. */
export interface StepLineProps {
  readonly line: PictureLine
  readonly placed: PlacedLine
  readonly palette: Palette
}

const pathOf = ({ points }: PlacedLine): string => {
  const [first, ...rest] = points
  if (first === undefined) return ''
  let { x, y } = first
  const curves = rest.map((point) => {
    const middle = Math.round(((x + point.x) / 2) * 10) / 10
    const curve = y === point.y ? `H${point.x}` : `C${middle} ${y} ${middle} ${point.y} ${point.x} ${point.y}`
    x = point.x
    y = point.y
    return curve
  })
  return `M${first.x} ${first.y}${curves.join('')}`
}

const headOf = ({ points }: PlacedLine): string => {
  const [before, end] = points.slice(-2)
  if (before === undefined || end === undefined) return ''
  return `M${end.x} ${end.y}l-9 -4.5v9Z`
}

const isMemo = ({ steps }: PictureLine): boolean => steps.every(({ memo: only }) => only)
const isUnsure = ({ steps }: PictureLine): boolean => steps.every(({ inferred, memo: only }) => inferred || only)

const StepLineNow = ({ line, placed, palette }: StepLineProps) => (
  <>
    <path
      d={pathOf(placed)}
      fill="none"
      stroke={palette.step}
      strokeWidth={1.6}
      strokeDasharray={isMemo(line) ? '2 4' : isUnsure(line) ? '7 5' : undefined}
    />
    <path d={headOf(placed)} fill={palette.step} />
  </>
)

/** Draws what went from one lot into another: broken where nobody wrote down that it went from one to the other. */
export const StepLine = memo(StepLineNow)

const StepWordsNow = ({ line, placed, palette }: StepLineProps) => {
  const words = wordsOfLine(line)
  const wide = Math.round(Math.max(...words.map((text) => roughWidth(text, wordSize))))
  const high = words.length * wordsHeight
  const top = placed.words.y - high / 2
  return (
    <>
      <rect x={placed.words.x - wide / 2 - 3} y={top} width={wide + 6} height={high} fill={palette.ground} />
      {words.map((text, index) => (
        <text
          key={text}
          x={placed.words.x}
          y={top + index * wordsHeight + 11.5}
          fontSize={wordSize}
          fontStyle={isUnsure(line) ? 'italic' : undefined}
          textAnchor="middle"
          fill={palette.muted}
        >
          {inXml(text)}
        </text>
      ))}
    </>
  )
}

/** Draws the words of a line: the types and quantities of its steps. They stand over all lines. */
export const StepWords = memo(StepWordsNow)

/** A whole picture. */
export interface TracePictureProps {
  readonly lots: readonly PictureLot[]
  readonly lines: readonly PictureLine[]
  readonly placed: Placed
  readonly palette: Palette
  readonly title: string
}

const captionHeight = 44

/** Draws a trace, to stand by itself: with its title and what the broken lines mean. */
export const TracePicture = ({ lots, lines, placed, palette, title }: TracePictureProps) => {
  const size = { width: Math.max(placed.width, 1060), height: placed.height + captionHeight }
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      {...size}
      viewBox={`0 0 ${size.width} ${size.height}`}
      fontFamily={fontFamily}
      role="img"
    >
      <title>{inXml(title)}</title>
      <rect {...size} fill={palette.ground} />
      <text x={24} y={28} fontSize={16} fontWeight={650} fill={palette.text}>
        {shorten(title, size.width - 48, 16)}
      </text>
      <text x={24} y={46} fontSize={11.5} fill={palette.muted}>
        Material goes from left to right. A share is the part of the traced lot that came through an input, or the part
        of an output that came from the traced lot. Dashed: inferred from one operation. Dotted: a memo.
      </text>
      <g transform={`translate(0 ${captionHeight})`}>
        {lines.map((line) => {
          const at = placed.lines.get(line.id)
          return at && <StepLine key={line.id} line={line} placed={at} palette={palette} />
        })}
        {lines.map((line) => {
          const at = placed.lines.get(line.id)
          return at && <StepWords key={line.id} line={line} placed={at} palette={palette} />
        })}
        {lots.map((lot) => {
          const box = placed.boxes.get(lot.lotId)
          return (
            box && (
              <g key={lot.lotId} transform={`translate(${box.x} ${box.y})`}>
                <LotBox lot={lot} palette={palette} />
              </g>
            )
          )
        })}
      </g>
    </svg>
  )
}
