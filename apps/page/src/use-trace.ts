import { useEffect, useMemo, useState } from 'react'
import type { Api } from './api/api.ts'
import { asError } from './details/use-fetched.ts'
import { type Genealogy, genealogyOf, type Side, sideOf, withStep } from './genealogy/genealogy.ts'
import { handleOf, type Opened, openedAll, openedAtFirst, shownLots } from './genealogy/shown.ts'
import type { Address } from './settings/address.ts'

/** A trace on the page. */
export type TraceState =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: Error }
  | Ready

interface Ready {
  readonly kind: 'ready'
  readonly genealogy: Genealogy
  readonly opened: Opened
}

/** What is known of a trace, with what was asked. */
interface Answer<Question> {
  readonly question: Question
  readonly state: TraceState
}

/** What can be done with it. */
export interface TraceActions {
  readonly toggle: (lotId: string, side: Side) => void
  readonly expandAll: () => void
  readonly collapseAll: () => void
  readonly again: () => void
}

const change = (opened: Opened, key: string, isOpen: boolean): Opened => {
  const next = new Set(opened)
  if (isOpen) next.add(key)
  else next.delete(key)
  return next
}

/** Asks for the trace of an address, and expands and collapses it. `tell` hears what happened. */
export const useTrace = (
  api: Api,
  { lot, options }: Address,
  tell: (text: string) => void,
): readonly [TraceState, TraceActions] => {
  const [tries, setTries] = useState(0)
  const { direction, depth, asOf } = options
  const question = useMemo(
    () => ({ api, lot, direction, depth, asOf, tries }),
    [api, lot, direction, depth, asOf, tries],
  )
  const [answer, setAnswer] = useState<Answer<typeof question>>()
  // An answer to another question is never shown, not even for a moment.
  const state: TraceState =
    lot === '' ? { kind: 'none' } : answer?.question === question ? answer.state : { kind: 'loading' }

  useEffect(() => {
    if (lot === '') return
    const stop = new AbortController()
    const tellOnce = (told: TraceState): void => {
      if (!stop.signal.aborted) setAnswer({ question, state: told })
    }
    api.trace(lot, { direction, depth, asOf }, stop.signal).then(
      (trace) => {
        const genealogy = genealogyOf(trace)
        tellOnce({ kind: 'ready', genealogy, opened: openedAtFirst(genealogy) })
      },
      (cause: unknown) => tellOnce({ kind: 'failed', error: asError(cause) }),
    )
    return () => stop.abort()
  }, [question])

  const update = (next: (genealogy: Genealogy, opened: Opened) => Partial<Pick<Ready, 'genealogy' | 'opened'>>): void =>
    setAnswer((now) =>
      now?.question === question && now.state.kind === 'ready'
        ? { question, state: { ...now.state, ...next(now.state.genealogy, now.state.opened) } }
        : now,
    )

  const toggle = async (lotId: string, side: Side): Promise<void> => {
    if (state.kind !== 'ready') return
    const { genealogy, opened } = state
    const key = sideOf(lotId, side)
    const handle = handleOf(genealogy, shownLots(genealogy, opened), opened, lotId, side)
    if (handle === undefined) return
    if (handle.does !== 'ask') {
      update((_, before) => ({ opened: change(before, key, handle.does === 'expand') }))
      return
    }
    try {
      const step = await api.trace(lotId, { direction: side === 'up' ? 'ANCESTORS' : 'DESCENDANTS', depth: 1, asOf })
      if (step.edges.length === 0) tell('There is nothing more on that side.')
      update((before, open) => ({ genealogy: withStep(before, lotId, side, step), opened: change(open, key, true) }))
    } catch (cause) {
      tell(asError(cause).message)
    }
  }

  return [
    state,
    {
      toggle: (lotId, side) => void toggle(lotId, side),
      expandAll: () => update((genealogy) => ({ opened: openedAll(genealogy) })),
      collapseAll: () => update((genealogy) => ({ opened: openedAtFirst(genealogy, 0) })),
      again: () => setTries(tries + 1),
    },
  ]
}
