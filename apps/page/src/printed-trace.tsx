import type { TraceEdge } from '@lotbook/domain'
import { lightPalette, type PictureLine, type Placed, TracePicture, titleOf, toPlace } from '@lotbook/picture'
import { layout } from '@lotbook/picture/layout'
import { useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Genealogy, KnownLot } from './genealogy/genealogy.ts'
import { LotsTable } from './tables/lots-table.tsx'
import { StepsTable } from './tables/steps-table.tsx'

/** What is printed. */
export interface PrintedTraceProps {
  readonly genealogy: Genealogy
  readonly lots: readonly KnownLot[]
  readonly lines: readonly PictureLine[]
  readonly listed: readonly KnownLot[]
  readonly steps: readonly TraceEdge[]
  /** How many lots the filters let through, in words; null where nothing is filtered. */
  readonly filtered: string | null
}

// More cannot be read on a page, and would keep the browser waiting.
const mostOnPaper = 150

/** The trace on paper: the picture, where it fits, and both tables. It is there only while the browser prints. */
export const PrintedTrace = ({ genealogy, lots, lines, listed, steps, filtered }: PrintedTraceProps) => {
  const [placed, setPlaced] = useState<Placed | 'too many'>()
  // In the render that changes what is shown: paper never gets what was there before.
  useLayoutEffect(() => {
    const begin = (): void => {
      const fits = lots.length <= mostOnPaper && lines.length <= 2 * mostOnPaper
      flushSync(() => setPlaced(fits ? layout(...toPlace(lots, lines)) : 'too many'))
    }
    const end = (): void => setPlaced(undefined)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [lots, lines])
  if (placed === undefined) return null
  const nothing = (): void => setPlaced(undefined)
  return (
    <div className="printed">
      <p>
        Printed {new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC from {location.origin};{' '}
        {filtered === null ? 'no filter' : `filtered: ${filtered} lots match`}.
      </p>
      {placed !== 'too many' && (
        <TracePicture
          lots={lots}
          lines={lines}
          placed={placed}
          palette={lightPalette}
          title={titleOf(genealogy.trace)}
        />
      )}
      <LotsTable caption={`Lots: ${listed.length}`} lots={listed} onChoose={nothing} />
      <StepsTable caption={`Steps: ${steps.length}`} steps={steps} lots={genealogy.lots} onChoose={nothing} />
    </div>
  )
}
