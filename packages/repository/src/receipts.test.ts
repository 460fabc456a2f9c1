import { IdempotencyKeyReused, type Receipt, type RecordView } from '@lotbook/domain'
import type { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import { ada, beside, done, dump, makePlant, newFile, open, refused } from '../test/plant.ts'

const now = Date.UTC(2026, 10, 23, 8)

const stage = async () => {
  const file = newFile()
  const { store } = await open({ filename: file })
  const plant = await makePlant(store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 100)
  let replays = 0
  const receipt = (more: Partial<Receipt> = {}): Receipt => ({
    scope: 'ada saveInventoryLotRecord',
    key: 'k1',
    fingerprint: 'f1',
    now,
    expires: now + 60_000,
    onReplay: () => {
      replays += 1
    },
    ...more,
  })
  const consuming = (given: Receipt, quantity = 1): Effect.Effect<RecordView, unknown> =>
    plant.record('CONSUME', lot, { quantity, sourceLocationId: plant.dock }, { ...ada, receipt: given })
  const held = async () => (await done(plant.inventory.getLot(lot.id ?? '', ada))).onHand
  return { file, plant, lot, receipt, consuming, held, replays: () => replays }
}

describe('a receipt', () => {
  it('makes a change happen once, and gives its answer again', async () => {
    const { file, receipt, consuming, replays } = await stage()
    const first = await done(consuming(receipt()))
    const before = dump(file)
    expect(await done(consuming(receipt()))).toEqual(first)
    expect(replays()).toBe(1)
    expect(dump(file)).toEqual(before)
  })

  it('holds among changes of one transaction too', async () => {
    const { receipt, consuming, held, replays } = await stage()
    const answers = await Promise.all(Array.from({ length: 50 }, () => done(consuming(receipt()))))
    expect(new Set(answers.map(({ sequence }) => sequence)).size).toBe(1)
    expect(await held()).toBe(99)
    expect(replays()).toBe(49)
  })

  it('is refused with another request, and belongs to its scope', async () => {
    const { receipt, consuming, held } = await stage()
    await done(consuming(receipt()))
    expect(await refused(consuming(receipt({ fingerprint: 'f2' })))).toBeInstanceOf(IdempotencyKeyReused)
    await done(consuming(receipt({ fingerprint: 'f2', scope: 'ben saveInventoryLotRecord' })))
    expect(await held()).toBe(98)
  })

  it('does not keep refusals', async () => {
    const { receipt, consuming } = await stage()
    await refused(consuming(receipt(), 1000))
    expect(await done(consuming(receipt(), 1))).toMatchObject({ quantity: 1 })
  })

  it('holds for a process whose clock is years ahead, too', async () => {
    const { receipt, consuming, held, replays } = await stage()
    const first = await done(consuming(receipt()))
    const years = 3 * 365 * 86_400_000
    const ahead = { now: now + years, expires: now + years + 60_000 }
    expect(await done(consuming(receipt(ahead)))).toEqual(first)
    expect(await refused(consuming(receipt({ fingerprint: 'f2', ...ahead })))).toBeInstanceOf(IdempotencyKeyReused)
    expect([await held(), replays()]).toEqual([99, 1])
  })

  it('goes away some time after it expired, when many have come after it', async () => {
    const { file, receipt, consuming } = await stage()
    const database = beside(file)
    const old = database.prepare("select key from receipt where key in ('old', 'new') order by id")
    const untilPurged = (name: string) =>
      Promise.all(Array.from({ length: 500 }, (_, n) => done(consuming(receipt({ key: `${name} ${n}` }), 0.001))))
    await done(consuming(receipt({ key: 'old', expires: now - 1 })))
    await done(consuming(receipt({ key: 'new' })))
    await untilPurged('before')
    expect(old.pluck().all()).toEqual(['old', 'new'])
    database.exec('update receipt set id = id + 100000 where id > 2')
    await untilPurged('after')
    expect(old.pluck().all()).toEqual(['new'])
  })
})

describe('a dry run', () => {
  it('goes all the way and leaves nothing, not even its receipt', async () => {
    const { file, plant, lot, receipt } = await stage()
    const before = dump(file)
    const request = {
      lotRecordType: 'MOVE',
      inventoryLotId: lot.id,
      status: 'COMPLETED',
      quantity: 5,
      sourceLocationId: plant.dock,
      destinationLocationId: plant.line,
    }
    const call = { ...ada, receipt: receipt() }
    const preview = await done(plant.inventory.dryRun.saveInventoryLotRecord(request, call))
    expect(preview.record).toMatchObject({ sequence: null })
    expect(preview.balances.map(({ locationPath, quantity }) => [locationPath, quantity])).toEqual([
      ['Plant/Dock', 95],
      ['Plant/Line', 5],
    ])
    expect(dump(file)).toEqual(before)
    const real = await done(plant.inventory.saveInventoryLotRecord(request, call))
    expect(real.sequence).toBe(3)
  })

  it('leaves its neighbours in a transaction alone', async () => {
    const { plant, lot, held } = await stage()
    const request = (quantity: number) => {
      const { id: inventoryLotId } = lot
      return { lotRecordType: 'CONSUME', inventoryLotId, status: 'COMPLETED', quantity, sourceLocationId: plant.dock }
    }
    const { inventory } = plant
    const [first, , third] = await Promise.all([
      done(inventory.saveInventoryLotRecord(request(1), ada)),
      done(inventory.dryRun.saveInventoryLotRecord(request(50), ada)),
      done(inventory.saveInventoryLotRecord(request(2), ada)),
    ])
    expect([first.sequence, third.sequence]).toEqual([3, 4])
    expect(await held()).toBe(97)
  })
})
