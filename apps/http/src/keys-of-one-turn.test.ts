import type { FoundKey } from '@lotbook/repository'
import { Effect } from 'effect'
import { beforeEach, describe, expect, it } from 'vitest'
import { keysOfOneTurn } from './keys-of-one-turn.ts'

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

let asked: [secret: string, now: number | undefined][]
let answer: FoundKey
const find = (secret: string, now?: number): Effect.Effect<FoundKey> =>
  Effect.sync(() => {
    asked.push([secret, now])
    return answer
  })

beforeEach(() => {
  asked = []
  answer = 'unknown'
})

describe('keys of one turn', () => {
  it('are looked up once for the same secret and the same millisecond', () => {
    const keys = keysOfOneTurn({ find })
    for (const secret of ['a', 'b', 'a', 'b']) expect(Effect.runSync(keys.find(secret, 1))).toBe('unknown')
    expect(asked).toEqual([
      ['a', 1],
      ['b', 1],
    ])
  })

  it('are looked up again in another millisecond: a key may have expired', () => {
    const keys = keysOfOneTurn({ find })
    Effect.runSync(keys.find('a', 1))
    answer = 'expired'
    expect(Effect.runSync(keys.find('a', 2))).toBe('expired')
  })

  it('are looked up again in the next turn: a key may have been revoked', async () => {
    const keys = keysOfOneTurn({ find })
    Effect.runSync(keys.find('a', 1))
    answer = 'revoked'
    await nextTurn()
    expect(Effect.runSync(keys.find('a', 1))).toBe('revoked')
  })

  it('are not remembered where the answer comes in a later turn', async () => {
    const keys = keysOfOneTurn({
      find: (secret, now) => Effect.andThen(Effect.promise(nextTurn), find(secret, now)),
    })
    await Effect.runPromise(keys.find('a', 1))
    answer = 'revoked'
    expect(await Effect.runPromise(keys.find('a', 1))).toBe('revoked')
  })
})
