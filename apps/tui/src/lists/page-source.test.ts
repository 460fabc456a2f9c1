import { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import { PageSource, rowsPerPage } from './page-source.ts'

const setUp = (rows: number) => {
  const list = Array.from({ length: rows }, (_, index) => index)
  const reads: (string | null)[] = []
  let down = false
  const source = new PageSource<number>(
    (after, limit) => {
      reads.push(after)
      if (down) return Effect.fail(new StorageUnavailable({ reason: 'gone' }))
      const from = after === null ? 0 : Number(after)
      const to = from + limit
      return Effect.succeed({ items: list.slice(from, to), next: to < list.length ? `${to}` : null })
    },
    (effect) => Effect.runPromise(Effect.result(effect)),
  )
  const setDown = (on: boolean) => {
    down = on
  }
  return { list, reads, source, setDown }
}

describe('a paged list', () => {
  it('reads only what is looked at', async () => {
    const { source, reads } = setUp(100_000)
    await source.ensure(0, 20)
    expect([reads, source.row(0), source.row(99), source.row(100)]).toEqual([[null], 0, 99, undefined])
    expect([source.count, source.isComplete]).toEqual([rowsPerPage, false])
    await source.ensure(90, 110)
    expect([reads, source.row(110), source.count]).toEqual([[null, '100'], 110, 200])
  })

  it('keeps a few pages, and reads the others again', async () => {
    const { source, reads } = setUp(2050)
    for (let row = 0; row < 2050; row += 50) await source.ensure(row, row + 50)
    expect([source.count, source.row(2049), source.row(0)]).toEqual([2050, 2049, undefined])
    expect(reads).toHaveLength(21)
    await source.ensure(0, 10)
    expect([source.row(0), reads.length, source.count]).toEqual([0, 22, 2050])
  })

  it('sees what was added when it is refreshed', async () => {
    const { source, list } = setUp(99)
    await source.ensure(0, 10)
    list.push(99)
    await source.refresh(0, 10)
    expect([source.count, source.isComplete, source.row(99)]).toEqual([100, true, 99])
    list.push(100)
    await source.refresh(0, 10)
    await source.ensure(0, 100)
    expect([source.count, source.isComplete, source.row(100)]).toEqual([101, true, 100])
  })

  it('keeps what it has while the store is away, and says why', async () => {
    const { source, setDown } = setUp(300)
    await source.ensure(0, 10)
    setDown(true)
    await source.refresh(0, 10)
    expect([source.row(0), source.refusal?._tag]).toEqual([0, 'StorageUnavailable'])
    setDown(false)
    await source.refresh(0, 10)
    expect(source.refusal).toBeUndefined()
  })
})
