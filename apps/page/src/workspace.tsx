import type { TraceView as Trace } from '@lotbook/domain'
import { useCallback, useEffect, useState } from 'react'
import { type Api, ApiProblem } from './api/api.ts'
import { FirstLots } from './first-lots.tsx'
import { KeyHelp } from './key-help.tsx'
import { ProblemNote } from './problem-note.tsx'
import { LotSearch } from './search/lot-search.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { TraceOptionsBar } from './trace-options.tsx'
import { TraceView } from './trace-view.tsx'
import { useAddress } from './use-address.ts'
import { useTrace } from './use-trace.ts'

/** What somebody with a key sees. */
export interface WorkspaceProps {
  readonly api: Api
  readonly onRefused: () => void
  readonly onLeave: () => void
}

/** The search on top, the trace below. */
export const Workspace = ({ api, onRefused, onLeave }: WorkspaceProps) => {
  const [address, go] = useAddress()
  const [said, setSaid] = useState('')
  const tell = useCallback((text: string) => setSaid(text), [])
  const [state, actions] = useTrace(api, address, tell)
  const isRefused = state.kind === 'failed' && state.error instanceof ApiProblem && state.error.status === 401

  // A key is looked at before anything is shown: a wrong one is said at once.
  useEffect(() => {
    const stop = new AbortController()
    api.lots({ limit: 1 }, stop.signal).catch((cause: unknown) => {
      if (!stop.signal.aborted && cause instanceof ApiProblem && cause.status === 401) onRefused()
    })
    return () => stop.abort()
  }, [api, onRefused])
  useEffect(() => {
    if (isRefused) onRefused()
  }, [isRefused, onRefused])

  const trace = (lot: string): void => go({ ...address, lot })
  const title = state.kind === 'ready' ? state.genealogy.lots.get(state.genealogy.trace.lotId)?.lotName : undefined
  useEffect(() => {
    document.title = title === undefined ? 'Lotbook: trace a lot' : `${title}: trace`
  }, [title])

  return (
    <>
      {state.kind === 'ready' && (
        <button type="button" className="skip" onClick={() => skipTo('view-lots')}>
          Skip to the table of lots
        </button>
      )}
      <header className="top">
        <p className="brand">
          Lotbook <span>Trace</span>
        </p>
        <LotSearch api={api} onLot={trace} />
        <div className="corner">
          <KeyHelp />
          <ThemeSwitch />
          <button type="button" onClick={onLeave} title="Forget the API key">
            Leave
          </button>
        </div>
      </header>
      <main>
        {state.kind === 'none' && <FirstLots api={api} onLot={trace} />}
        {state.kind === 'loading' && <p className="waiting">Tracing…</p>}
        {state.kind === 'failed' && !isRefused && <ProblemNote error={state.error} onRetry={actions.again} />}
        {state.kind === 'ready' && (
          <TraceView
            key={identityOf(state.genealogy.trace)}
            api={api}
            genealogy={state.genealogy}
            opened={state.opened}
            actions={actions}
            options={<TraceOptionsBar options={address.options} onOptions={(options) => go({ ...address, options })} />}
            onTrace={trace}
            tell={tell}
          />
        )}
      </main>
      <p className="said" role="status">
        {said}
      </p>
    </>
  )
}

const identityOf = ({ lotId, direction, depth, asOf }: Trace): string => [lotId, direction, depth, asOf].join(' ')

const skipTo = (id: string): void => {
  document.getElementById(id)?.click()
  document.getElementById(id)?.focus()
}
