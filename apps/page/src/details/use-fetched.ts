import { useEffect, useState } from 'react'

/** What is asked for: not there yet, there, or refused. */
export type Fetched<A> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'ready'; readonly value: A }

/** Says what failed, whatever it was. */
export const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)))

/** Asks for something again whenever `key` changes; an answer that comes too late is forgotten. */
export const useFetched = <A>(key: string, ask: (signal: AbortSignal) => Promise<A>): Fetched<A> => {
  const [fetched, setFetched] = useState<Fetched<A>>({ kind: 'loading' })
  useEffect(() => {
    const stop = new AbortController()
    setFetched({ kind: 'loading' })
    ask(stop.signal).then(
      (value) => {
        if (!stop.signal.aborted) setFetched({ kind: 'ready', value })
      },
      (cause: unknown) => {
        if (!stop.signal.aborted) setFetched({ kind: 'failed', error: asError(cause) })
      },
    )
    return () => stop.abort()
  }, [key])
  return fetched
}
