import type { TraceEdge } from '@lotbook/domain'
import type { KnownLot } from '../genealogy/genealogy.ts'
import { showMoment, showSource, showStep } from '../words.ts'
import { LotName } from './lots-table.tsx'
import { type Column, SortedTable } from './sorted-table.tsx'

/** The steps of a trace as rows. */
export interface StepsTableProps {
  readonly caption: string
  readonly steps: readonly TraceEdge[]
  readonly lots: ReadonlyMap<string, KnownLot>
  readonly onChoose: (lotId: string) => void
}

/** The steps between lots: when, which record, how much, from which lot into which. */
export const StepsTable = ({ caption, steps, lots, onChoose }: StepsTableProps) => {
  const nameOf = (lotId: string): string => lots.get(lotId)?.lotName ?? lotId
  const name = (lotId: string) => {
    const lot = lots.get(lotId)
    return lot === undefined ? lotId : <LotName lot={lot} onChoose={onChoose} />
  }
  const when = ({ endDate, startDate }: TraceEdge): string => endDate ?? startDate
  const columns: readonly Column<TraceEdge>[] = [
    { name: 'When', sortBy: when, cell: (step) => showMoment(when(step)) },
    { name: 'Record', sortBy: ({ lotRecordType }) => lotRecordType, cell: ({ lotRecordType }) => lotRecordType },
    { name: 'Quantity', isNumber: true, sortBy: ({ quantity }) => quantity ?? -1, cell: showStep },
    { name: 'From lot', sortBy: ({ source }) => nameOf(source), cell: ({ source }) => name(source) },
    { name: 'Into lot', sortBy: ({ target }) => nameOf(target), cell: ({ target }) => name(target) },
    { name: 'Known by', sortBy: showSource, cell: showSource },
  ]
  const key = ({ source, target, recordIds }: TraceEdge): string => [source, target, ...recordIds].join(' ')
  return <SortedTable caption={caption} columns={columns} rows={steps} rowKey={key} />
}
