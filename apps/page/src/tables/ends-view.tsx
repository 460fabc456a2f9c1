import { shareText } from '@lotbook/domain'
import { amount } from '@lotbook/picture'
import { useMemo } from 'react'
import type { Api } from '../api/api.ts'
import type { Genealogy, KnownLot } from '../genealogy/genealogy.ts'
import { StatusChip } from '../status-chip.tsx'
import { type End, endsOf, onHandByUnit } from './ends.ts'
import { LotName } from './lots-table.tsx'
import { useScrapped } from './use-scrapped.ts'

// What stands in one of these belongs in the other where it was scrapped.
const byScrap: readonly string[] = ['Scrapped', 'Used up or closed']

interface EndCardProps {
  readonly end: End
  /** It is not known yet which lots were scrapped. */
  readonly isAsking: boolean
  readonly onChoose: (lotId: string) => void
}

const EndCard = ({ end, isAsking, onChoose }: EndCardProps) => (
  <section className="end">
    <h3>
      {end.name} <span className="count">{end.lots.length}</span>
    </h3>
    <p className="quiet">{isAsking ? 'Reading which lots were scrapped…' : end.about}</p>
    {end.name === 'On hand' && end.lots.length > 0 && <p className="sum">{onHandByUnit(end.lots).join(' + ')}</p>}
    <ul>
      {end.lots.map((lot: KnownLot) => (
        <li key={lot.lotId}>
          <LotName lot={lot} onChoose={onChoose} /> <StatusChip status={lot.effectiveStatus} />
          <span className="quiet line">
            {lot.materialPath}
            {lot.onHand === 0 ? '' : `, ${amount(lot.onHand, lot.unitOfMeasureSymbol)}`}
            {lot.share === null || lot.reach === 'SELF' ? '' : `, share ${shareText(lot)}`}
          </span>
        </li>
      ))}
    </ul>
  </section>
)

/** The lots whose ends are told. */
export interface EndsViewProps {
  readonly api: Api
  readonly genealogy: Genealogy
  readonly lots: readonly KnownLot[]
  readonly onChoose: (lotId: string) => void
}

/** What a trace ends in: what lies where, what was shipped, scrapped or used up, and where it began. */
export const EndsView = ({ api, genealogy, lots, onChoose }: EndsViewProps) => {
  const terminal = useMemo(() => new Set(genealogy.trace.terminalNodes), [genealogy])
  const gone = lots.filter(({ lotId, onHand, reach }) => terminal.has(lotId) && onHand <= 0 && reach !== 'ANCESTOR')
  const { lotIds: scrapped, isAsking } = useScrapped(
    api,
    gone.map(({ lotId }) => lotId),
  )
  return (
    <div className="ends" aria-busy={isAsking}>
      {endsOf(lots, terminal, scrapped).map((end) => (
        <EndCard key={end.name} end={end} isAsking={isAsking && byScrap.includes(end.name)} onChoose={onChoose} />
      ))}
    </div>
  )
}
