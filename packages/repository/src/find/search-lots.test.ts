import { conditions, lotFields, lotStatuses, makeInventory, type Store } from '@lotbook/domain'
import { countedUlids, makeMemoryStore, sha256 } from '@lotbook/domain/testing'
import { Effect } from 'effect'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ada, at, done, open } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'

const now = Date.UTC(2026, 10, 23, 8)
const names = ['A', 'a', 'B_1', 'B%1', 'Ö', 'ﬁ', '🥛', '🥛A', 'A/'.replace('/', '\\'), "'; --", '10', '9']

/** The same lots in a store, with the same ids: of every status, expiring or not, with stock and words or without. */
const stock = async (store: Store) => {
  const inventory = makeInventory({ store, now: () => now, newUlid: countedUlids() })
  await Effect.runPromise(store.setPolicy('permissive', 'ada', now))
  await done(inventory.saveUnit({ symbol: 'kg', name: 'kilogram' }, ada))
  await done(inventory.saveUnit({ symbol: 'l', name: 'litre' }, ada))
  const { id: sugar } = await done(inventory.saveMaterial({ path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' }, ada))
  const { id: milk } = await done(inventory.saveMaterial({ path: 'Milk', unitOfMeasureSymbol: 'l' }, ada))
  await done(inventory.saveLocation({ path: 'Plant/Dock' }, ada))
  await done(inventory.saveLocation({ path: 'Plant/Line' }, ada))
  const ids: (string | null)[] = [sugar, milk]
  for (const [index, name] of names.entries()) {
    const words = {
      notes: index % 3 === 0 ? name : null,
      spare1: index % 2 === 0 ? 'x' : null,
      supplierId: names[index % 4],
    }
    const expirationDate = index % 3 === 1 ? at(1 + index * 3) : null
    const materialId = index % 4 === 0 ? milk : sugar
    const { id } = await done(inventory.saveLot({ name, materialId, expirationDate, ...words }, ada))
    ids.push(id)
    for (const path of index % 2 === 0 ? ['Plant/Dock', 'Plant/Line'] : ['Plant/Dock'].slice(index % 5))
      await done(inventory.receive({ lotIdOrName: id, quantity: index + 0.5, destinationLocationIdOrPath: path }, ada))
    const newStatus = lotStatuses[index % lotStatuses.length]
    await done(inventory.changeStatus({ lotId: id, newStatus }, ada))
    if (index % 5 === 4) await done(inventory.saveLot({ id, enabled: false }, ada))
  }
  return { inventory, ids }
}

it('finds in every store what it finds in memory, whatever is asked', async () => {
  const { store: inSqlite } = await open({ filename: ':memory:' })
  const { store: inPostgres } = await open({ filename: await newPostgres() })
  const worlds = await Promise.all([makeMemoryStore({ sha256 }), inSqlite, inPostgres].map(stock))
  const [memory, ...others] = worlds.map(({ inventory }) => inventory)
  const ids = worlds[0]?.ids ?? []

  const text = fc.oneof(
    fc.constantFrom(...names, '', 'B', '1', 'x', 'Sugar', 'Raw/', 'kg', 'litre'),
    fc.constantFrom(...lotStatuses, ...ids),
    fc.string({ maxLength: 3 }),
  )
  const number = fc.constantFrom(-1, 0, 0.5, '1.5', 2, 3, 5, '5.0', 10.5, 21, 1e8)
  const date = fc.constantFrom(...Array.from({ length: 12 }, (_, index) => at(1 + index * 3)))
  const byKind = {
    text: { one: 'stringValue', list: 'stringListValue', value: text },
    number: { one: 'numberValue', list: 'numberListValue', value: number },
    date: { one: 'dateValue', list: 'dateListValue', value: date },
  }
  const field = fc.constantFrom(...(Object.keys(lotFields) as (keyof typeof lotFields)[]))
  const filter = fc.tuple(field, fc.constantFrom(...conditions)).chain(([name, condition]) => {
    const fieldKind = lotFields[name]
    const kind =
      fieldKind === 'date'
        ? byKind.date
        : fieldKind === 'quantity' || fieldKind === 'whole'
          ? byKind.number
          : byKind.text
    const { one, list, value } = kind
    const request = fc.constant({ field: name, condition })
    if (condition === 'TRUE' || condition === 'FALSE') return request
    const single = fc.record({ [one]: value })
    const range = fc.record({
      [`min${one.replace(/^./, (first) => first.toUpperCase())}`]: value,
      [`max${one.replace(/^./, (first) => first.toUpperCase())}`]: value,
    })
    const several = fc.record({ [list]: fc.array(value, { minLength: 1, maxLength: 4 }) })
    const values: fc.Arbitrary<object> =
      condition === 'BETWEEN' ? range : condition.endsWith('EQUALS') ? fc.oneof(single, several) : single
    return fc.tuple(request, values).map((parts) => Object.assign({}, ...parts) as object)
  })
  const request = fc.record(
    {
      filters: fc.array(filter, { maxLength: 3 }),
      sortFields: fc.array(field, { maxLength: 3 }),
      sortDirections: fc.array(fc.constantFrom('Ascending', 'desc'), { maxLength: 3 }),
      pageSize: fc.integer({ min: 1, max: 5 }),
      pageIndex: fc.integer({ min: 0, max: 3 }),
    },
    { requiredKeys: [] },
  )

  let answered = 0
  let foundSome = 0
  await fc.assert(
    fc.asyncProperty(request, async (query) => {
      const expected = await Effect.runPromise(
        Effect.result((memory as NonNullable<typeof memory>).findLots(query, ada)),
      )
      for (const other of others)
        expect(await Effect.runPromise(Effect.result(other.findLots(query, ada)))).toEqual(expected)
      if ('success' in expected) {
        answered += 1
        if (expected.success.hasContent) foundSome += 1
      }
    }),
    { numRuns: 1500 },
  )
  // Most of what is asked is right, and much of it finds something.
  expect([answered > 300, foundSome > 150]).toEqual([true, true])
})
