import { boxSize, LotBox, type Point, pagePalette, wordsOfLot } from '@lotbook/picture'
import { memo } from 'react'
import type { KnownLot, Side } from '../genealogy/genealogy.ts'
import type { Handle } from '../genealogy/shown.ts'

/** A lot that can be clicked and reached by keyboard. */
export interface LotNodeProps {
  readonly lot: KnownLot
  readonly at: Point
  readonly up: Handle | undefined
  readonly down: Handle | undefined
  /** It does not match what is looked for. */
  readonly isFaint: boolean
  readonly isChosen: boolean
  readonly isCurrent: boolean
}

const signs = { expand: '+', collapse: '−', ask: '+' } as const
const about = { up: 'what it was made of', down: 'what it went into' } as const

const HandleMark = ({ handle, side }: { readonly handle: Handle; readonly side: Side }) => {
  const count = handle.hidden > 0 ? String(handle.hidden) : ''
  const width = 20 + (count === '' ? 0 : 4 + count.length * 7)
  const x = side === 'up' ? -width / 2 : boxSize.width - width / 2
  return (
    <g className={`handle ${handle.does}`} data-side={side} transform={`translate(${x} ${boxSize.height / 2 - 10})`}>
      <title>{`${handle.does === 'collapse' ? 'Hide' : 'Show'} ${about[side]}`}</title>
      <rect width={width} height={20} rx={10} />
      <text x={width / 2} y={14.5} textAnchor="middle" fontSize={13} fontWeight={700}>
        {signs[handle.does]}
        {count}
      </text>
    </g>
  )
}

const state = (handle: Handle | undefined, name: string): string => {
  if (handle === undefined || handle.does === 'ask') return ''
  return handle.does === 'collapse' ? `, ${name} shown` : `, ${handle.hidden} more ${name}`
}

const LotNodeNow = ({ lot, at, up, down, isFaint, isChosen, isCurrent }: LotNodeProps) => (
  <g
    role="button"
    className={`lot${isFaint ? ' faint' : ''}${isChosen ? ' chosen' : ''}`}
    data-lot={lot.lotId}
    tabIndex={isCurrent ? 0 : -1}
    aria-label={`${wordsOfLot(lot)}${state(up, 'inputs')}${state(down, 'outputs')}`}
    aria-pressed={isChosen}
    transform={`translate(${at.x} ${at.y})`}
  >
    <rect className="ring" x={-5} y={-5} width={boxSize.width + 10} height={boxSize.height + 10} rx={12} />
    <LotBox lot={lot} palette={pagePalette} />
    {up && <HandleMark handle={up} side="up" />}
    {down && <HandleMark handle={down} side="down" />}
  </g>
)

const sameHandle = (first: Handle | undefined, second: Handle | undefined): boolean =>
  first?.does === second?.does && first?.hidden === second?.hidden

/** Draws a lot with its handles; again only where something of it is another. */
export const LotNode = memo(
  LotNodeNow,
  (before, after) =>
    before.lot === after.lot &&
    before.at.x === after.at.x &&
    before.at.y === after.at.y &&
    before.isFaint === after.isFaint &&
    before.isChosen === after.isChosen &&
    before.isCurrent === after.isCurrent &&
    sameHandle(before.up, after.up) &&
    sameHandle(before.down, after.down),
)
