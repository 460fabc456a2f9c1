import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

let plant: Plant
let a: string
let b: string
let dock: string
let cellar: string

beforeEach(async () => {
  plant = await makePlant()
  ;({ dock, cellar } = plant.location)
  a = await plant.lot('A', { stock: 10 })
  b = await plant.lot('B', { stock: 10 })
})

const refusal = ({ id }: RecordView) => plant.refused(plant.inventory.reverseLotRecord({ id }, plant.ada))

const blockedBy = async (record: RecordView, ...blockers: readonly (readonly [string, RecordView])[]) => {
  expect(await refusal(record)).toMatchObject({
    _tag: 'ReversalBlocked',
    recordId: record.id,
    blockers: blockers.map(([reason, { id, lotRecordType }]) => ({ reason, recordId: id, lotRecordType })),
  })
}

describe('reverseLotRecord is refused', () => {
  it('where a later record changed the status that it set', async () => {
    const held = await plant.changeStatus(a, 'QA_HOLD')
    const freed = await plant.changeStatus(a, 'AVAILABLE')
    await blockedBy(held, ['the status it set has changed again', freed])
    await plant.reverse(freed)
    await plant.reverse(held)
  })

  it('where a shipped lot was received back', async () => {
    const shipped = await plant.save('SHIP', a, { quantity: 10, startDate: at(4), sourceLocationId: dock })
    const back = await plant.receive(a, 3, 5)
    await blockedBy(shipped, ['the status it set has changed again', back])
  })

  it('where an older record that was corrected changed the status that it set', async () => {
    const shipped = await plant.save('SHIP', a, { quantity: 4, startDate: at(4), sourceLocationId: dock })
    await plant.save('STATUS_CHANGE', a, { lotStatus: 'QA_HOLD', startDate: at(5) })
    const freed = await plant.save('STATUS_CHANGE', a, { lotStatus: 'AVAILABLE', startDate: at(5) })
    await plant.done(plant.inventory.saveInventoryLotRecord({ id: shipped.id, quantity: 10 }, plant.ada))
    expect(await refusal(freed)).toMatchObject({
      _tag: 'ReversalBlocked',
      blockers: [{ reason: 'the lot is SHIPPED by now', recordId: null, lotRecordType: null }],
    })
  })

  it('where the new lot of a split was posted to since', async () => {
    const child = await plant.lot('A-1')
    const fields = { quantity: 4, startDate: at(4), sourceLocationId: dock, secondaryInventoryLotId: child }
    const split = await plant.save('SPLIT', a, fields)
    await plant.consume(a, 1, 5)
    const consumed = await plant.consume(child, 1, 5)
    const received = await plant.receive(child, 1, 5)
    const reason = 'the new lot has been posted to since'
    await blockedBy(split, [reason, consumed], [reason, received])
    await plant.reverse(received)
    await blockedBy(split, [reason, consumed])
    await plant.reverse(consumed)
    await plant.reverse(split)
  })

  it('where the survivor of a merge was posted to since', async () => {
    const merge = await plant.save('MERGE', a, { startDate: at(4), secondaryInventoryLotId: b })
    const moved = await plant.save('MOVE', a, {
      quantity: 1,
      startDate: at(5),
      sourceLocationId: dock,
      destinationLocationId: cellar,
    })
    await blockedBy(merge, ['the merged lot has been posted to since', moved])
  })

  it('where the lot that a merge closed was reopened', async () => {
    const merge = await plant.save('MERGE', a, { startDate: at(4), secondaryInventoryLotId: b })
    const reopened = await plant.changeStatus(b, 'QA_HOLD')
    await blockedBy(merge, ['the status it set has changed again', reopened])
  })

  it('where the row was counted later', async () => {
    const consumed = await plant.consume(a, 2, 4)
    const count = await plant.save('EDIT', a, { quantity: -1, startDate: at(6), sourceLocationId: dock })
    const again = await plant.save('EDIT', a, { quantity: 0, startDate: at(7), sourceLocationId: dock })
    await blockedBy(consumed, ['the stock was counted since', count], ['the stock was counted since', again])
    await blockedBy(count, ['the stock was counted since', again])
    await plant.reverse(again)
    await plant.reverse(count)
    await plant.reverse(consumed)
  })

  it('where what was consumed was taken back', async () => {
    const consumed = await plant.consume(a, 4, 4)
    const one = await plant.save('UNCONSUME', a, { quantity: 1, startDate: at(5), destinationLocationId: dock })
    const two = await plant.save('UNCONSUME', a, { quantity: 2, startDate: at(5), destinationLocationId: dock })
    await blockedBy(consumed, ['it was taken back', one], ['it was taken back', two])
    await plant.reverse(one)
    await blockedBy(consumed, ['it was taken back', two])
  })

  it('for several reasons at once, all of them named', async () => {
    const child = await plant.lot('A-1', { status: 'OPEN' })
    const fields = { quantity: 4, startDate: at(4), sourceLocationId: dock, secondaryInventoryLotId: child }
    const split = await plant.save('SPLIT', a, fields)
    const count = await plant.save('EDIT', child, { quantity: 1, startDate: at(5), sourceLocationId: dock })
    const held = await plant.save('STATUS_CHANGE', child, { lotStatus: 'QA_HOLD', startDate: at(6) })
    const counted = await plant.save('EDIT', a, { quantity: 1, startDate: at(7), sourceLocationId: dock })
    await blockedBy(
      split,
      ['the status it set has changed again', held],
      ['the new lot has been posted to since', count],
      ['the stock was counted since', counted],
      ['the stock was counted since', count],
    )
  })

  it('where a row would go negative at any moment, and names it', async () => {
    const received = await plant.receive(a, 5, 3, cellar)
    await plant.consume(a, 4, 6, cellar)
    await plant.receive(a, 9, 8, cellar)
    expect(await refusal(received)).toMatchObject({
      _tag: 'InsufficientStock',
      locationPath: 'Plant/Cellar',
      onHand: 1,
      asked: 5,
      moment: at(6),
    })
  })

  it('where the change of status would not be legal the other way round', async () => {
    const tested = await plant.lot('T', { status: 'EXPIRED', expirationDate: at(20) })
    const held = await plant.changeStatus(tested, 'QA_HOLD')
    await plant.reverse(held)
    const lot = await plant.lot('C', { expirationDate: at(20) })
    const expired = await plant.changeStatus(lot, 'EXPIRED')
    expect(await refusal(expired)).toMatchObject({
      _tag: 'StatusTransitionRefused',
      from: 'EXPIRED',
      to: 'AVAILABLE',
    })
  })

  it('where the lot is disabled, and where it was closed since', async () => {
    const consumed = await plant.consume(a, 10, 4)
    await plant.changeStatus(a, 'CLOSED')
    expect(await refusal(consumed)).toMatchObject({ _tag: 'ActionRefused', reason: 'lot A is CLOSED' })
    await plant.changeStatus(a, 'QA_HOLD')
    await plant.done(plant.inventory.saveLot({ id: a, enabled: false }, plant.ada))
    expect(await refusal(consumed)).toMatchObject({ _tag: 'ActionRefused', reason: 'lot A is disabled' })
    await plant.done(plant.inventory.saveLot({ id: a, enabled: true }, plant.ada))
    await plant.reverse(consumed)
  })

  it('for a reversal', async () => {
    const reversal = await plant.reverse(await plant.consume(a, 2, 4))
    expect(await refusal(reversal)).toMatchObject({
      _tag: 'ReversalBlocked',
      blockers: [{ reason: expect.stringContaining('a reversal cannot be reversed') }],
    })
  })

  it('for a record that is reversed already, naming the reversal', async () => {
    const consumed = await plant.consume(a, 2, 4)
    const reversal = await plant.reverse(consumed)
    expect(await refusal(consumed)).toMatchObject({
      _tag: 'ReversalBlocked',
      blockers: [{ reason: 'it is reversed already', recordId: reversal.id }],
    })
  })

  it('for what posted nothing, saying what can be done with it', async () => {
    const memo = await plant.save('CONSUME', a)
    const running = await plant.save('CONSUME', a, { status: 'RUNNING', quantity: 1, sourceLocationId: dock })
    const cancelled = await plant.save('CONSUME', a, { status: 'CANCELLED', quantity: 1, sourceLocationId: dock })
    for (const [record, reason] of [
      [memo, 'it is a memo and posted nothing: disable it instead'],
      [running, 'it posted nothing: change or cancel it instead'],
      [cancelled, 'it was cancelled and posted nothing: there is nothing to take back'],
    ] as const)
      expect(await refusal(record)).toMatchObject({ _tag: 'ReversalBlocked', blockers: [{ reason }] })
    const update = (request: object) => plant.done(plant.inventory.saveInventoryLotRecord(request, plant.ada))
    expect(await update({ id: memo.id, enabled: false })).toMatchObject({ enabled: false, posted: false })
    expect(await update({ id: running.id, status: 'CANCELLED' })).toMatchObject({ status: 'CANCELLED' })
  })

  it('for an id that nothing has, for one that is none, and without one', async () => {
    const reverse = (request: object) => plant.refused(plant.inventory.reverseLotRecord(request, plant.ada))
    expect(await reverse({ id: '01JE6F0CE9-T94PZD8R-TH9J01TJ' })).toMatchObject({ _tag: 'NotFound' })
    expect(await reverse({ id: 'x', notes: 1 })).toMatchObject({
      violations: { id: [expect.any(String)], notes: [expect.any(String)] },
    })
    expect(await reverse({})).toMatchObject({ violations: { id: ['is required'] } })
  })

  it('where the caller has seen another version', async () => {
    const consumed = await plant.consume(a, 2, 4)
    const call = { ...plant.ada, expectedVersion: 2 }
    expect(await plant.refused(plant.inventory.reverseLotRecord({ id: consumed.id }, call))).toMatchObject({
      _tag: 'VersionConflict',
      actual: 1,
    })
  })
})
