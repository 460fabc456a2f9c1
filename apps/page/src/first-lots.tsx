import { amount } from '@lotbook/picture'
import type { Api } from './api/api.ts'
import { useFetched } from './details/use-fetched.ts'
import { ProblemNote } from './problem-note.tsx'
import { StatusChip } from './status-chip.tsx'

/** What is to be seen before a lot was chosen: what this page does, and the newest lots. */
export const FirstLots = ({ api, onLot }: { readonly api: Api; readonly onLot: (lotId: string) => void }) => {
  const newest = useFetched('newest', (signal) => api.lots({ newestFirst: true, limit: 12 }, signal))
  return (
    <section className="first">
      <h1>Trace a lot</h1>
      <p>
        Search a lot above, or take one of the newest. The picture shows what it was made of on the left and what it
        went into on the right.
      </p>
      {newest.kind === 'failed' && <ProblemNote error={newest.error} />}
      {newest.kind === 'loading' && <p className="quiet">Reading…</p>}
      {newest.kind === 'ready' && newest.value.items.length === 0 && (
        <p className="note">There are no lots yet. They appear here once they are made.</p>
      )}
      <ul>
        {newest.kind === 'ready' &&
          newest.value.items.map((lot) => (
            <li key={lot.id}>
              <button type="button" onClick={() => lot.id !== null && onLot(lot.id)}>
                <strong>{lot.name}</strong> <StatusChip status={lot.effectiveStatus} />
                <span className="quiet line">
                  {lot.materialPath}, {amount(lot.onHand, lot.unitOfMeasureSymbol)} on hand
                </span>
              </button>
            </li>
          ))}
      </ul>
    </section>
  )
}
