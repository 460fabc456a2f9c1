import { jsonOf, makeInventory, makeUlidSource, type RecordQuery, type Store } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { ada, done, makePlant, newFile, open, refused } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'

const stage = async (filename: string) => {
  const [{ store }, elsewhere] = [await open({ filename }), await open({ filename })]
  const plant = await makePlant(store)
  const [A, B] = [await plant.lot('A'), await plant.lot('B')]
  const ids: (string | null)[] = []
  for (let day = 1; day <= 5; day += 1) for (const lot of [A, B]) ids.push((await plant.receive(lot, 10, day)).id)
  const inventory = makeInventory({
    store: elsewhere.store,
    now: () => Date.UTC(2026, 10, 23, 8),
    newUlid: makeUlidSource(),
  })
  return { store, plant, B, ids, inventory }
}

/** The pages of a list, from one cursor to the next. */
const pagesOf = async (store: Store, query: Omit<RecordQuery, 'after'>): Promise<readonly RecordQuery[]> => {
  const pages: RecordQuery[] = []
  let after: string | null = null
  do {
    const page: RecordQuery = { ...query, after }
    pages.push(page)
    after = (await done(store.findRecords(page))).next
  } while (after !== null)
  return pages
}

describe.each([
  { engine: 'SQLite', place: async () => newFile() },
  { engine: 'PostgreSQL', place: newPostgres },
])('a page of records that was read before, on $engine', ({ place }) => {
  it('is given again until a record that it depends on was changed, in whichever process', async () => {
    const { store, plant, B, ids, inventory } = await stage(await place())
    const lists = {
      old: await pagesOf(store, { limit: 3 }),
      new: await pagesOf(store, { limit: 4, newestFirst: true }),
      ofA: await pagesOf(store, { limit: 3, lot: { name: 'A', material: { name: 'Raw/Sugar' } } }),
      wet: await pagesOf(store, { limit: 3, notesContains: 'wet' }),
      reversed: await pagesOf(store, { limit: 3, reversed: true }),
    }
    const read = new Map<RecordQuery, Uint8Array>()
    /** Which pages were made again, each as the page of views. */
    const madeAgain = async (): Promise<readonly string[]> => {
      const made: string[] = []
      for (const [name, pages] of Object.entries(lists))
        for (const [index, page] of pages.entries()) {
          const text = await done(store.findRecordsJson(page))
          expect(new TextDecoder().decode(text), name).toBe(jsonOf(await done(store.findRecords(page))))
          if (read.get(page) !== text) made.push(`${name} ${index}`)
          read.set(page, text)
        }
      return made
    }
    const all = ['old 0', 'old 1', 'old 2', 'old 3', 'new 0', 'new 1', 'new 2', 'ofA 0', 'ofA 1', 'wet 0', 'reversed 0']
    const correct = (id: string | null | undefined, notes: string) =>
      done(inventory.saveInventoryLotRecord({ id, notes }, ada))
    expect(await madeAgain()).toEqual(all)
    expect(await madeAgain()).toEqual([])

    // Record 5 of 12: the first two gave the lots their status. What ends with no next page depends on all behind it.
    await correct(ids[2], 'wet')
    expect(await madeAgain()).toEqual(['old 1', 'new 1', 'ofA 0', 'wet 0', 'reversed 0'])
    await correct(ids[2], 'dry')
    expect(await madeAgain()).toEqual(['old 1', 'new 1', 'ofA 0', 'wet 0', 'reversed 0'])

    // Record 7, of A: its reversal is one more at the end, and gives it no version.
    await done(inventory.reverseLotRecord({ id: ids[4] }, ada))
    expect(await madeAgain()).toEqual([
      ...['old 1', 'old 2', 'old 3', 'new 0', 'new 1', 'ofA 0', 'ofA 1', 'wet 0', 'reversed 0'],
    ])
    expect(await madeAgain()).toEqual([])

    // One more of B, and then record 12: both are found by one look.
    await plant.receive(B, 5)
    await correct(ids[9], 'wet')
    expect(await madeAgain()).toEqual(['old 3', 'new 0', 'ofA 1', 'wet 0', 'reversed 0'])

    // What records show by name.
    await done(inventory.saveLot({ id: B.id, materialId: plant.sugar, name: 'B 2' }, ada))
    expect(await madeAgain()).toEqual(all)
    expect(await madeAgain()).toEqual([])
  })

  it('is no page of a lot that was deleted', async () => {
    const { store, plant, inventory } = await stage(await place())
    const lot = await done(inventory.saveLot({ name: 'C', materialId: plant.sugar }, ada))
    const page: RecordQuery = { limit: 3, after: null, lot: { name: 'C', material: { name: 'Raw/Sugar' } } }
    for (let time = 0; time < 2; time += 1)
      expect(new TextDecoder().decode(await done(store.findRecordsJson(page)))).toBe('{"items":[],"next":null}')
    await done(inventory.deleteLot(lot.id ?? '', ada))
    expect(await refused(store.findRecordsJson(page))).toMatchObject({ _tag: 'NotFound', kind: 'lot' })
  })
})
