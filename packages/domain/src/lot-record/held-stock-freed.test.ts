import { beforeEach, describe, expect, it } from 'vitest'
import { acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

let plant: Plant
let dock: string
let cellar: string

beforeEach(async () => {
  plant = await makePlant()
  ;({ dock, cellar } = plant.location)
})

const correcting = ({ id }: RecordView, fields: Fields) =>
  plant.inventory.saveInventoryLotRecord({ id, ...fields }, plant.ada)
const places = () => ({ sourceLocationId: dock, destinationLocationId: cellar })

describe('a correction', () => {
  it('takes no more out of a lot that is held since into its usable child', async () => {
    const lot = await plant.lot('A', { stock: 10 })
    const fields = { quantity: 1, sourceLotId: lot, sourceLocationIdOrPath: dock, destinationLotName: 'Kid' }
    const split = await acting(plant).act('split', fields)
    const hold = await plant.changeStatus(lot, 'QA_HOLD')
    expect(await plant.refused(correcting(split, { quantity: 10 }))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'A',
      lotStatus: 'QA_HOLD',
      reason: 'it is QA_HOLD, and lot Kid that it would go into is AVAILABLE',
      clearedBy: 'Release it first: change its status to AVAILABLE, or put lot Kid on QA_HOLD',
    })
    await plant.reverse(hold)
    await plant.done(correcting(split, { quantity: 10 }))
    expect(await plant.stock(lot)).toEqual({})
  })

  it.each(['SCRAP', 'RETURN', 'SHIP'] as const)('adds no place that makes held stock usable: %s', async (type) => {
    const held = await plant.lot('Held', { stock: 10 })
    const good = await plant.lot('Good', { stock: 1 })
    const named = { quantity: 5, sourceLocationId: dock, secondaryInventoryLotId: good }
    const record = await plant.save(type, held, named)
    await plant.changeStatus(held, 'QA_HOLD')
    expect(await plant.refused(correcting(record, { destinationLocationId: dock }))).toMatchObject({
      lotName: 'Held',
      ...(type !== 'SHIP' && { reason: 'it is QA_HOLD, and lot Good that it would go into is AVAILABLE' }),
    })
    await plant.changeStatus(good, 'QA_HOLD')
    if (type !== 'SHIP') await plant.done(correcting(record, { destinationLocationId: dock }))
  })

  it('adds no source from which held stock would become usable', async () => {
    const held = await plant.lot('Held', { stock: 10, status: 'QA_HOLD' })
    const good = await plant.lot('Good', { stock: 1 })
    const record = await plant.save('RECEIVE', good, {
      quantity: 5,
      destinationLocationId: dock,
      secondaryInventoryLotId: held,
    })
    expect(await plant.refused(correcting(record, { sourceLocationId: dock }))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'Held',
      lotStatus: 'QA_HOLD',
    })
    await plant.changeStatus(held, 'AVAILABLE')
    await plant.done(correcting(record, { sourceLocationId: dock }))
    expect(await plant.stock(held)).toEqual({ Dock: 5 })
  })

  it('of a date alone brings no expired stock into a usable lot', async () => {
    const old = await plant.lot('Old', { stock: 10, expirationDate: '2026-11-23T12:00:00Z' })
    const good = await plant.lot('Good', { stock: 1 })
    const fields = { quantity: 4, startDate: at(4), secondaryInventoryLotId: good, ...places() }
    const record = await plant.save('SCRAP', old, fields)
    expect(await plant.refused(correcting(record, { endDate: '2026-11-23T13:00:00Z' }))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'Old',
      lotStatus: 'EXPIRED',
    })
    await plant.done(correcting(record, { endDate: '2026-11-23T11:00:00Z' }))
  })
})

describe('lots that are both past their expiration date', () => {
  it('are merged only if their statuses are the same too', async () => {
    const held = await plant.lot('Held', { status: 'QA_HOLD', stock: 10, expirationDate: at(10) })
    const good = await plant.lot('Good', { stock: 5, expirationDate: at(10) })
    expect(await plant.refused(plant.saving('MERGE', good, { secondaryInventoryLotId: held }))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'Held',
      reason: 'the survivor is AVAILABLE and the absorbed lot is QA_HOLD',
      clearedBy: 'Change the status of one first',
    })
    await plant.changeStatus(good, 'QA_HOLD')
    await plant.save('MERGE', good, { secondaryInventoryLotId: held })
  })

  it('are not merged by a place either', async () => {
    const strategy = { id: cellar, lotStorageStrategy: 'MERGE_INTO_PREVIOUS' }
    await plant.done(plant.inventory.saveLocation(strategy, plant.ada))
    const good = await plant.lot('Good', { expirationDate: at(10) })
    await plant.receive(good, 1, 2, cellar)
    const held = await plant.lot('Held', { status: 'QA_HOLD', stock: 10, expirationDate: at(10) })
    expect(await plant.refused(plant.saving('MOVE', held, { quantity: 10, ...places() }))).toMatchObject({
      _tag: 'ActionRefused',
      action: 'MERGE',
    })
  })

  it('give nothing held to one that is AVAILABLE but for its date', async () => {
    const held = await plant.lot('Held', { status: 'QA_HOLD', stock: 10 })
    const good = await plant.lot('Good', { stock: 5, expirationDate: at(10) })
    const scrap = plant.saving('SCRAP', held, { quantity: 5, secondaryInventoryLotId: good, ...places() })
    expect(await plant.refused(scrap)).toMatchObject({ lotName: 'Held', lotStatus: 'QA_HOLD' })
  })
})

describe('a record that is dated ahead or back', () => {
  const soon = { expirationDate: '2026-11-23T20:00:00Z' }
  const later = { startDate: '2026-11-23T21:00:00Z' }

  it('does not merge a lot that is EXPIRED with one that will be past its date', async () => {
    const expired = await plant.lot('Exp', { status: 'EXPIRED', stock: 10 })
    const good = await plant.lot('B', { stock: 1, ...soon })
    const fields = { secondaryInventoryLotId: expired }
    for (const dates of [{}, later])
      expect(await plant.refused(plant.saving('MERGE', good, { ...fields, ...dates }))).toMatchObject({
        _tag: 'ActionRefused',
        lotName: 'Exp',
        lotStatus: 'EXPIRED',
      })
  })

  it('does not put held stock into a lot that will be past its date', async () => {
    const held = await plant.lot('Held', { status: 'QA_HOLD', stock: 10 })
    const good = await plant.lot('B', { stock: 1, ...soon })
    const fields = { quantity: 5, secondaryInventoryLotId: good, ...places() }
    for (const dates of [{}, later])
      expect(await plant.refused(plant.saving('SCRAP', held, { ...fields, ...dates }))).toMatchObject({
        lotName: 'Held',
      })
  })

  it('does not take stock that is past its date by now from before that', async () => {
    const old = await plant.lot('E', { stock: 10, expirationDate: at(4) })
    const good = await plant.lot('G', { stock: 1 })
    const fields = { quantity: 5, startDate: at(3), secondaryInventoryLotId: good, ...places() }
    expect(await plant.refused(plant.saving('SCRAP', old, fields))).toMatchObject({ lotName: 'E' })
    // What is merged keeps the earlier date, so it stays past it.
    await plant.save('MERGE', good, { startDate: at(3), secondaryInventoryLotId: old })
    expect(await plant.get(good)).toMatchObject({ effectiveStatus: 'EXPIRED' })
  })
})

describe('stock of a lot that is OPEN', () => {
  it('does not become usable by way of another lot', async () => {
    const open = await plant.lot('O', { status: 'OPEN', stock: 10 })
    const good = await plant.lot('G', { stock: 1 })
    const fields = { quantity: 4, ...places() }
    for (const saving of [
      plant.saving('RECEIVE', good, { ...fields, secondaryInventoryLotId: open }),
      plant.saving('SCRAP', open, { ...fields, secondaryInventoryLotId: good }),
    ])
      expect(await plant.refused(saving)).toMatchObject({
        _tag: 'ActionRefused',
        lotName: 'O',
        lotStatus: 'OPEN',
        reason: 'it is OPEN, and lot G that it would go into is AVAILABLE',
        clearedBy: 'Make the lot AVAILABLE first, or put lot G on QA_HOLD',
      })
  })

  it('may under the permissive policy, where it is usable itself; what is held stays held', async () => {
    await plant.setPolicy('permissive')
    const open = await plant.lot('O', { status: 'OPEN', stock: 10 })
    const good = await plant.lot('G', { stock: 1 })
    const held = await plant.lot('H', { status: 'QA_HOLD', stock: 10 })
    const fields = { quantity: 4, ...places() }
    await plant.save('RECEIVE', good, { ...fields, secondaryInventoryLotId: open })
    for (const into of [open, good])
      expect(
        await plant.refused(plant.saving('SCRAP', held, { ...fields, secondaryInventoryLotId: into })),
      ).toMatchObject({ lotName: 'H', lotStatus: 'QA_HOLD' })
  })
})
