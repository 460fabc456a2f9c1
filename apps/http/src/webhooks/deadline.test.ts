import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { makeDeadline } from './deadline.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const never = (): AbortSignal => new AbortController().signal

describe('a deadline', () => {
  it('comes when its time is over, though nobody holds it and what is not held was collected', async () => {
    let ended = 0
    // Made elsewhere, so that nothing here holds them.
    const make = () => {
      for (let count = 0; count < 50; count++)
        makeDeadline(makeDeadline(never(), 60_000).signal, 100).signal.addEventListener('abort', () => (ended += 1))
      for (let count = 0; count < 50; count++)
        makeDeadline(makeDeadline(never(), 100).signal, 60_000).signal.addEventListener('abort', () => (ended += 1))
    }
    make()
    collect()
    await expect.poll(() => ended).toBe(100)
  })

  it('says whether the time was over or the other signal was there first', async () => {
    const stop = new AbortController()
    const [stopped, late] = [makeDeadline(stop.signal, 60_000), makeDeadline(never(), 1)]
    stop.abort()
    expect([stopped.signal.aborted, stopped.isLate()]).toEqual([true, false])
    await expect.poll(() => late.signal.aborted).toBe(true)
    expect(late.isLate()).toBe(true)
    stopped.clear()
    late.clear()
  })

  it('is there at once where the other signal came before', () => {
    const { signal, isLate, clear } = makeDeadline(AbortSignal.abort(), 60_000)
    expect([signal.aborted, isLate()]).toEqual([true, false])
    clear()
  })

  it('does not come once it is cleared', async () => {
    const stop = new AbortController()
    const { signal, clear } = makeDeadline(stop.signal, 1)
    clear()
    stop.abort()
    // A timer of the same length that was begun later.
    await new Promise((resolve) => setTimeout(resolve, 1))
    expect(signal.aborted).toBe(false)
  })
})
