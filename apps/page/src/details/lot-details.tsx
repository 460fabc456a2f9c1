import { amount, wordsOfOrigin, wordsOfShare } from '@lotbook/picture'
import { useLayoutEffect, useRef } from 'react'
import type { Api } from '../api/api.ts'
import type { KnownLot, Side } from '../genealogy/genealogy.ts'
import type { Handle } from '../genealogy/shown.ts'
import { ProblemNote } from '../problem-note.tsx'
import { StatusChip } from '../status-chip.tsx'
import { reachWords, showMoment } from '../words.ts'
import { LotHistory } from './lot-history.tsx'
import { useFetched } from './use-fetched.ts'

/** What is known of one lot, beside the picture. */
export interface LotDetailsProps {
  readonly api: Api
  readonly lot: KnownLot
  /** The moment that is looked at; null = now. */
  readonly asOf: string | null
  readonly handle: (lotId: string, side: Side) => Handle | undefined
  readonly onToggle: (lotId: string, side: Side) => void
  readonly onTrace: (lotId: string) => void
  readonly onClose: () => void
}

const Expand = ({ handle, side, onClick }: { handle: Handle | undefined; side: Side; onClick: () => void }) => {
  if (handle === undefined) return null
  const what = side === 'up' ? 'what it was made of' : 'what it went into'
  return (
    <button type="button" onClick={onClick}>
      {handle.does === 'collapse' ? 'Hide' : 'Show'} {what}
      {handle.hidden > 0 ? ` (${handle.hidden})` : ''}
    </button>
  )
}

const Facts = ({ api, lot, asOf }: Pick<LotDetailsProps, 'api' | 'lot' | 'asOf'>) => {
  const facts = useFetched(lot.lotId, (signal) => api.lot(lot.lotId, signal))
  const stock = useFetched(`${lot.lotId} ${asOf}`, (signal) => api.stock({ lot: lot.lotId, asOf, limit: 200 }, signal))
  if (facts.kind === 'failed') return <ProblemNote error={facts.error} />
  const told = facts.kind === 'ready' ? facts.value : undefined
  const rows: readonly (readonly [name: string, text: string])[] = [
    ['Material', lot.materialPath],
    ['On hand', amount(lot.onHand, lot.unitOfMeasureSymbol)],
    ['Ever added', amount(lot.totalQuantity, lot.unitOfMeasureSymbol)],
    ['Expires', showMoment(told?.expirationDate ?? null)],
    ['Supplier', told?.supplierId ?? '–'],
    ['Made', showMoment(told?.createdDate ?? null)],
    ['Notes', told?.notes ?? '–'],
    ['Lot id', lot.lotId],
  ]
  return (
    <>
      <dl>
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <h3>{asOf === null ? 'Where it lies' : 'Where it lay then'}</h3>
      {stock.kind === 'failed' && <ProblemNote error={stock.error} />}
      {stock.kind === 'loading' && <p className="quiet">Reading…</p>}
      {stock.kind === 'ready' && stock.value.items.length === 0 && (
        <p className="quiet">Nothing {asOf === null ? 'is' : 'was'} on hand.</p>
      )}
      {stock.kind === 'ready' && stock.value.items.length > 0 && (
        <ul className="stock">
          {stock.value.items.map(({ id, locationPath, quantity, unitOfMeasureSymbol }) => (
            <li key={id}>
              <span>{locationPath}</span> <strong>{amount(quantity, unitOfMeasureSymbol)}</strong>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Shows the facts of a lot, its share, where it lies and its history. Escape closes it. */
export const LotDetails = (props: LotDetailsProps) => {
  const { api, lot, asOf, handle, onToggle, onTrace, onClose } = props
  const heading = useRef<HTMLHeadingElement>(null)
  const { lotId } = lot
  useLayoutEffect(() => {
    if (lotId !== '') heading.current?.focus()
  }, [lotId])
  const share = wordsOfShare(lot)
  const origin = wordsOfOrigin(lot)
  return (
    <aside
      className="details"
      aria-label={`Lot ${lot.lotName}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {lot.lotName}
        </h2>
        <button type="button" className="close" onClick={onClose} aria-label="Close the details" title="Close (Escape)">
          ×
        </button>
      </header>
      <p>
        <StatusChip status={lot.effectiveStatus} /> {reachWords[lot.reach]}
        {lot.depth > 1 && lot.reach !== 'BESIDE' ? `, ${lot.depth} steps away` : ''}
      </p>
      {share !== undefined && (
        <p className="share">
          {share}
          {lot.shareExact?.includes('/') === true && lot.shareExact.length < 24 ? ` (exactly ${lot.shareExact})` : ''}
        </p>
      )}
      {origin !== undefined && <p className="share">{origin}</p>}
      <div className="buttons">
        <Expand handle={handle(lotId, 'up')} side="up" onClick={() => onToggle(lotId, 'up')} />
        <Expand handle={handle(lotId, 'down')} side="down" onClick={() => onToggle(lotId, 'down')} />
        {lot.reach !== 'SELF' && (
          <button type="button" onClick={() => onTrace(lotId)}>
            Trace this lot
          </button>
        )}
      </div>
      <Facts key={lotId} api={api} lot={lot} asOf={asOf} />
      <LotHistory key={`history ${lotId}`} api={api} lotId={lotId} />
    </aside>
  )
}
