import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

let plant: Plant
let a: string
let dock: string
let cellar: string

beforeEach(async () => {
  plant = await makePlant()
  ;({ dock, cellar } = plant.location)
  a = await plant.lot('A', { stock: 10 })
})

const correcting = ({ id }: RecordView, fields: Fields) =>
  plant.inventory.saveInventoryLotRecord({ id, ...fields }, plant.ada)

describe('a correction is refused', () => {
  it('where stock would go negative at any moment, and names it', async () => {
    const received = await plant.receive(a, 5, 3, cellar)
    await plant.consume(a, 4, 6, cellar)
    await plant.receive(a, 9, 8, cellar)
    const negative = { _tag: 'InsufficientStock', locationPath: 'Plant/Cellar', lotName: 'A', moment: at(6) }
    expect(await plant.refused(correcting(received, { quantity: 3 }))).toMatchObject({
      ...negative,
      onHand: 1,
      asked: 2,
    })
    expect(await plant.refused(correcting(received, { endDate: at(7) }))).toMatchObject({ ...negative, asked: 5 })
    expect(await plant.refused(correcting(received, { destinationLocationId: dock }))).toMatchObject(negative)
    await plant.done(correcting(received, { quantity: 4, endDate: at(6) }))
  })

  it('where a consumption would then take what is not there yet', async () => {
    const consumed = await plant.consume(a, 10, 5)
    await plant.refused(correcting(consumed, { quantity: 10.000001 }))
    const tooEarly = correcting(consumed, { startDate: '2026-11-01T07:59:59.999Z' })
    expect(await plant.refused(tooEarly)).toMatchObject({ _tag: 'InsufficientStock', onHand: 0, asked: 10 })
    await plant.done(correcting(consumed, { startDate: at(1) }))
  })

  it('before a later count of the row, in quantity, place or time', async () => {
    const consumed = await plant.consume(a, 2, 5)
    const count = await plant.save('EDIT', a, { quantity: 0, startDate: at(8), sourceLocationId: dock })
    const blockers = [{ recordId: count.id, lotRecordType: 'EDIT' }]
    for (const fields of [{ quantity: 1 }, { sourceLocationId: cellar }, { endDate: at(9) }, { startDate: at(4) }])
      expect(await plant.refused(correcting(consumed, fields))).toMatchObject({ _tag: 'ActionRefused', blockers })
    await plant.done(correcting(consumed, { notes: 'words are free' }))
    const later = await plant.consume(a, 2, 9)
    expect(await plant.refused(correcting(later, { startDate: at(7) }))).toMatchObject({ blockers })
    await plant.done(correcting(later, { quantity: 1, startDate: at(8) }))
  })

  it('at the moment of a count that was written after it', async () => {
    const consumed = await plant.consume(a, 2, 8)
    const count = await plant.save('EDIT', a, { quantity: 1, startDate: at(8), sourceLocationId: dock })
    expect(await plant.refused(correcting(consumed, { quantity: 1 }))).toMatchObject({
      blockers: [{ recordId: count.id, lotRecordType: 'EDIT' }],
    })
  })

  it('where the status of the lot does not allow the action any more', async () => {
    const consumed = await plant.consume(a, 2, 5)
    await plant.changeStatus(a, 'QA_HOLD')
    expect(await plant.refused(correcting(consumed, { quantity: 1 }))).toMatchObject({
      _tag: 'ActionRefused',
      action: 'CONSUME',
      lotStatus: 'QA_HOLD',
    })
    await plant.done(correcting(consumed, { notes: 'words are free' }))
  })

  it('where the lot is expired at the new time', async () => {
    await plant.done(plant.inventory.saveLot({ id: a, expirationDate: at(10) }, plant.ada))
    const consumed = await plant.consume(a, 2, 5)
    expect(await plant.refused(correcting(consumed, { endDate: at(10) }))).toMatchObject({ lotStatus: 'EXPIRED' })
    await plant.done(correcting(consumed, { endDate: at(9) }))
  })

  it('where the record is reversed, and where it is a reversal', async () => {
    const consumed = await plant.consume(a, 2, 5)
    const reversal = await plant.reverse(consumed)
    for (const record of [consumed, reversal]) {
      const reason = 'the record is reversed, or is a reversal'
      expect(await plant.refused(correcting(record, { quantity: 1 }))).toMatchObject({ _tag: 'ActionRefused', reason })
      await plant.done(correcting(record, { notes: 'words are free' }))
    }
    expect(await plant.done(plant.inventory.getInventoryLotRecord(consumed.id ?? '', plant.ada))).toMatchObject({
      reversedBy: reversal.id,
      version: 2,
    })
  })

  it('of a change of status, where the status has changed again since', async () => {
    const held = await plant.save('STATUS_CHANGE', a, { lotStatus: 'QA_HOLD', startDate: at(5) })
    const later = await plant.save('STATUS_CHANGE', a, { lotStatus: 'AVAILABLE', startDate: at(6) })
    expect(await plant.refused(correcting(held, { endDate: at(6) }))).toMatchObject({
      _tag: 'ActionRefused',
      blockers: [{ recordId: later.id, lotRecordType: 'STATUS_CHANGE' }],
    })
  })

  it('of a change of status, before the change that came before it', async () => {
    await plant.save('STATUS_CHANGE', a, { lotStatus: 'QA_HOLD', startDate: at(5) })
    const later = await plant.save('STATUS_CHANGE', a, { lotStatus: 'AVAILABLE', startDate: at(7) })
    expect(await plant.refused(correcting(later, { startDate: at(4) }))).toMatchObject({ _tag: 'ActionRefused' })
    await plant.done(correcting(later, { startDate: at(5) }))
  })

  it('where a lot is disabled', async () => {
    const consumed = await plant.consume(a, 2, 5)
    await plant.done(plant.inventory.saveLot({ id: a, enabled: false }, plant.ada))
    expect(await plant.refused(correcting(consumed, { quantity: 1 }))).toMatchObject({ reason: 'lot A is disabled' })
  })

  it('of a split or a merge, where the other lot is closed or shipped by now', async () => {
    const child = await plant.lot('A-1')
    const fields = { quantity: 4, startDate: at(5), sourceLocationId: dock, secondaryInventoryLotId: child }
    const split = await plant.save('SPLIT', a, fields)
    const b = await plant.lot('B', { stock: 10 })
    const merge = await plant.save('MERGE', a, { ...fields, secondaryInventoryLotId: b })
    await plant.save('MERGE', a, { startDate: at(6), secondaryInventoryLotId: child })
    await plant.save('SHIP', b, { quantity: 6, startDate: at(6), sourceLocationId: dock })
    expect(await plant.refused(correcting(split, { quantity: 5 }))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'A-1',
      reason: 'the other lot A-1 is CLOSED',
    })
    expect(await plant.refused(correcting(merge, { quantity: 3 }))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'B',
      reason: 'the other lot B is SHIPPED',
    })
    await plant.changeStatus(child, 'QA_HOLD')
    await plant.done(correcting(split, { quantity: 5 }))
  })

  it('where it would take what the child of a split has passed on', async () => {
    const child = await plant.lot('A-1')
    const fields = { quantity: 4, startDate: at(5), sourceLocationId: dock, secondaryInventoryLotId: child }
    const record = await plant.save('SPLIT', a, fields)
    await plant.consume(child, 3, 6)
    expect(await plant.refused(correcting(record, { quantity: 2 }))).toMatchObject({
      _tag: 'InsufficientStock',
      lotName: 'A-1',
      onHand: 1,
      asked: 2,
    })
    await plant.done(correcting(record, { quantity: 3 }))
  })
})
