import { describe, expect, it } from 'vitest'
import { beside, done, newFile, openParts } from '../../test/plant.ts'
import { execute } from '../program.ts'

describe('a session that writes, while another process writes', () => {
  it('waits for its turn, and others are answered meanwhile', async () => {
    const file = newFile()
    const { openSession, store } = openParts(file, Number.POSITIVE_INFINITY)
    const other = beside(file)
    other.exec('begin immediate')
    const opening = openSession(true)
    // This turn comes only because nobody waits for the lock inside SQLite.
    expect(await done(store.policy())).toBe('standard')
    other.exec('rollback')
    const session = await opening
    await session.run(function* () {
      yield* execute({ sql: "update ledger_head set policy = 'strict'", parameters: [] })
    })
    await session.end(true)
    expect(await done(store.policy())).toBe('strict')
  })

  it('is refused when it has waited for as long as the store waits, and holds nothing', async () => {
    const file = newFile()
    const { openSession } = openParts(file, 20)
    const other = beside(file)
    other.exec('begin immediate')
    await expect(openSession(true)).rejects.toMatchObject({
      _tag: 'StorageUnavailable',
      reason: 'another process is writing (SQLITE_BUSY)',
    })
    other.exec('commit')
    other.exec('begin immediate')
    other.exec('rollback')
    const session = await openSession(true)
    await session.end(false)
  })

  it('does not wait for a store that is closed meanwhile', async () => {
    const file = newFile()
    const { openSession, connection } = openParts(file, Number.POSITIVE_INFINITY)
    const other = beside(file)
    other.exec('begin immediate')
    const refused = expect(openSession(true)).rejects.toMatchObject({ _tag: 'StorageUnavailable' })
    connection.close()
    await refused
  })
})
