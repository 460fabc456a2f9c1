import type { Caller, Inventory, RecordView, Refusal } from '@lotbook/domain'
import type { Effect, Result } from 'effect'
import { createContext, useContext } from 'react'
import type { Tone } from '../drawing/tone.ts'
import type { Expected } from '../input/keyboard.ts'
import type { KeyPress } from '../input/read-keys.ts'
import type { ViewRef } from './view-ref.ts'

/** A place that keys go to. The one that was added last is asked first. */
export interface Layer {
  /** Whether it took the key. */
  readonly take: (key: KeyPress) => boolean
  /** What characters are here. */
  readonly expects: () => Expected
}

/** What every view works with. */
export interface App {
  readonly inventory: Inventory
  readonly caller: Caller
  readonly columns: number
  readonly rows: number
  /** Where the ledger is, for the title. */
  readonly where: string
  /** Grows whenever somebody, here or elsewhere, has written something. */
  readonly tick: number
  /** Why the ledger cannot be read now; undefined when it can. */
  readonly trouble: string | undefined
  /** What is said below the view, until the next key. */
  readonly flash: { readonly text: string; readonly tone: Tone } | undefined
  readonly isHelpOpen: boolean
  /** Whether what somebody asked for takes long. */
  readonly isUnderWay: boolean
  readonly open: (view: ViewRef) => void
  readonly back: () => void
  readonly say: (text: string, tone?: Tone) => void
  /** Records were written here: says what changed, keeps them for undo, and looks again. */
  readonly wrote: (records: readonly RecordView[], text: string) => void
  readonly run: <A>(effect: Effect.Effect<A, Refusal>) => Promise<Result.Result<A, Refusal>>
  /** Says that what somebody asked for is under way where its answer takes long. */
  readonly during: <A>(work: Promise<A>) => Promise<A>
  readonly addLayer: (layer: Layer) => () => void
}

/** See {@link App}. */
export const AppContext = createContext<App | undefined>(undefined)

/** What every view works with. */
export const useApp = (): App => {
  const app = useContext(AppContext)
  if (app === undefined) throw new Error('a view was drawn outside the app')
  return app
}

/** Whether the view is the one on the screen. */
export const ActiveContext = createContext(true)
