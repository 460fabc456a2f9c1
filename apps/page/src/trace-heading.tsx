import type { ReactNode } from 'react'
import { mostLots } from './api/api.ts'
import type { Genealogy } from './genealogy/genealogy.ts'
import { StatusChip } from './status-chip.tsx'
import { showMoment, zone } from './words.ts'

/** Says which lot is traced, how much of the trace is to be seen, and what is missing. */
export const TraceHeading = ({
  genealogy,
  shown,
  children,
}: {
  readonly genealogy: Genealogy
  readonly shown: number
  readonly children: ReactNode
}) => {
  const { trace, lots, edges } = genealogy
  const lot = lots.get(trace.lotId)
  if (lot === undefined) return null
  return (
    <div className="heading">
      <h1>
        {lot.lotName} <span className="quiet">{lot.materialPath}</span> <StatusChip status={lot.effectiveStatus} />
      </h1>
      <p className="quiet">
        {lots.size} {lots.size === 1 ? 'lot' : 'lots'} and {edges.size} {edges.size === 1 ? 'step' : 'steps'} known,{' '}
        {shown} in the picture
        {trace.asOf === null ? '' : `, as of ${showMoment(trace.asOf)}; status and stock are those of then`}; times are
        of {zone}
      </p>
      {children}
      {trace.truncated && (
        <p className="note warning" role="alert">
          This is not all of it: a trace holds at most {mostLots} lots on each side here. Choose one direction or a
          smaller depth, or trace a lot nearer to what you look for.
        </p>
      )}
      {trace.sharesLeftOut !== null && <p className="note">There are no shares: {trace.sharesLeftOut}.</p>}
      {edges.size === 0 && (
        <p className="note">
          No record joins this lot to another one
          {trace.direction === 'BOTH' ? '.' : ' in this direction: try both ways.'}
        </p>
      )}
    </div>
  )
}
