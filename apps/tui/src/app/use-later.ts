import { useEffect, useMemo } from 'react'

/** Something that is done a little later, unless something else takes its place before. */
export interface Later {
  readonly put: (work: () => void) => void
  /** Does at once what waits. */
  readonly flush: () => void
  /** Forgets what waits. */
  readonly drop: () => void
}

/** Lets work wait for so many milliseconds, so that what is quick is on the screen before what is slow begins. */
export const useLater = (milliseconds: number): Later => {
  const later = useMemo((): Later => {
    let waiting: { readonly timer: NodeJS.Timeout; readonly work: () => void } | undefined
    const drop = (): void => {
      clearTimeout(waiting?.timer)
      waiting = undefined
    }
    const flush = (): void => {
      const work = waiting?.work
      drop()
      work?.()
    }
    return {
      put: (work) => {
        drop()
        waiting = { timer: setTimeout(flush, milliseconds), work }
      },
      flush,
      drop,
    }
  }, [milliseconds])
  useEffect(() => later.drop, [later])
  return later
}
