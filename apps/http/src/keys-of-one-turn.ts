import { Effect } from 'effect'
import type { KeyFinder } from './authenticate.ts'

type Found = Effect.Success<ReturnType<KeyFinder['find']>>

/**
 * Looks a key up once for all requests that arrive in the same turn of the event loop and in the same millisecond. They
 * were all sent before it is looked up, and nothing is remembered beyond: who is refused a key is so at once.
 */
export const keysOfOneTurn = (keys: KeyFinder): KeyFinder => {
  const found = new Map<string, Found>()
  let turn = 0
  let turnEnds = false
  let moment: number | undefined
  const endTurn = (): void => {
    turnEnds = false
    turn += 1
    found.clear()
  }

  return {
    find: (secret, now) => {
      if (now !== moment) found.clear()
      moment = now
      const known = found.get(secret)
      if (known !== undefined) return Effect.succeed(known)
      if (!turnEnds) setImmediate(endTurn)
      turnEnds = true
      const started = turn
      return Effect.map(keys.find(secret, now), (key) => {
        if (turn === started && now === moment) found.set(secret, key)
        return key
      })
    },
  }
}
