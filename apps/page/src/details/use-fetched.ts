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
  const [told, setTold] = useState<{ readonly key: string; readonly fetched: Fetched<A> }>()
  useEffect(() => {
    const stop = new AbortController()
    ask(stop.signal).then(
      (value) => {
        if (!stop.signal.aborted) setTold({ key, fetched: { kind: 'ready', value } })
      },
      (cause: unknown) => {
        if (!stop.signal.aborted) setTold({ key, fetched: { kind: 'failed', error: asError(cause) } })
      },
    )
    return () => stop.abort()
  }, [key])
  return told?.key === key ? told.fetched : { kind: 'loading' }
}
