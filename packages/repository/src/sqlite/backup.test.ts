import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { done, makePlant, newFile, open } from '../../test/plant.ts'

const filesBeside = (file: string): readonly string[] =>
  readdirSync(dirname(file)).filter((name) => name.startsWith(basename(file)))

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

  it('writes over no file, and leaves nothing of its own behind', async () => {
    const file = newFile()
    const { backup } = await open({ filename: file })
    const copy = `${file}.copy`
    writeFileSync(copy, 'an earlier one')
    const before = filesBeside(file)
    await expect(backup(copy)).rejects.toMatchObject({ code: 'EEXIST' })
    expect(readFileSync(copy, 'utf8')).toBe('an earlier one')
    expect(filesBeside(file)).toEqual(before)
    await expect(backup(`${dirname(file)}/no/such/folder/copy`)).rejects.toThrow()
    expect(filesBeside(file)).toEqual(before)
  })

  it('is taken by one of two that take the same name at once, and whole', async () => {
    const file = newFile()
    const { store, backup } = await open({ filename: file })
    const plant = await makePlant(store)
    await plant.receive(await plant.lot('A'), 5)
    const copy = `${file}.copy`
    const came = await Promise.allSettled([backup(copy), backup(copy)])
    expect(came.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(came.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'EEXIST' } })
    expect(filesBeside(file).filter((name) => name.endsWith('.partial'))).toEqual([])
    const copied = await open({ filename: copy })
    expect((await done(copied.store.verify())).checkpoint).toEqual(await done(store.checkpoint()))
  })
})
