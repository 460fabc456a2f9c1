import { type KeyPress, readKeys } from './read-keys.ts'

/** What comes of what was typed: a key, or all at once a scanned code that ended with Enter. */
export type Typed = { readonly kind: 'key'; readonly key: KeyPress } | { readonly kind: 'scan'; readonly code: string }

/** Where typed characters go. */
export interface KeyboardOptions {
  readonly typed: (typed: Typed) => void
  /** Whether somebody is writing text now: then nothing waits and nothing is a scan. */
  readonly isWriting: () => boolean
}

/** For how long a character waits for the next one: a scanner is faster than this, a key held down is slower. */
export const burstMilliseconds = 20
/** The fewest characters that count as scanned. */
const shortestCode = 3

/** Tells keys from scans: a burst of characters that ends with Enter is a code, anything else is keys. */
export const makeKeyboard = ({ typed, isWriting }: KeyboardOptions) => {
  let waiting: KeyPress[] = []
  let timer: NodeJS.Timeout | undefined

  const flush = (): void => {
    clearTimeout(timer)
    const keys = waiting
    waiting = []
    for (const key of keys) typed({ kind: 'key', key })
  }

  const take = (key: KeyPress): void => {
    clearTimeout(timer)
    if (isWriting()) {
      flush()
      typed({ kind: 'key', key })
    } else if (key.text !== undefined) waiting.push(key)
    else if (key.name === 'enter' && waiting.length >= shortestCode) {
      const code = waiting.map(({ text }) => text).join('')
      waiting = []
      typed({ kind: 'scan', code })
    } else {
      flush()
      typed({ kind: 'key', key })
    }
  }

  return {
    /** What the terminal sent. */
    push: (chunk: string): void => {
      for (const key of readKeys(chunk)) take(key)
      if (waiting.length > 0) timer = setTimeout(flush, burstMilliseconds)
    },
    /** Forgets what waits. */
    close: (): void => clearTimeout(timer),
  }
}
