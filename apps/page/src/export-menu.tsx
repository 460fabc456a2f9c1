import type { TraceEdge } from '@lotbook/domain'
import type { PictureLine } from '@lotbook/picture'
import { titleOf } from '@lotbook/picture'
import { useState } from 'react'
import type { Api } from './api/api.ts'
import { asError } from './details/use-fetched.ts'
import type { Genealogy, KnownLot } from './genealogy/genealogy.ts'
import { pngFile, save, svgFile } from './graph/export-picture.tsx'
import { placeOnce } from './graph/use-placed.ts'
import { csvFile } from './tables/csv-file.ts'

/** What is written into files. */
export interface ExportMenuProps {
  readonly api: Api
  readonly genealogy: Genealogy
  /** What is in the picture. */
  readonly lots: readonly KnownLot[]
  readonly lines: readonly PictureLine[]
  /** What is in the tables. */
  readonly listed: readonly KnownLot[]
  readonly steps: readonly TraceEdge[]
  /** It is known what matches what is looked for. */
  readonly isKnown: boolean
  readonly tell: (text: string) => void
}

const formats = ['PNG', 'SVG', 'CSV', 'Recall report'] as const
type Format = (typeof formats)[number]

const endings: Readonly<Record<Format, string>> = { PNG: 'png', SVG: 'svg', CSV: 'csv', 'Recall report': 'html' }

/** Writes the picture as PNG or SVG, the trace as CSV, and the report of a recall, which prints. */
export const ExportMenu = ({ api, genealogy, lots, lines, listed, steps, isKnown, tell }: ExportMenuProps) => {
  const [busy, setBusy] = useState('')
  const { trace } = genealogy
  const name = genealogy.lots.get(trace.lotId)?.lotName ?? ''

  const fileOf = async (format: Format): Promise<Blob> => {
    if (format === 'Recall report') return api.recallReport(trace.lotId)
    if (format === 'CSV') return csvFile(trace, listed, steps)
    const parts = { lots, lines, placed: await placeOnce(lots, lines), title: titleOf(trace) }
    return format === 'PNG' ? pngFile(parts) : svgFile(parts)
  }
  const write = async (format: Format): Promise<void> => {
    setBusy(format)
    try {
      const what = format === 'Recall report' ? 'recall' : 'trace'
      const file = `${what} ${name}.${endings[format]}`
      save(await fileOf(format), file)
      const isOfNow = format === 'Recall report' && trace.asOf !== null
      tell(isOfNow ? 'Recall report is ready. It tells what is known now, not as of that day.' : `${format} is ready.`)
    } catch (cause) {
      tell(asError(cause).message)
    }
    setBusy('')
  }

  return (
    <fieldset className="export">
      <legend>Export</legend>
      {formats.map((format) => (
        <button
          key={format}
          type="button"
          disabled={busy !== '' || !(isKnown || format === 'Recall report')}
          onClick={() => void write(format)}
        >
          {busy === format ? `${format}…` : format}
        </button>
      ))}
      <button type="button" onClick={() => print()}>
        Print
      </button>
    </fieldset>
  )
}
