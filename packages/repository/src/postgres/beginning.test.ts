import { makeInventory, makeUlidSource } from '@lotbook/domain'
import { expect, it } from 'vitest'
import { ada, at, done, makePlant, open } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'
import { wayBetween } from '../../test/way-between.ts'

const beginning = 'begin transaction isolation level read committed'

/** A way to the server on which, once it is asked to, the next beginning of a transaction that writes fails by itself. */
const openWay = async (to: string) => {
  let [toSpoil, spoiled] = [0, 0]
  const address = await wayBetween(to, (client, server) => {
    client.on('data', (data) => {
      const place = toSpoil > 0 ? data.indexOf(beginning) : -1
      if (place !== -1) {
        data.write('spoil', place)
        toSpoil -= 1
        spoiled += 1
      }
      server.write(data)
    })
    server.on('data', (data) => client.write(data))
  })
  const spoil = () => {
    toSpoil += 1
  }
  return { address, spoil, spoiled: () => spoiled }
}

it('of changes whose transaction does not begin nothing is kept by half', async () => {
  const direct = await newPostgres()
  const { store } = await open({ filename: direct })
  const plant = await makePlant(store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 100)
  const { records } = await done(store.verify())

  const way = await openWay(direct)
  const through = await open({ filename: way.address })
  const now = () => Date.UTC(2026, 10, 23, 8)
  const inventory = makeInventory({ store: through.store, now, newUlid: makeUlidSource() })
  const consume = (quantity: number) => {
    const taken = { quantity, sourceLocationId: plant.dock, startDate: at(21) }
    const record = { lotRecordType: 'CONSUME', inventoryLotId: lot.id, status: 'COMPLETED' }
    return done(inventory.saveInventoryLotRecord({ ...record, ...taken }, ada))
  }
  way.spoil()
  await Promise.all([1, 2, 4].map(consume))
  expect(way.spoiled()).toBe(1)
  expect(await done(store.verify())).toMatchObject({ records: records + 3, mismatches: [] })
  expect((await done(plant.inventory.getLot(lot.id ?? '', ada))).onHand).toBe(93)
  await consume(8)
  expect((await done(plant.inventory.getLot(lot.id ?? '', ada))).onHand).toBe(85)
})
