import { describe, expect, it } from 'vitest'
import { RecordChanges } from './record-changes.ts'

const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
const end = (count: number, hash = `h${count}`, stamp = 7) => ({ count, hash, stamp })
const none = { sequence: null, versionHash: null, record: null, reversed: null }
const version = (sequence: number, record: number, reversed: number | null = null) => ({
  ...{ sequence, versionHash: `h${sequence}`, record, reversed },
})
type Row = Parameters<RecordChanges['take']>[0][number]

/** What a statement finds from the known version on, of a ledger that ends so. */
const found = (last: ReturnType<typeof end>, ...versions: readonly Omit<Row, 'count' | 'hash' | 'stamp'>[]): Row[] =>
  (versions.length === 0 ? [none] : versions).map((one) => ({ ...last, ...one }))

const begun = (count: number): RecordChanges => {
  const changes = new RecordChanges()
  changes.take(found(end(count)))
  return changes
}

describe('what was written since somebody looked', () => {
  it('is asked for from the last known version on, and by nobody who knows none', () => {
    expect(new RecordChanges().known).toBe(Number.MAX_SAFE_INTEGER)
    expect(begun(4).known).toBe(4)
  })

  it('touches the ranges that its records are in, and those that they reverse', () => {
    const changes = begun(4)
    changes.take(found(end(6), version(4, 2), version(5, 5, 3), version(6, 6)))
    const isSame = (from: number, to: number, since = 4) => changes.endIfSame(end(since), { from, to }) !== undefined
    expect([1, 2, 3, 4, 5, 6, 7].map((key) => isSame(key, key))).toEqual([true, true, false, true, false, false, true])
    expect([isSame(1, 2), isSame(1, 3), isSame(4, 5), isSame(6, 9), isSame(7, 9)]).toEqual([
      ...[true, false, false, false, true],
    ])
    expect([3, 5, 6].map((key) => isSame(key, key, 5))).toEqual([true, true, false])
    expect(changes.endIfSame(end(6), everything)).toEqual(end(6))
    expect(changes.endIfSame(end(4), { from: 7, to: 7 })).toEqual(end(6))
  })

  it('may be found twice', () => {
    const changes = begun(4)
    const rows = found(end(5), version(4, 2), version(5, 5))
    changes.take(rows)
    changes.take(rows)
    expect(changes.endIfSame(end(4), { from: 4, to: 4 })).toEqual(end(5))
    expect(changes.endIfSame(end(4), { from: 5, to: 5 })).toBeUndefined()
  })

  it('is not known of what ended before anybody looked, after now, with another hash or with another stamp', () => {
    const changes = begun(4)
    changes.take(found(end(5), version(4, 2), version(5, 5)))
    for (const other of [end(3), end(6), end(5, 'x'), end(4, 'x'), end(5, 'h5', 8)])
      expect(changes.endIfSame(other, { from: 9, to: 9 })).toBeUndefined()
    changes.take(found(end(5, 'h5', 8), version(5, 5)))
    expect(changes.endIfSame(end(5), { from: 9, to: 9 })).toBeUndefined()
    expect(changes.endIfSame(end(5, 'h5', 8), { from: 9, to: 9 })).toEqual(end(5, 'h5', 8))
  })

  it.each([
    ['fewer versions', found(end(3))],
    ['as many, and another last one', found(end(5, 'x'), { ...version(5, 5), versionHash: 'x' })],
    ['more, after another one', found(end(6), { ...version(5, 5), versionHash: 'x' }, version(6, 6))],
    ['more than are asked for', found(end(9), version(5, 5), version(6, 6))],
    ['a gap', found(end(7), version(7, 7))],
  ])('is begun anew where the ledger has %s', (_, rows) => {
    const changes = begun(4)
    changes.take(found(end(5), version(4, 2), version(5, 5)))
    changes.take(rows)
    const [last] = rows as [Row]
    expect(changes.known).toBe(last.count)
    expect(changes.endIfSame(end(4), { from: 9, to: 9 })).toBeUndefined()
    expect(changes.endIfSame(end(5), { from: 9, to: 9 })).toBeUndefined()
    expect(changes.endIfSame(last, everything)).toEqual(end(last.count, last.hash))
  })

  it('is forgotten after some thousands of versions, the oldest first', () => {
    const changes = begun(0)
    for (let count = 1; count <= 3000; count++) changes.take(found(end(count), version(count, count)))
    const isKnown = (count: number) => changes.endIfSame(end(count), { from: 9000, to: 9000 }) !== undefined
    expect([0, 900, 1100, 2999, 3000].map(isKnown)).toEqual([false, false, true, true, true])
    expect(changes.endIfSame(end(1100), { from: 3000, to: 3000 })).toBeUndefined()
  })
})
