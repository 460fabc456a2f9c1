import { strangeCursor } from '@lotbook/domain'
import { Result } from 'effect'
import { describe, expect, it } from 'vitest'
import { done, makePlant, open, refused } from '../../test/plant.ts'
import { pageOf, readCursor } from './page.ts'

const from = (cursor: string | null) => ({ limit: 10, after: cursor, now: 0 })

describe('a cursor', () => {
  it('is the key of the last item shown', () => {
    const { items, next } = pageOf([1, 2, 3], { limit: 2, after: null }, (row) => ['Plant/Dock', row], String)
    expect(items).toEqual(['1', '2'])
    expect(readCursor(from(next), ['', 0])).toEqual(Result.succeed(['Plant/Dock', 2]))
  })

  it('holds for its own list only', () => {
    const paging = { limit: 1, after: null, list: 'lots 1' }
    const { next: after } = pageOf([1, 2], paging, (row) => [row], String)
    expect(readCursor({ ...paging, after }, [0])).toEqual(Result.succeed([1]))
    const { list: _, ...unnamed } = paging
    for (const other of [unnamed, { ...paging, list: 'lots 2' }])
      expect(readCursor({ ...other, after }, [0])).toEqual(Result.fail(strangeCursor()))
  })

  it('is not given after the last item', () => {
    expect(pageOf([1, 2], { limit: 2, after: null }, (row) => [row], String).next).toBeNull()
    expect(pageOf([], { limit: 2, after: null }, () => [0], String)).toEqual({ items: [], next: null })
  })

  it.each([
    '',
    'no cursor',
    '{}',
    Buffer.from('["a"]').toString('base64url'),
    Buffer.from('[1,2]').toString('base64url'),
  ])('that no page gave is refused: %j', (text) => {
    const read = readCursor(from(text), [0])
    expect(Result.isFailure(read) && read.failure).toEqual(strangeCursor())
  })
})

describe('a list', () => {
  it('refuses a cursor that no page gave, and a filter that names nothing', async () => {
    const { store } = await open({ filename: ':memory:' })
    await makePlant(store)
    for (const list of [store.findRecords, store.findInventory, store.findUnits])
      expect(await refused(list(from('x')))).toMatchObject({ violations: strangeCursor().violations })
    const lot = { name: 'A', material: { name: 'Raw/Salt' } }
    expect(await refused(store.findRecords({ ...from(null), lot }))).toMatchObject({
      kind: 'material',
      idOrName: 'Raw/Salt',
    })
    expect(await refused(store.findInventory({ ...from(null), location: { name: 'Mars' } }))).toMatchObject({
      kind: 'location',
      idOrName: 'Mars',
    })
  })

  it('goes below a place, and not beside it', async () => {
    const { store } = await open({ filename: ':memory:' })
    const { inventory } = await makePlant(store)
    const call = { actor: 'ada', grants: ['INVENTORY'] } as const
    for (const path of ['Plant/Dock/Gate 1', 'Plant/Dock2', 'Plant/Dock-Yard'])
      await done(inventory.saveLocation({ path }, call))
    const { items } = await done(store.findLocations({ ...from(null), under: 'Plant/Dock' }))
    expect(items.map(({ path }) => path)).toEqual(['Plant/Dock', 'Plant/Dock/Gate 1'])
  })
})
