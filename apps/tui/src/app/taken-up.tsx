import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** Asks when everything that was changed so far is on the screen, and its views are those that keys go to. */
export type AskTakenUp = () => Promise<void>

/** Draws nothing: it is drawn together with what was changed before it was asked, and answers then. */
export const TakenUp = ({ asked }: { readonly asked: RefObject<AskTakenUp> }): ReactNode => {
  const [turn, setTurn] = useState(0)
  const waiting = useRef<(() => void)[]>([])
  useLayoutEffect(() => {
    for (const answer of waiting.current.splice(0)) answer()
  }, [turn])
  asked.current = () =>
    new Promise((resolve) => {
      waiting.current.push(resolve)
      setTurn((now) => now + 1)
    })
  return null
}
