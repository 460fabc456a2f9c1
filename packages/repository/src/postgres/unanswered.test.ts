import { expect, it } from 'vitest'
import { ada, done, keptOnce, makePlant, open, refused } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'
import { wayBetween } from '../../test/way-between.ts'

/** A way to the server on which, once it is asked to, the answer to the next commit of a write is lost. */
const openWay = async (to: string) => {
  let loses = false
  const address = await wayBetween(to, (client, server, end) => {
    let [wrote, before] = [false, '']
    server.on('data', (data) => {
      // What the server says is done, by the tags of its protocol, which may come in two pieces.
      const text = data.toString('latin1')
      const says = (tag: string) => `${before.slice(1 - tag.length)}${text}`.includes(tag)
      wrote ||= says('INSERT 0 ')
      const isCommitted = says('COMMIT\0')
      before = `${before}${text}`.slice(-8)
      if (isCommitted) {
        if (loses && wrote) {
          loses = false
          end()
          return
        }
        wrote = false
      }
      client.write(data)
    })
    client.on('data', (data) => server.write(data))
  })
  const lose = () => {
    loses = true
  }
  return { address, lose }
}

it('a commit that was done and whose answer is lost may be written, and with its receipt it happens once', async () => {
  const address = await newPostgres()
  const way = await openWay(address)
  const { store } = await open({ filename: way.address, patience: 60_000 })
  const plant = await makePlant(store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 100)
  const { receipt, kept } = keptOnce()
  const consume = plant.record('CONSUME', lot, { quantity: 10, sourceLocationId: plant.dock }, { ...ada, receipt })
  const onHand = async () => (await done(plant.inventory.getLot(lot.id ?? '', ada))).onHand

  way.lose()
  expect(await refused(consume)).toMatchObject({
    _tag: 'StorageUnavailable',
    mayBeWritten: true,
    message:
      'the store is not available: the connection was lost while the change was being committed. The change may be written or not: send it again with the same Idempotency-Key, or look whether it is there',
  })
  expect(await onHand()).toBe(90)
  await done(consume)
  expect([await onHand(), kept.replays]).toEqual([90, 1])
  expect(await done(store.verify())).toMatchObject({ mismatches: [] })
})
