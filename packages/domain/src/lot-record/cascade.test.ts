import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'
import { largestCascade } from './cascade.ts'

let plant: Plant
let a: string
let dock: string
let cellar: string

beforeEach(async () => {
  plant = await makePlant()
  ;({ dock, cellar } = plant.location)
  a = await plant.lot('A', { stock: 10 })
})

const request = ({ id }: RecordView, fields = {}) => ({ id, cascade: true, ...fields })
const refusal = (record: RecordView, fields = {}, call = plant.ada) =>
  plant.refused(plant.inventory.reverseLotRecord(request(record, fields), call))
const move = (lot: string, quantity: number, day: number, from: string, to: string) =>
  plant.save('MOVE', lot, { quantity, startDate: at(day), sourceLocationId: from, destinationLocationId: to })

/** Takes back exactly these, in this order, and a dry run says so before. */
const takesBack = async (record: RecordView, ...expected: readonly RecordView[]) => {
  const ids = expected.map(({ id }) => id)
  const before = await plant.dump()
  const preview = await plant.done(plant.inventory.dryRun.reverseLotRecord(request(record), plant.ada))
  expect(preview.records.map(({ id, reversalOf }) => ({ id, reversalOf }))).toEqual(
    ids.map((reversalOf) => ({ id: null, reversalOf })),
  )
  expect(await plant.dump()).toEqual(before)
  const items = await plant.cascade(record)
  expect(items.map(({ reversalOf }) => reversalOf)).toEqual(ids)
  const sequences = items.map(({ sequence }) => sequence ?? 0)
  expect(sequences).toEqual(sequences.map((_, place) => (sequences[0] ?? 0) + place))
}

describe('reverseLotRecord with cascade', () => {
  it('takes back the record alone where nothing stands in its way, and still answers with a list', async () => {
    const consumed = await plant.consume(a, 2, 4)
    await takesBack(consumed, consumed)
    expect(await plant.stock(a)).toEqual({ Dock: 10 })
  })

  it('takes back later changes of status first, newest first', async () => {
    const held = await plant.changeStatus(a, 'QA_HOLD')
    const freed = await plant.changeStatus(a, 'AVAILABLE')
    const again = await plant.changeStatus(a, 'QA_HOLD')
    await takesBack(held, again, freed, held)
    expect((await plant.get(a)).status).toBe('AVAILABLE')
  })

  it('takes back what took the stock, along every place it went to, and leaves the rest', async () => {
    const received = await plant.receive(a, 5, 3, cellar)
    const kept = await plant.consume(a, 1, 4)
    const moved = await move(a, 5, 4, cellar, plant.location.line)
    const consumed = await plant.consume(a, 3, 5, plant.location.line)
    await takesBack(received, consumed, moved, received)
    expect(await plant.stock(a)).toEqual({ Dock: 9 })
    expect((await plant.get(a)).totalQuantity).toBe(10)
    expect((await plant.done(plant.inventory.getInventoryLotRecord(kept.id ?? '', plant.ada))).reversedBy).toBeNull()
  })

  it('spares what took before the record came in', async () => {
    const b = await plant.lot('B')
    await plant.receive(b, 3, 1, cellar)
    const received = await plant.receive(b, 10, 5, cellar)
    const consumed = await plant.consume(b, 10, 6, cellar)
    await plant.consume(b, 3, 2, cellar)
    await takesBack(received, consumed, received)
    expect(await plant.stock(b)).toEqual({})
  })

  it('takes back the split child, its own postings first', async () => {
    const child = await plant.lot('A-1', { status: 'OPEN' })
    const split = await plant.save('SPLIT', a, {
      quantity: 4,
      startDate: at(4),
      sourceLocationId: dock,
      secondaryInventoryLotId: child,
    })
    const count = await plant.save('EDIT', child, { quantity: 1, startDate: at(5), sourceLocationId: dock })
    const consumed = await plant.consume(child, 5, 6)
    await takesBack(split, consumed, count, split)
    expect([await plant.stock(a), await plant.stock(child)]).toEqual([{ Dock: 10 }, {}])
    expect(await plant.get(child)).toMatchObject({ status: 'OPEN', totalQuantity: 0 })
  })

  it('takes back a merge with what the survivor did since, and the absorbed lot is open again', async () => {
    const b = await plant.lot('B')
    const received = await plant.receive(b, 3, 2)
    const merge = await plant.save('MERGE', a, { startDate: at(4), secondaryInventoryLotId: b })
    const shipped = await plant.save('SHIP', a, { quantity: 13, startDate: at(5), sourceLocationId: dock })
    await takesBack(received, shipped, merge, received)
    expect(await plant.get(a)).toMatchObject({ status: 'AVAILABLE', onHand: 10, totalQuantity: 10 })
    expect(await plant.get(b)).toMatchObject({ status: 'AVAILABLE', onHand: 0, totalQuantity: 0 })
  })

  it('takes back what took a consumption back, and later counts', async () => {
    const consumed = await plant.consume(a, 4, 4)
    const back = await plant.save('UNCONSUME', a, { quantity: 1, startDate: at(5), destinationLocationId: dock })
    const count = await plant.save('EDIT', a, { quantity: -1, startDate: at(6), sourceLocationId: dock })
    await takesBack(consumed, count, back, consumed)
    expect(await plant.stock(a)).toEqual({ Dock: 10 })
  })

  it('opens a lot that was closed since, and empties one that was reopened', async () => {
    const consumed = await plant.consume(a, 10, 4)
    const held = await plant.changeStatus(a, 'QA_HOLD')
    const closed = await plant.changeStatus(a, 'CLOSED')
    const reopened = await plant.changeStatus(a, 'QA_HOLD')
    const received = await plant.receive(a, 2, 5)
    await takesBack(reopened, received, reopened)
    expect(await plant.get(a)).toMatchObject({ status: 'CLOSED', onHand: 0 })
    await takesBack(consumed, closed, consumed)
    expect(await plant.get(a)).toMatchObject({ status: 'QA_HOLD', onHand: 10 })
    expect(held.reversedBy).toBeNull()
  })

  it('names what can never be cleared, and changes nothing', async () => {
    const lot = await plant.lot('C', { status: 'OPEN', expirationDate: at(20) })
    const held = await plant.changeStatus(lot, 'AVAILABLE')
    const expired = await plant.changeStatus(lot, 'EXPIRED')
    expect(await refusal(held)).toMatchObject({
      _tag: 'ReversalBlocked',
      recordId: held.id,
      blockers: [{ recordId: expired.id, lotRecordType: 'STATUS_CHANGE', reason: expect.stringContaining('EXPIRED') }],
    })
    const reversal = await plant.reverse(await plant.consume(a, 2, 4))
    expect(await refusal(reversal)).toMatchObject({
      blockers: [{ reason: 'a reversal cannot be reversed: write the record anew', recordId: reversal.id }],
    })
  })

  it('asks for the permission of every type, and of the release where the policy is strict', async () => {
    const received = await plant.receive(a, 5, 3, cellar)
    await plant.consume(a, 3, 5, cellar)
    const ben = plant.caller('INVENTORY.WRITE.RECEIVE')
    expect(await refusal(received, {}, ben)).toMatchObject({ permission: 'INVENTORY.WRITE.CONSUME' })
    const held = await plant.changeStatus(a, 'QA_HOLD')
    await plant.changeStatus(a, 'AVAILABLE')
    await plant.changeStatus(a, 'QA_HOLD')
    await plant.setPolicy('strict')
    const carl = plant.caller('INVENTORY.WRITE.CHANGE_STATUS')
    expect(await refusal(held, { notes: 'wrong lot' }, carl)).toMatchObject({ permission: 'INVENTORY.WRITE.RELEASE' })
  })

  it('asks for notes where any of the records does, and gives them to all', async () => {
    const consumed = await plant.consume(a, 4, 4)
    await plant.save('EDIT', a, { quantity: 1, startDate: at(6), sourceLocationId: dock })
    await plant.setPolicy('strict')
    expect(await refusal(consumed)).toMatchObject({ violations: { notes: [expect.stringContaining('strict')] } })
    const items = await plant.cascade(consumed, { notes: 'a mistake' })
    expect(items.map(({ notes }) => notes)).toEqual(['a mistake', 'a mistake'])
  })

  it('holds the version against the record itself, and asks for the record', async () => {
    const consumed = await plant.consume(a, 2, 4)
    expect(await refusal(consumed, {}, { ...plant.ada, expectedVersion: 2 } as typeof plant.ada)).toMatchObject({
      _tag: 'VersionConflict',
    })
    const missing = { ...consumed, id: '01JE6F0CE9-T94PZD8R-TH9J01TJ' }
    expect(await refusal(missing)).toMatchObject({ _tag: 'NotFound' })
  })

  it('takes long chains with it, up to its limit', async () => {
    const b = await plant.lot('B')
    const received = await plant.receive(b, 2_000, 3)
    const consume = (count: number) =>
      plant.done(
        plant.inventory.executeInventoryActions(
          {
            requests: Array.from({ length: count }, () => ({
              type: 'CONSUME',
              quantity: 1,
              lotIdOrName: b,
              sourceLocationIdOrPath: 'Plant/Dock',
              startDate: at(5),
            })),
          },
          plant.ada,
        ),
      )
    await consume(largestCascade - 1)
    const count = await plant.save('EDIT', b, { quantity: -1001, startDate: at(6), sourceLocationId: dock })
    expect(await refusal(received)).toMatchObject({
      _tag: 'ReversalBlocked',
      blockers: [{ reason: expect.stringContaining(`more than ${largestCascade} later records`), recordId: null }],
    })
    await plant.reverse(count)
    const items = await plant.cascade(received)
    expect(items).toHaveLength(largestCascade)
    expect(items.at(-1)?.reversalOf).toBe(received.id)
    expect(await plant.get(b)).toMatchObject({ onHand: 0, totalQuantity: 0 })
  })
})
