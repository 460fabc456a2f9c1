import { useState } from 'react'
import type { Handlers } from '../keys/key-row.ts'
import type { listKeys } from '../keys/list-keys.ts'

/** Where somebody is in a list, and which part of it is on the screen. */
export interface ListState {
  readonly cursor: number
  /** The first row on the screen. */
  readonly top: number
  readonly handlers: Handlers<typeof listKeys>
  readonly goTo: (row: number) => void
}

/** Keeps the cursor of a list of `count` rows of which `height` are on the screen. */
export const useList = (count: number, height: number): ListState => {
  const [wanted, setWanted] = useState(0)
  const [oldTop, setTop] = useState(0)
  const cursor = Math.max(0, Math.min(wanted, count - 1))
  const top = Math.max(0, Math.min(oldTop, cursor), cursor - height + 1)
  if (top !== oldTop) setTop(top)
  // From where the cursor is: somebody who went beyond the end comes back with the first step.
  const step = (by: number) => () =>
    setWanted((now) => Math.max(0, Math.min(Math.min(now, Math.max(0, count - 1)) + by, Math.max(0, count - 1))))
  return {
    cursor,
    top,
    goTo: setWanted,
    handlers: {
      down: step(1),
      up: step(-1),
      first: () => setWanted(0),
      last: () => setWanted(count - 1),
      pageDown: step(height),
      pageUp: step(-height),
    },
  }
}
