import { boxSize, type PictureLine } from '@lotbook/picture'
import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef, useState } from 'react'
import type { KnownLot, Side } from '../genealogy/genealogy.ts'
import type { Handle } from '../genealogy/shown.ts'
import { GraphTools } from './graph-tools.tsx'
import { Lines } from './lines.tsx'
import { LotNode } from './lot-node.tsx'
import { neighbour } from './neighbours.ts'
import { useGrowing } from './use-growing.ts'
import { type PlacedPicture, usePlaced } from './use-placed.ts'
import { type Area, useZoom } from './use-zoom.ts'

/** The picture of a trace, to be moved about in. */
export interface GraphViewProps {
  readonly root: string
  readonly lots: readonly KnownLot[]
  readonly lines: readonly PictureLine[]
  /** The lots that match what is looked for; null where nothing is. */
  readonly matching: ReadonlySet<string> | null
  /** The lot whose details are open; empty where there is none. */
  readonly chosen: string
  readonly handle: (lotId: string, side: Side) => Handle | undefined
  readonly onChoose: (lotId: string) => void
  readonly onToggle: (lotId: string, side: Side) => void
  readonly onEscape: () => void
  readonly onExpandAll: () => void
  readonly onCollapseAll: () => void
}

const ways = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'above', ArrowDown: 'below' } as const
const isWay = (key: string): key is keyof typeof ways => Object.hasOwn(ways, key)

const lotAt = (target: EventTarget): string | undefined =>
  target instanceof Element ? target.closest<SVGElement>('[data-lot]')?.dataset['lot'] : undefined

const sideAt = (target: EventTarget): Side | undefined => {
  const side = target instanceof Element ? target.closest<SVGElement>('[data-side]')?.dataset['side'] : undefined
  return side === 'up' || side === 'down' ? side : undefined
}

// A picture that would be too small to read begins at the traced lot.
const leastScaleAtFirst = 0.62
const scaleAtTracedLot = 0.8

const areaIn = (picture: PlacedPicture | undefined, lotId: string): Area | undefined => {
  const at = picture?.placed.boxes.get(lotId)
  return at === undefined ? undefined : { ...at, ...boxSize }
}

const focusLot = (lotId: string): void => {
  document.querySelector<SVGElement>(`[data-lot="${CSS.escape(lotId)}"]`)?.focus({ preventScroll: true })
}

/** Draws the picture and lets people walk in it. */
export const GraphView = (props: GraphViewProps) => {
  const { root, lots, lines, matching, chosen, handle, onChoose, onToggle, onEscape } = props
  const svg = useRef<SVGSVGElement>(null)
  const content = useRef<SVGGElement>(null)
  const zoom = useZoom(svg, content)
  const { picture, isBusy } = usePlaced(lots, lines)
  const drawn = useGrowing(picture?.lots.length ?? 0)
  const [reached, setCurrent] = useState(root)
  // Where the lot that was reached is no longer in the picture, keys begin at the traced one again.
  const current = picture?.placed.boxes.has(reached) === true ? reached : root
  const anchor = useRef<{ readonly lot: string; readonly area: Area }>(undefined)

  const areaOf = (lotId: string): Area | undefined => areaIn(picture, lotId)
  const all: Area = { x: 0, y: 0, width: picture?.placed.width ?? 1, height: picture?.placed.height ?? 1 }

  // At first all of it, or the traced lot where that would be too small to read; afterwards what was clicked stays.
  useLayoutEffect(() => {
    const start = areaIn(picture, root)
    if (picture === undefined || start === undefined) return
    const whole = { x: 0, y: 0, width: picture.placed.width, height: picture.placed.height }
    const kept = anchor.current
    if (kept === undefined) {
      const scale = zoom.scaleToFit(whole)
      if (scale >= leastScaleAtFirst) zoom.centre(whole, scale)
      else zoom.centre(start, scaleAtTracedLot)
      // Who has just searched goes on in the picture; who types the next search already is not disturbed.
      const { activeElement: at } = document
      if (at === document.body || (at instanceof HTMLInputElement && at.role === 'combobox' && at.value === ''))
        focusLot(root)
    } else zoom.follow(kept.area, areaIn(picture, kept.lot) ?? start)
    anchor.current = { lot: root, area: start }
  }, [picture, root, zoom])

  // Details make the picture narrower: the lot whose details open stays in it.
  useLayoutEffect(() => {
    const area = areaIn(picture, chosen)
    if (area !== undefined) zoom.reveal(area)
  }, [chosen])

  const focusOn = (lotId: string): void => {
    setCurrent(lotId)
    focusLot(lotId)
    const area = areaOf(lotId)
    if (area !== undefined) zoom.reveal(area)
  }

  const toggle = (lotId: string, side: Side): void => {
    const area = areaOf(lotId)
    if (area !== undefined) anchor.current = { lot: lotId, area }
    onToggle(lotId, side)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || picture === undefined) return
    const { key } = event
    const handled = (): boolean => {
      if (key === 'Escape') onEscape()
      else if (key === 'Home') focusOn(root)
      else if (key === '+' || key === '=') zoom.by(1.25)
      else if (key === '-') zoom.by(0.8)
      else if (key === '0') zoom.fit(all)
      else if (event.shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight'))
        toggle(current, key === 'ArrowLeft' ? 'up' : 'down')
      else if (isWay(key)) {
        const next = neighbour(picture, current, ways[key])
        if (next !== undefined) focusOn(next)
      } else if (key === 'Enter' || key === ' ') onChoose(current)
      else return false
      return true
    }
    if (handled()) event.preventDefault()
  }

  const onClick = (event: MouseEvent): void => {
    const lot = lotAt(event.target)
    if (lot === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const side = sideAt(event.target)
    focusOn(lot)
    if (side === undefined) onChoose(lot)
    else toggle(lot, side)
  }

  return (
    <div className="graph">
      <GraphTools
        onFit={() => zoom.fit(all)}
        onIn={() => zoom.by(1.25)}
        onOut={() => zoom.by(0.8)}
        onHome={() => focusOn(root)}
        onExpandAll={props.onExpandAll}
        onCollapseAll={props.onCollapseAll}
      />
      <svg
        ref={svg}
        className="canvas"
        role="application"
        aria-label="Picture of the trace. Arrow keys go from lot to lot, Enter opens one, Shift with left or right expands and collapses. The tables hold the same."
        aria-busy={isBusy}
        data-drawn={drawn}
        data-lots={picture?.lots.length ?? 0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={({ target }) => {
          const lot = lotAt(target)
          if (lot !== undefined) setCurrent(lot)
        }}
      >
        <g ref={content}>
          <Lines picture={picture} matching={matching} />
          {picture?.lots.slice(0, drawn).map((lot) => {
            const at = picture.placed.boxes.get(lot.lotId)
            return (
              at && (
                <LotNode
                  key={lot.lotId}
                  lot={lot}
                  at={at}
                  up={handle(lot.lotId, 'up')}
                  down={handle(lot.lotId, 'down')}
                  isFaint={matching !== null && !matching.has(lot.lotId)}
                  isChosen={lot.lotId === chosen}
                  isCurrent={lot.lotId === current}
                />
              )
            )
          })}
        </g>
      </svg>
      <p className="legend">
        ← made of, went into →. Percentages: the part of the traced lot that came through an input; the part of an
        output that came from the traced lot. Dashed: inferred. Dotted: a memo.
      </p>
      {isBusy && <p className="busy">Placing {lots.length} lots…</p>}
    </div>
  )
}
