import type { Refusal } from '@lotbook/domain'
import { type Effect, Result } from 'effect'
import { useContext, useEffect, useState } from 'react'
import { ActiveContext, useApp } from './app-context.ts'

/** What was answered last, and why it is not answered now, where it is not. */
export interface Answer<A> {
  readonly answer: A | undefined
  readonly refusal: Refusal | undefined
}

/** Asks the ledger, and again whenever something was written while the view is on the screen. `question` names what is asked. */
export const useAnswer = <A>(question: string, ask: () => Effect.Effect<A, Refusal>): Answer<A> => {
  const { run, tick } = useApp()
  const isActive = useContext(ActiveContext)
  const [state, setState] = useState<Answer<A>>({ answer: undefined, refusal: undefined })
  useEffect(() => {
    if (!isActive) return
    let isOld = false
    const read = async () => {
      const result = await run(ask())
      if (isOld) return
      if (Result.isSuccess(result)) setState({ answer: result.success, refusal: undefined })
      else setState(({ answer }) => ({ answer, refusal: result.failure }))
    }
    void read()
    return () => {
      isOld = true
    }
  }, [question, tick, isActive, run])
  return state
}
