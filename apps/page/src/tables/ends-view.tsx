import { shareText } from '@lotbook/domain'
import { amount } from '@lotbook/picture'
import { useMemo } from 'react'
import type { Api } from '../api/api.ts'
import { useFetched } from '../details/use-fetched.ts'
import type { Genealogy, KnownLot } from '../genealogy/genealogy.ts'
import { StatusChip } from '../status-chip.tsx'
import { type End, endsOf, goesFurther, sumsByUnit } from './ends.ts'
import { LotName } from './lots-table.tsx'

// Units are added where a quantity ended; what is left of an origin belongs to other lots too.
const withoutSum: readonly string[] = ['Used up or closed', 'Origins']

const EndCard = ({ end, onChoose }: { readonly end: End; readonly onChoose: (lotId: string) => void }) => (
  <section className="end">
    <h3>
      {end.name} <span className="count">{end.lots.length}</span>
    </h3>
    <p className="quiet">{end.about}</p>
    {end.lots.length > 0 && !withoutSum.includes(end.name) && <p className="sum">{sumsByUnit(end.lots).join(' + ')}</p>}
    <ul>
      {end.lots.map(({ lot, quantity }) => (
        <li key={lot.lotId}>
          <LotName lot={lot} onChoose={onChoose} /> <StatusChip status={lot.effectiveStatus} />
          <span className="quiet line">
            {lot.materialPath}
            {quantity === 0 ? '' : `, ${amount(quantity, lot.unitOfMeasureSymbol)}`}
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

const notAsked = {
  ANCESTORS: 'Where it went was not asked for: choose both ways.',
  DESCENDANTS: 'Where it began was not asked for: choose both ways.',
  BOTH: '',
} as const

/** What a trace ends in: what lies where, what was shipped, returned, scrapped or used up, and where it began. */
export const EndsView = ({ api, genealogy, lots, onChoose }: EndsViewProps) => {
  const { trace } = genealogy
  const recall = useFetched(`${trace.lotId} ${trace.asOf}`, (signal) => api.recall(trace, signal))
  const recalled = useMemo(
    () => (recall.kind === 'ready' ? new Map(recall.value.lots.map((lot) => [lot.lotId, lot])) : undefined),
    [recall],
  )
  const shown = useMemo(() => new Set(lots.map(({ lotId }) => lotId)), [lots])
  const isOlder = recalled && trace.nodes.some(({ lotId, reach }) => reach !== 'ANCESTOR' && !recalled.has(lotId))
  const further = goesFurther(trace)
  return (
    <div aria-busy={recall.kind === 'loading'} className="ended">
      {recall.kind === 'loading' && <p className="note">Reading where it lies and what was shipped…</p>}
      {recall.kind === 'failed' && (
        <p className="note warning" role="alert">
          It cannot be told where it lies and what was shipped: {recall.error.message}
        </p>
      )}
      {isOlder && (
        <p className="note warning" role="alert">
          The ledger has changed since this was traced: trace the lot again.
        </p>
      )}
      {further > 0 && (
        <p className="note">
          {further} of the lots {further === 1 ? 'goes' : 'go'} on beyond the depth that was chosen: what became of it
          there is not told.
        </p>
      )}
      {trace.direction !== 'BOTH' && <p className="note">{notAsked[trace.direction]}</p>}
      <div className="ends">
        {endsOf(trace, recalled, shown).map((end) => (
          <EndCard key={end.name} end={end} onChoose={onChoose} />
        ))}
      </div>
    </div>
  )
}
