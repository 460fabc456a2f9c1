import type { KeyPress } from '../input/read-keys.ts'

/** One thing that a key does. Tables of these draw the key bar, the help and the reference. */
export interface KeyRow {
  /** The keys that do it, by the names of `read-keys.ts`; the first stands in the key bar. */
  readonly keys: readonly string[]
  /** What it does, as a handler is found by. */
  readonly does: string
  /** For the key bar: a word or two. */
  readonly label: string
  /** For the help: one sentence. */
  readonly help: string
  /** It may do something that matters: it asks first. */
  readonly dangerous?: true
  /** Left out of the key bar, which is short; the help has it. */
  readonly quiet?: true
}

/** A table of keys. Its type knows what the keys do, so that no key is without its handler. */
export const keyTable = <const R extends readonly KeyRow[]>(...rows: R): R => rows

/** What a key does: it runs, told how the key came where it did, or it is off now, and says why. */
export type Handler = ((key?: KeyPress) => void) | { readonly disabledReason: string }

/** A handler for everything that a table's keys do. */
export type Handlers<T extends readonly KeyRow[]> = { readonly [D in T[number]['does']]: Handler }

const shown: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
}

/** A key as people know it: `ctrl-c` → `Ctrl-C`. */
export const showKey = (key: string): string =>
  shown[key] ?? (key.startsWith('ctrl-') ? `Ctrl-${key.slice(5).toUpperCase()}` : key)
