import { useCallback, useRef, useState } from 'react'
import { useLater } from './use-later.ts'

// What is answered sooner needs no word.
const longMilliseconds = 500

/** Whether work is under way that takes long, and how work is done so that this is known. */
export interface UnderWay {
  readonly isUnderWay: boolean
  readonly during: <A>(work: Promise<A>) => Promise<A>
}

/** See {@link UnderWay}. */
export const useUnderWay = (): UnderWay => {
  const [isUnderWay, setUnderWay] = useState(false)
  const later = useLater(longMilliseconds)
  const count = useRef(0)
  const during = useCallback(
    async <A>(work: Promise<A>): Promise<A> => {
      count.current += 1
      if (count.current === 1) later.put(() => setUnderWay(true))
      try {
        return await work
      } finally {
        count.current -= 1
        if (count.current === 0) {
          later.drop()
          setUnderWay(false)
        }
      }
    },
    [later],
  )
  return { isUnderWay, during }
}
