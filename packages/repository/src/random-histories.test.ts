import { checkRandomHistories } from '@lotbook/domain/testing'
import { describe, expect, it } from 'vitest'
import { archiveOf, linesOf } from '../test/plant.ts'
import { newPostgres } from '../test/postgres-under-test.ts'
import { type OpenStore, openStore } from './open-store.ts'

/** A store that is made again from its archive when it is closed, and must be the same. */
const restoredAtEnd = async (filename: string, other: string): Promise<OpenStore> => {
  const opened = await openStore({ filename })
  const close = async () => {
    const text = await archiveOf(opened)
    const copy = await openStore({ filename: other })
    await copy.archive.restore(linesOf(text))
    expect(await archiveOf(copy)).toBe(text)
    await Promise.all([copy.close(), opened.close()])
  }
  return { ...opened, close }
}

describe('random histories over SQLite', () => {
  it('agree with a naive ledger after every step', async () => {
    await checkRandomHistories(() => openStore({ filename: ':memory:' }), { runs: 2000, historiesPerStore: 20 })
  })
})

describe('random histories over PostgreSQL', () => {
  it('agree with a naive ledger after every step, and their archive restores them', async () => {
    const opened = async () => restoredAtEnd(await newPostgres(), await newPostgres())
    await checkRandomHistories(opened, { runs: 100, historiesPerStore: 20 })
  })
})
