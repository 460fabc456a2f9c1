import { describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant, memory } from '../testing/fixtures.ts'
import { newChangeStatusRequest } from './change-status.ts'

describe('newChangeStatusRequest', () => {
  it('has the nine documented keys in their order, null but type', () => {
    expect(JSON.stringify(newChangeStatusRequest())).toBe(
      '{"type":"STATUS_CHANGE","lotId":null,"newStatus":null,"operationId":null,"inventoryOperationId":null,' +
        '"notes":null,"spare1":null,"spare2":null,"spare3":null}',
    )
  })
})

describe('changeStatus', () => {
  it('writes one completed record that carries the words of the request', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { status: 'OPEN' })
    const operationId = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
    const record = await plant.changeStatus(lot, 'AVAILABLE', {
      ...newChangeStatusRequest(),
      lotId: lot.toLowerCase(),
      newStatus: 'available',
      operationId,
      inventoryOperationId: operationId,
      notes: 'tested',
      spare1: 'one',
      spare3: 'three',
    })
    expect(record).toMatchObject({
      lotRecordType: 'STATUS_CHANGE',
      status: 'COMPLETED',
      inventoryLotId: lot,
      lotStatus: 'AVAILABLE',
      previousStatus: 'OPEN',
      startDate: at(23),
      endDate: at(23),
      quantity: null,
      sourceLocationId: null,
      destinationLocationId: null,
      operationId,
      inventoryOperationId: operationId,
      operationRecordId: null,
      notes: 'tested',
      spare1: 'one',
      spare2: null,
      spare3: 'three',
      posted: true,
      version: 1,
      createdBy: 'ada',
    })
    expect(await plant.posted(record)).toEqual({ stock: [], lots: ['A OPEN>AVAILABLE @11-23'], takesBack: [] })
  })

  it('writes a record for the same status too: somebody confirmed it', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { status: 'CLOSED' })
    plant.clock.forward(1000)
    const record = await plant.changeStatus(lot, 'CLOSED')
    expect(record).toMatchObject({ previousStatus: 'CLOSED', lotStatus: 'CLOSED' })
    expect(await plant.get(lot)).toMatchObject({ status: 'CLOSED', closedDate: at(1) })
  })

  it('is refused where the lot is not in the expected status', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    const request = { lotId: lot, newStatus: 'QA_HOLD', expectedStatus: 'OPEN' }
    const refusal = await plant.refused(plant.inventory.changeStatus(request, plant.ada))
    expect(refusal).toMatchObject({ _tag: 'StatusTransitionRefused', from: 'AVAILABLE', to: 'QA_HOLD' })
    expect(refusal.message).toMatch(/expected it to be OPEN: look at the lot again$/u)
    await plant.changeStatus(lot, 'QA_HOLD', { expectedStatus: 'AVAILABLE' })
  })

  it('is refused where the caller has seen another version of the lot', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    const { version } = await plant.get(lot)
    const request = { lotId: lot, newStatus: 'QA_HOLD' }
    const refusal = await plant.refused(
      plant.inventory.changeStatus(request, { ...plant.ada, expectedVersion: version - 1 }),
    )
    expect(refusal).toMatchObject({ _tag: 'VersionConflict', expected: version - 1, actual: version })
    await plant.changeStatus(lot, 'QA_HOLD', {}, { ...plant.ada, expectedVersion: version })
    expect((await plant.get(lot)).version).toBe(version + 1)
  })

  it('is not dated before the last change of status', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    await plant.save('STATUS_CHANGE', lot, { lotStatus: 'QA_HOLD', startDate: at(20) })
    const early = await plant.refused(
      plant.saving('STATUS_CHANGE', lot, { lotStatus: 'AVAILABLE', startDate: at(19), endDate: at(19) }),
    )
    expect(early).toMatchObject({ _tag: 'ActionRefused', action: 'STATUS_CHANGE', lotStatus: 'QA_HOLD' })
    await plant.save('STATUS_CHANGE', lot, { lotStatus: 'AVAILABLE', startDate: at(19), endDate: at(20) })
  })

  it('may be dated before a mere confirmation, and before a change that was reversed', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    await plant.save('STATUS_CHANGE', lot, { lotStatus: 'AVAILABLE', startDate: at(20) })
    const held = await plant.save('STATUS_CHANGE', lot, { lotStatus: 'QA_HOLD', startDate: at(21) })
    await plant.reverse(held)
    await plant.save('STATUS_CHANGE', lot, { lotStatus: 'EXPIRED', startDate: at(10) })
    expect(await plant.get(lot)).toMatchObject({ status: 'EXPIRED' })
  })

  it('collects all violations at once', async () => {
    const plant = await makePlant()
    const request = {
      type: 'MOVE',
      lotId: '01JE6F0CE9-T94PZD8R-TH9J01TJ',
      newStatus: 'GONE',
      materialReasonCodeId: '01JE6F0CE9-T94PZD8R-TH9J01TJ',
      expirationDate: at(22),
      operationId: 'x',
      notes: 7,
      extra: 1,
    }
    const refusal = await plant.refused(plant.inventory.changeStatus(request, plant.ada))
    expect(refusal).toMatchObject({ _tag: 'ValidationFailed' })
    const found = await plant.done(plant.inventory.validateChangeStatusRequest(request, plant.ada))
    expect(Object.keys(found).sort()).toEqual(
      ['expirationDate', 'extra', 'lotId', 'materialReasonCodeId', 'newStatus', 'notes', 'operationId', 'type'].sort(),
    )
    expect(refusal).toMatchObject({ violations: found })
    expect(await plant.done(plant.inventory.validateChangeStatusRequest({}, plant.ada))).toEqual({
      lotId: ['is required'],
      newStatus: ['is required'],
    })
  })

  it('takes a new expiration date with AVAILABLE only', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    const request = { lotId: lot, newStatus: 'QA_HOLD', expirationDate: at(30) }
    const refusal = await plant.refused(plant.inventory.changeStatus(request, plant.ada))
    expect(refusal).toMatchObject({ violations: { expirationDate: [expect.any(String)] } })
  })

  it('takes a new expiration date that lies ahead: this very moment does not', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    const request = (expirationDate: string) => ({ lotId: lot, newStatus: 'AVAILABLE', expirationDate })
    const refusal = await plant.refused(plant.inventory.changeStatus(request(at(23)), plant.ada))
    expect(refusal).toMatchObject({ violations: { expirationDate: [expect.any(String)] } })
    await plant.done(plant.inventory.changeStatus(request('2026-11-23T08:00:00.001Z'), plant.ada))
  })

  it('does not look at stock or status when it only validates', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { status: 'CLOSED' })
    const request = { lotId: lot, newStatus: 'SHIPPED' }
    expect(await plant.done(plant.inventory.validateChangeStatusRequest(request, plant.ada))).toEqual({})
  })

  it('shows in a dry run what would be true, and changes nothing', async () => {
    const plant = await makePlant(memory())
    const lot = await plant.lot('A', { stock: 5 })
    const before = await plant.dump()
    const preview = await plant.done(
      plant.inventory.dryRun.changeStatus({ lotId: lot, newStatus: 'QA_HOLD' }, plant.ada),
    )
    expect(preview).toMatchObject({
      record: { id: null, sequence: null, previousStatus: 'AVAILABLE', lotStatus: 'QA_HOLD' },
      balances: [],
      lots: [{ id: lot, status: 'QA_HOLD' }],
    })
    expect(await plant.dump()).toEqual(before)
  })
})
