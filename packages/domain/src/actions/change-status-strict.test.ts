import { describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant, memory } from '../testing/fixtures.ts'

const noRelease = ['INVENTORY.WRITE.SAVE', 'INVENTORY.WRITE.CHANGE_STATUS'] as const
const denied = { _tag: 'PermissionDenied', permission: 'INVENTORY.WRITE.RELEASE' }
const december = (day: number) => `2026-12-${String(day).padStart(2, '0')}T08:00:00.000Z`
const withRelease = [...noRelease, 'INVENTORY.WRITE.RELEASE'] as const

describe('changeStatus under the strict policy', () => {
  it('asks for notes or a reason code', async () => {
    const plant = await makePlant(memory('strict'))
    const lot = await plant.lot('A')
    const request = { lotId: lot, newStatus: 'QA_HOLD' }
    const refusal = await plant.refused(plant.inventory.changeStatus(request, plant.ada))
    expect(refusal).toMatchObject({ _tag: 'ValidationFailed', violations: { notes: [expect.any(String)] } })
    const same = await plant.refused(plant.saving('STATUS_CHANGE', lot, { lotStatus: 'AVAILABLE' }))
    expect(same).toMatchObject({ violations: { notes: [expect.any(String)] } })
    const reason = await plant.done(
      plant.inventory.saveReasonCode({ lotRecordType: 'STATUS_CHANGE', reasonCode: 'SMELL' }, plant.ada),
    )
    const record = await plant.changeStatus(lot, 'QA_HOLD', { materialReasonCodeId: reason.id })
    expect(record).toMatchObject({ materialReasonCodeId: reason.id, materialReasonCodeName: 'SMELL' })
    await plant.changeStatus(lot, 'AVAILABLE', { notes: 'smells fine' })
  })

  it('asks for them in saveLot, and does not take what the lot has said for long', async () => {
    const plant = await makePlant(memory('strict'))
    const lot = await plant.lot('A')
    await plant.done(plant.inventory.saveLot({ id: lot, notes: 'keep dry' }, plant.ada))
    const refusal = await plant.refused(plant.inventory.saveLot({ id: lot, status: 'QA_HOLD' }, plant.ada))
    expect(refusal).toMatchObject({ _tag: 'ValidationFailed', violations: { notes: [expect.any(String)] } })
    await plant.done(plant.inventory.saveLot({ id: lot, status: 'QA_HOLD', notes: 'smells' }, plant.ada))
    const { items } = await plant.done(plant.inventory.findInventoryLotRecords({ lot, newestFirst: true }, plant.ada))
    expect(items[0]).toMatchObject({ lotRecordType: 'STATUS_CHANGE', notes: 'smells' })
  })

  it('asks for them when a closed lot is reopened, and when a change is reversed', async () => {
    const plant = await makePlant(memory('strict'))
    const lot = await plant.lot('A', { status: 'CLOSED' })
    await plant.refused(plant.inventory.changeStatus({ lotId: lot, newStatus: 'QA_HOLD' }, plant.ada))
    const reopened = await plant.changeStatus(lot, 'QA_HOLD', { notes: 'found some more' })
    const refusal = await plant.refused(plant.inventory.reverseLotRecord({ id: reopened.id }, plant.ada))
    expect(refusal).toMatchObject({ _tag: 'ValidationFailed', violations: { notes: [expect.any(String)] } })
  })

  it.each(['SCRAP', 'EDIT'] as const)('asks for them with a %s too', async (type) => {
    const plant = await makePlant(memory('strict'))
    const lot = await plant.lot('A', { stock: 10 })
    const fields = { quantity: 1, sourceLocationId: plant.location.dock }
    expect(await plant.refused(plant.saving(type, lot, fields))).toMatchObject({
      violations: { notes: [expect.stringContaining('strict')] },
    })
    await plant.save(type, lot, { ...fields, notes: 'wet' })
    await plant.save('CONSUME', lot, fields)
  })

  it.each([
    ['QA_HOLD', {}, {}],
    ['EXPIRED', {}, { expirationDate: at(30) }],
    ['QA_HOLD', { expirationDate: at(20) }, { expirationDate: at(30) }],
    ['AVAILABLE', { expirationDate: at(20) }, { expirationDate: at(30) }],
  ] as const)('asks for INVENTORY.WRITE.RELEASE to make a lot AVAILABLE from %s %j', async (status, setup, fields) => {
    const plant = await makePlant(memory('strict'))
    const lot = await plant.lot('A', { status, ...setup })
    const request = { lotId: lot, newStatus: 'AVAILABLE', notes: 'passed', ...fields }
    const refusal = await plant.refused(plant.inventory.changeStatus(request, plant.caller(...noRelease)))
    expect(refusal).toMatchObject({ _tag: 'PermissionDenied', permission: 'INVENTORY.WRITE.RELEASE' })
    await plant.done(plant.inventory.changeStatus(request, plant.caller(...withRelease)))
  })

  it('asks for it in a lot record, in saveLot and in a reversal that releases', async () => {
    const plant = await makePlant(memory('strict'))
    const ben = plant.caller(...noRelease)
    const lot = await plant.lot('A')
    const held = await plant.changeStatus(lot, 'QA_HOLD', { notes: 'smells' }, ben)
    expect(
      await plant.refused(plant.saving('STATUS_CHANGE', lot, { lotStatus: 'AVAILABLE', notes: 'fine' }, ben)),
    ).toMatchObject(denied)
    expect(
      await plant.refused(plant.inventory.saveLot({ id: lot, status: 'AVAILABLE', notes: 'fine' }, ben)),
    ).toMatchObject(denied)
    expect(await plant.refused(plant.inventory.reverseLotRecord({ id: held.id, notes: 'a slip' }, ben))).toMatchObject(
      denied,
    )
    const draft = await plant.save('STATUS_CHANGE', lot, { status: 'RUNNING', lotStatus: 'AVAILABLE', notes: 'soon' })
    expect(
      await plant.refused(plant.inventory.saveInventoryLotRecord({ id: draft.id, status: 'COMPLETED' }, ben)),
    ).toMatchObject(denied)
    await plant.done(plant.inventory.reverseLotRecord({ id: held.id, notes: 'a slip' }, plant.caller(...withRelease)))
    expect(await plant.get(lot)).toMatchObject({ status: 'AVAILABLE' })
  })

  it.each(['QA_HOLD', 'EXPIRED'] as const)('asks for it to take back a change from OPEN to %s', async (status) => {
    const plant = await makePlant(memory('strict'))
    const ben = plant.caller(...noRelease)
    const lot = await plant.lot('A', { status: 'OPEN', stock: 5 })
    const held = await plant.changeStatus(lot, status, { notes: 'metal found' }, ben)
    for (const cascade of [false, true])
      expect(
        await plant.refused(plant.inventory.reverseLotRecord({ id: held.id, notes: 'a slip', cascade }, ben)),
      ).toMatchObject({ _tag: 'PermissionDenied', permission: 'INVENTORY.WRITE.RELEASE' })
    await plant.done(plant.inventory.reverseLotRecord({ id: held.id, notes: 'a slip' }, plant.caller(...withRelease)))
    expect(await plant.get(lot)).toMatchObject({ status: 'OPEN', onHand: 5 })
  })

  it('asks for it in a cascade that ends with a lot that is OPEN', async () => {
    const plant = await makePlant(memory('strict'))
    const ben = plant.caller(...noRelease)
    const lot = await plant.lot('A', { status: 'OPEN', stock: 5 })
    const held = await plant.changeStatus(lot, 'QA_HOLD', { notes: 'metal found' })
    const expired = await plant.changeStatus(lot, 'EXPIRED', { notes: 'too old' })
    const undo = { id: held.id, notes: 'a slip', cascade: true }
    expect(await plant.refused(plant.inventory.reverseLotRecord(undo, ben))).toMatchObject({
      _tag: 'PermissionDenied',
      permission: 'INVENTORY.WRITE.RELEASE',
    })
    await plant.done(plant.inventory.reverseLotRecord({ id: expired.id, notes: 'back on hold' }, ben))
    await plant.done(plant.inventory.reverseLotRecord(undo, plant.caller(...withRelease)))
    expect(await plant.get(lot)).toMatchObject({ status: 'OPEN' })
  })

  it('asks for it to put off an expiration date that is not reached yet', async () => {
    const plant = await makePlant(memory('strict'))
    const ben = plant.caller(...noRelease)
    const lot = await plant.lot('A', { expirationDate: december(10) })
    const dating = (day: number, call = ben) =>
      plant.inventory.changeStatus(
        { lotId: lot, newStatus: 'AVAILABLE', expirationDate: december(day), notes: 'tested' },
        call,
      )
    expect(await plant.refused(dating(11))).toMatchObject(denied)
    await plant.done(dating(10))
    await plant.done(dating(5))
    const later = await plant.done(dating(20, plant.caller(...withRelease)))
    await plant.done(plant.inventory.reverseLotRecord({ id: later.id, notes: 'a slip' }, ben))
    expect(await plant.get(lot)).toMatchObject({ status: 'AVAILABLE', expirationDate: december(5) })
  })

  it('asks for it to take back a date that was brought forward, or given to a lot without one', async () => {
    const plant = await makePlant(memory('strict'))
    const ben = plant.caller(...noRelease)
    for (const [name, before] of [
      ['A', december(10)],
      ['B', null],
    ] as const) {
      const lot = await plant.lot(name, before === null ? {} : { expirationDate: before })
      const fields = { expirationDate: december(5), notes: 'opened' }
      const forward = await plant.changeStatus(lot, 'AVAILABLE', fields, ben)
      for (const cascade of [false, true])
        expect(
          await plant.refused(plant.inventory.reverseLotRecord({ id: forward.id, notes: 'a slip', cascade }, ben)),
        ).toMatchObject(denied)
      await plant.reverse(forward, { notes: 'a slip' })
      expect(await plant.get(lot)).toMatchObject({ expirationDate: before })
    }
  })

  it('does not ask for it of a standard store', async () => {
    const plant = await makePlant()
    const ben = plant.caller(...noRelease)
    const lot = await plant.lot('A', { expirationDate: december(10) })
    await plant.changeStatus(lot, 'AVAILABLE', { expirationDate: december(20) }, ben)
    const forward = await plant.changeStatus(lot, 'AVAILABLE', { expirationDate: december(5) }, ben)
    await plant.done(plant.inventory.reverseLotRecord({ id: forward.id }, ben))
    expect(await plant.get(lot)).toMatchObject({ expirationDate: december(20) })
  })

  it('does not ask for it to take back what released nothing', async () => {
    const plant = await makePlant(memory('strict'))
    const ben = plant.caller(...noRelease)
    const lot = await plant.lot('A', { status: 'OPEN' })
    const same = await plant.changeStatus(lot, 'OPEN', { notes: 'looked at' }, ben)
    const closed = await plant.changeStatus(lot, 'CLOSED', { notes: 'not needed' }, ben)
    for (const { id } of [closed, same])
      await plant.done(plant.inventory.reverseLotRecord({ id, notes: 'a slip' }, ben))
    const ready = await plant.changeStatus(lot, 'AVAILABLE', { notes: 'ready' }, ben)
    await plant.done(plant.inventory.reverseLotRecord({ id: ready.id, notes: 'a slip' }, ben))
    expect(await plant.get(lot)).toMatchObject({ status: 'OPEN' })
  })

  it('does not ask for a release where the lot was neither held nor expired', async () => {
    const plant = await makePlant(memory('strict'))
    const lot = await plant.lot('A', { status: 'OPEN' })
    await plant.changeStatus(lot, 'AVAILABLE', { notes: 'ready' }, plant.caller(...noRelease))
  })
})
