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
  /** What is expected now. Where it is text, nothing waits, nothing is a scan, and what came in one piece is one key. */
  readonly expects: () => Expected
}

/** For how many milliseconds a character waits for the next one before it is a key. */
export const waits = {
  /** A key that only moves: a key held down is slower than this. */
  move: 20,
  /** Any other key: slow scanners are faster than this. */
  key: 35,
  /** An answer, Enter, and everything after the second character: a code may come in parts over a network. */
  burst: 150,
} as const

/** The fewest characters that count as scanned; at a question one more than an answer. */
export const shortestCode = { keys: 3, answer: 2 } as const

const moves = new Set<string>(listKeys.flatMap(({ keys }) => keys))

/**
 * Tells keys from scans: a burst that ends with Enter is a code. A burst that does not is lost, as it was no keys; so is
 * the rest of a code that began as text.
 */
export const makeKeyboard = ({ typed, expects }: KeyboardOptions) => {
  let waiting: KeyPress[] = []
  // Text that goes on as one key.
  let text: KeyPress[] = []
  // How many keys came at once up to now, and how many of them are the text of a code that has not ended.
  let atOnce = 0
  let begun = 0
  let hasReturned = false
  let timer: NodeJS.Timeout | undefined
  let ending: NodeJS.Immediate | undefined

  const isCode = (): boolean => {
    const expected = expects()
    return expected !== 'text' && waiting.length >= shortestCode[expected]
  }
  /** The same again and again is a key held down. */
  const isBurst = (): boolean => waiting.some(({ name }) => name !== waiting[0]?.name)
  const textOf = (keys: readonly KeyPress[]): string => keys.map(({ text }) => text).join('')
  const giveText = (keys: readonly KeyPress[]): void => {
    const [key] = keys
    if (key !== undefined) typed({ kind: 'key', key: keys.length === 1 ? key : { name: 'text', text: textOf(keys) } })
  }
  const giveWritten = (): void => {
    giveText(text)
    text = []
  }

  /** Gives on what waited; false where that is lost. */
  const giveOn = (): boolean => {
    const keys = waiting
    const [first] = keys
    // After a colon comes a command, which is text.
    const isCommand = first?.name === ':' && isBurst()
    const isLost = keys.length > 0 && (begun > 0 || (isCode() && isBurst() && !isCommand))
    waiting = []
    if (isLost) typed({ kind: 'lost', text: textOf(keys) })
    else if (first !== undefined && isCommand) {
      typed({ kind: 'key', key: first })
      giveText(keys.slice(1))
    } else for (const key of keys) typed({ kind: 'key', key })
    return !isLost
  }
  const rest = (): void => {
    giveOn()
    atOnce = 0
    begun = 0
  }

  const stop = (): void => {
    clearTimeout(timer)
    clearImmediate(ending)
  }
  /** What has come in by now is read first: on a machine that stood still, time alone says nothing. */
  const end = (): void => {
    ending = setImmediate(rest)
  }

  const takeCharacter = (key: KeyPress): void => {
    if (begun === 0) atOnce = 0
    if (expects() !== 'text') {
      waiting.push(key)
      return
    }
    giveOn()
    text.push(key)
    atOnce += 1
    begun += 1
  }

  const takeEnd = (key: KeyPress): void => {
    if (key.name === 'enter' && begun === 0 && isCode()) {
      const code = textOf(waiting)
      atOnce = waiting.length
      waiting = []
      typed({ kind: 'scan', code })
    } else {
      // Some scanners end a code with Tab: it goes where the code goes. So does Enter where the code is lost.
      const isGivenOn = giveOn()
      if (isGivenOn) typed({ kind: 'key', key: atOnce === 0 ? key : { ...key, after: atOnce } })
    }
    atOnce += 1
    begun = 0
  }

  const take = (key: KeyPress): void => {
    stop()
    if (key.text !== undefined) takeCharacter(key)
    else {
      giveWritten()
      if (key.name === 'enter' || key.name === 'tab') takeEnd(key)
      else {
        rest()
        typed({ kind: 'key', key })
      }
    }
  }

  const wait = (): number => {
    const hasEnded = begun === 0 && atOnce > 0
    if (isBurst() || hasEnded || atOnce > 1 || expects() === 'answer') return waits.burst
    return waiting.length > 0 && waiting.every(({ name }) => moves.has(name)) ? waits.move : waits.key
  }

  return {
    /** What the terminal sent. */
    push: (chunk: string): void => {
      // The line feed after a return may come in a piece of its own.
      for (const key of readKeys(hasReturned && chunk.startsWith('\n') ? chunk.slice(1) : chunk)) take(key)
      hasReturned = chunk.endsWith('\r')
      giveWritten()
      if (waiting.length > 0 || atOnce > 0) timer = setTimeout(end, wait())
    },
    /** Forgets what waits. */
    close: stop,
  }
}
