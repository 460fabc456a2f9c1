import { existsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { done, makePlant, newFile, open } from '../../test/plant.ts'

describe('a backup', () => {
  it('is one moment of a store that is being written', async () => {
    const file = newFile()
    const { store, backup } = await open({ filename: file })
    const plant = await makePlant(store)
    const lot = await plant.lot('A')
    // More than is consumed while a slow disk is copied to.
    await plant.receive(lot, 100_000_000)
    let going = true
    let written = 0
    const writing = (async () => {
      while (going) {
        await Promise.all(Array.from({ length: 10 }, () => plant.consume(lot, 1)))
        written += 10
      }
    })()
    const copy = `${file}.copy`
    await backup(copy)
    going = false
    await writing
    expect(written).toBeGreaterThan(0)

    const restored = await open({ filename: copy })
    const verification = await done(restored.store.verify())
    expect(verification.mismatches).toEqual([])
    expect(verification.checkpoint.count).toBeLessThanOrEqual((await done(store.checkpoint())).count)
    const { items } = await done(restored.store.findLots({ limit: 1, after: null, now: 0 }))
    expect(items[0]?.onHand).toBe(100_000_000 - (verification.checkpoint.count - 2))
  })

  it('replaces an earlier one only when it is whole', async () => {
    const file = newFile()
    const { backup } = await open({ filename: file })
    const copy = `${file}.copy`
    writeFileSync(copy, 'an earlier one')
    await backup(copy)
    expect(existsSync(`${copy}.partial`)).toBe(false)
    await (await open({ filename: copy })).close()
    await expect(backup(`${dirname(file)}/no/such/folder/copy`)).rejects.toThrow()
  })
})
