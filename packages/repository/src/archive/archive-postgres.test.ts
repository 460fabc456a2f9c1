import { makeInventory, makeUlidSource } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { ada, archiveOf, done, linesOf, makePlant, open } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'
import type { OpenStore } from '../open-store.ts'

const database = async (): Promise<OpenStore> => open({ filename: await newPostgres() })

/** A store with a lot, some of it consumed. */
const written = async () => {
  const opened = await database()
  const plant = await makePlant(opened.store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 100)
  await plant.consume(lot, 1)
  return { opened, plant, lot }
}

describe('on PostgreSQL', () => {
  it('an archive restores a ledger with the same head, and its own archive byte for byte', async () => {
    const { opened } = await written()
    const text = await archiveOf(opened)
    const copy = await database()
    const checkpoint = await copy.archive.restore(linesOf(text))
    expect(checkpoint).toEqual(await done(opened.store.checkpoint()))
    expect(await done(copy.store.verify())).toMatchObject({ checkpoint, mismatches: [] })
    expect(await archiveOf(copy)).toBe(text)
    await expect(copy.archive.restore(linesOf(text))).rejects.toThrow('not empty')
    expect(await done(copy.store.checkpoint())).toEqual(checkpoint)
  })

  it('an archive and a snapshot are one moment of the ledger while others write', async () => {
    const { opened, plant, lot } = await written()
    const before = await archiveOf(opened)
    const { store, close } = await opened.snapshot()
    const moment = makeInventory({ store, now: () => 0, newUlid: makeUlidSource() })
    const stock = async () => (await done(moment.findInventory({}, ada))).items.map(({ quantity }) => quantity)
    expect(await stock()).toEqual([99])
    const reading = opened.archive.write()
    let text = (await reading.next()).value ?? ''
    await Promise.all([1, 2, 3].map((quantity) => plant.receive(lot, quantity)))
    for await (const part of reading) {
      text += part
      await plant.receive(lot, 1)
    }
    expect(text).toBe(before)
    expect(await stock()).toEqual([99])
    await close()
    expect(await archiveOf(opened)).not.toBe(before)
  })

  it('an archive that was tampered with leaves a store that refuses to be used, until it is restored', async () => {
    const { opened } = await written()
    const text = await archiveOf(opened)
    const copy = await database()
    const tampered = text.replace('"quantity":100000000', '"quantity":100000001')
    expect(tampered).not.toBe(text)
    await expect(copy.archive.restore(linesOf(tampered))).rejects.toMatchObject({ _tag: 'ValidationFailed' })
    await expect(done(copy.store.checkpoint())).rejects.toThrow('restore again')
    await expect(makePlant(copy.store)).rejects.toThrow('restore again')
    await copy.archive.restore(linesOf(text))
    expect(await archiveOf(copy)).toBe(text)
  })
})
