import { listKeys } from '../keys/list-keys.ts'
import { type KeyPress, readKeys } from './read-keys.ts'

/** What comes of what was typed: a key, a scanned code that ended with Enter, or a burst that is neither. */
export type Typed =
  | { readonly kind: 'key'; readonly key: KeyPress }
  | { readonly kind: 'scan'; readonly code: string }
  | { readonly kind: 'lost'; readonly text: string }

/** What characters are where they go: text, keys, or the answer to a question. */
export type Expected = 'text' | 'keys' | 'answer'

/** Where typed characters go. */
export interface KeyboardOptions {
  readonly typed: (typed: Typed) => void
  /** What is expected now. Where it is text, nothing waits and nothing is a scan. */
  readonly expects: () => Expected
}

/** For how many milliseconds a character waits for the next one before it is a key. */
export const waits = {
  /** A key that only moves: a key held down is slower than this. */
  move: 20,
  /** Any other key: slow scanners are faster than this. */
  key: 35,
  /** An answer, and everything after the second character: a code may come in parts over a network. */
  burst: 150,
} as const

/** The fewest characters that count as scanned; at a question one more than an answer. */
export const shortestCode = { keys: 3, answer: 2 } as const

const moves = new Set<string>(listKeys.flatMap(({ keys }) => keys))

/** Tells keys from scans: a burst that ends with Enter is a code. A burst that does not is lost, as it was no keys. */
export const makeKeyboard = ({ typed, expects }: KeyboardOptions) => {
  let waiting: KeyPress[] = []
  let timer: NodeJS.Timeout | undefined
  let ending: NodeJS.Immediate | undefined

  const isCode = (): boolean => {
    const expected = expects()
    return expected !== 'text' && waiting.length >= shortestCode[expected]
  }
  /** The same again and again is a key held down. */
  const isBurst = (): boolean => waiting.some(({ name }) => name !== waiting[0]?.name)
  const textOf = (): string => waiting.map(({ text }) => text).join('')

  /** Gives on what waited; false where that is lost. */
  const giveOn = (): boolean => {
    const keys = waiting
    const text = textOf()
    // After a colon comes a command, which is text.
    const isLost = isCode() && isBurst() && !text.startsWith(':')
    waiting = []
    if (isLost) typed({ kind: 'lost', text })
    else for (const key of keys) typed({ kind: 'key', key })
    return !isLost
  }

  const stop = (): void => {
    clearTimeout(timer)
    clearImmediate(ending)
  }
  /** What has come in by now is read first: on a machine that stood still, time alone says nothing. */
  const end = (): void => {
    ending = setImmediate(giveOn)
  }

  const take = (key: KeyPress): void => {
    stop()
    if (key.text !== undefined && expects() !== 'text') waiting.push(key)
    else if (key.name === 'enter' && isCode()) {
      const code = textOf()
      waiting = []
      typed({ kind: 'scan', code })
    } else {
      // Some scanners end a code with Tab: it goes where the code goes.
      const isGivenOn = giveOn()
      if (isGivenOn || key.name !== 'tab') typed({ kind: 'key', key })
    }
  }

  const wait = (): number => {
    if (isBurst() || expects() === 'answer') return waits.burst
    return waiting.every(({ name }) => moves.has(name)) ? waits.move : waits.key
  }

  return {
    /** What the terminal sent. */
    push: (chunk: string): void => {
      for (const key of readKeys(chunk)) take(key)
      if (waiting.length > 0) timer = setTimeout(end, wait())
    },
    /** Forgets what waits. */
    close: stop,
  }
}
