import { shareText } from '@lotbook/domain'
import { amount } from '@lotbook/picture'
import type { KnownLot } from '../genealogy/genealogy.ts'
import { StatusChip } from '../status-chip.tsx'
import { reachWords } from '../words.ts'
import { type Column, SortedTable } from './sorted-table.tsx'

/** A button with the name of a lot, that opens it. */
export const LotName = ({ lot, onChoose }: { lot: KnownLot; onChoose: (lotId: string) => void }) => (
  <button type="button" className="link" onClick={() => onChoose(lot.lotId)}>
    {lot.lotName}
  </button>
)

const columnsOf = (onChoose: (lotId: string) => void): readonly Column<KnownLot>[] => [
  { name: 'Lot', sortBy: ({ lotName }) => lotName, cell: (lot) => <LotName lot={lot} onChoose={onChoose} /> },
  { name: 'Material', sortBy: ({ materialPath }) => materialPath, cell: ({ materialPath }) => materialPath },
  {
    name: 'Status',
    sortBy: ({ effectiveStatus }) => effectiveStatus,
    cell: ({ effectiveStatus }) => <StatusChip status={effectiveStatus} />,
  },
  {
    name: 'On hand',
    isNumber: true,
    sortBy: ({ onHand }) => onHand,
    cell: ({ onHand, unitOfMeasureSymbol }) => amount(onHand, unitOfMeasureSymbol),
  },
  { name: 'Is', sortBy: ({ reach }) => reachWords[reach], cell: ({ reach }) => reachWords[reach] },
  { name: 'Steps away', isNumber: true, sortBy: ({ depth }) => depth, cell: ({ depth }) => depth },
  {
    name: 'Share',
    isNumber: true,
    sortBy: ({ share }) => share ?? -1,
    cell: (lot) => (lot.share === null ? '–' : shareText(lot)),
  },
]

/** The lots of a trace, nearest first. */
export const LotsTable = ({
  caption,
  lots,
  onChoose,
}: {
  readonly caption: string
  readonly lots: readonly KnownLot[]
  readonly onChoose: (lotId: string) => void
}) => <SortedTable caption={caption} columns={columnsOf(onChoose)} rows={lots} rowKey={({ lotId }) => lotId} />
