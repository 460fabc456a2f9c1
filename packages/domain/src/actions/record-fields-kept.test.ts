import { beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../inventory.ts'
import { type Acting, acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant, ulidOf } from '../testing/fixtures.ts'
import type { Dump } from '../testing/memory/dump.ts'

let plant: Plant
let acts: Acting
let lot: string
let dock: string

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
  lot = await plant.lot('A', { stock: 10 })
  dock = plant.location.dock
})

const updating = (id: string | null, fields: Fields, call: Call = plant.ada) =>
  plant.inventory.saveInventoryLotRecord({ id, ...fields }, call)
const violationsOf = async (effect: Parameters<Plant['refused']>[0]) => {
  const refusal = await plant.refused(effect)
  return refusal._tag === 'ValidationFailed' ? refusal.violations : refusal
}

describe('the policy that a posted record passed', () => {
  it('is kept with words that are saved later, and is that of the day with a correction', async () => {
    const record = await plant.receive(lot, 1, 5)
    await plant.setPolicy('strict')
    expect(await plant.done(updating(record.id, { notes: 'typo' }))).toMatchObject({ policy: 'standard', version: 2 })
    expect(await plant.done(updating(record.id, { quantity: 2 }))).toMatchObject({ policy: 'strict', version: 3 })
  })
})

describe('the unit of a quantity', () => {
  it('stays that of the lot once a record refers to it, posted or not', async () => {
    const fresh = await plant.done(plant.inventory.saveLot({ name: 'F', materialId: plant.material.sugar }, plant.ada))
    const unit = (unitOfMeasureId: string) => plant.inventory.saveLot({ id: fresh.id, unitOfMeasureId }, plant.ada)
    await plant.done(unit(plant.unit.pcs))
    await plant.done(unit(plant.unit.kg))
    const receipt = { quantity: 5, lotIdOrName: fresh.id, destinationLocationIdOrPath: dock, ongoing: true }
    const begun = await acts.act('receive', receipt)
    const fixed = { unitOfMeasureId: ['is fixed once a record refers to the lot: make another lot'] }
    expect(await violationsOf(unit(plant.unit.pcs))).toEqual(fixed)
    expect(
      await plant.done(plant.inventory.validateLot({ id: fresh.id, unitOfMeasureId: plant.unit.pcs }, plant.ada)),
    ).toEqual(fixed)
    await plant.done(unit(plant.unit.kg))
    expect(await plant.done(updating(begun.id, { status: 'COMPLETED' }))).toMatchObject({
      quantity: 5,
      unitOfMeasureSymbol: 'kg',
    })
  })

  it('is asked for anew with a lot that is kept in another', async () => {
    const caps = await plant.lot('Caps', { material: 'cap' })
    const other = await plant.lot('B')
    const receipt = { quantity: 5, lotIdOrName: lot, destinationLocationIdOrPath: dock, ongoing: true }
    const { id } = await acts.act('receive', receipt)
    expect(await violationsOf(updating(id, { inventoryLotId: caps, status: 'COMPLETED' }))).toEqual({
      quantity: ["is required with this lot: it is kept in pcs, and the record's quantity is in kg"],
    })
    await plant.done(updating(id, { inventoryLotId: other }))
    expect(await plant.done(updating(id, { inventoryLotId: caps, quantity: 5, status: 'COMPLETED' }))).toMatchObject({
      quantity: 5,
      unitOfMeasureSymbol: 'pcs',
      requestedQuantity: 5,
      requestedUnitOfMeasureSymbol: 'pcs',
    })
  })
})

describe('the type of a record', () => {
  it('is changed with the permissions of both types', async () => {
    const consume = { quantity: 5, lotIdOrName: lot, sourceLocationIdOrPath: dock, ongoing: true }
    const { id } = await acts.act('consume', consume)
    const receiver = plant.caller('INVENTORY.WRITE.SAVE', 'INVENTORY.WRITE.RECEIVE')
    const both = plant.caller('INVENTORY.WRITE.SAVE', 'INVENTORY.WRITE.RECEIVE', 'INVENTORY.WRITE.CONSUME')
    const cancel = { lotRecordType: 'RECEIVE', status: 'CANCELLED' }
    expect(await plant.refused(updating(id, cancel, receiver))).toMatchObject({ permission: 'INVENTORY.WRITE.CONSUME' })
    const consumer = plant.caller('INVENTORY.WRITE.SAVE', 'INVENTORY.WRITE.CONSUME')
    expect(await plant.refused(updating(id, cancel, consumer))).toMatchObject({ permission: 'INVENTORY.WRITE.RECEIVE' })
    expect(await plant.done(updating(id, cancel, both))).toMatchObject({
      status: 'CANCELLED',
      lotRecordType: 'RECEIVE',
    })
  })
})

describe('consumeRecordId', () => {
  const missing = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
  const back: Fields = { quantity: 1, startDate: at(9) }
  const wrong = (message: string) => ({ consumeRecordId: [message] })

  it('names a CONSUME of the same lot', async () => {
    const consumed = await plant.consume(lot, 2, 5)
    const other = await plant.lot('B', { stock: 5 })
    const elsewhere = await plant.consume(other, 2, 5)
    const received = await plant.receive(lot, 1, 6)
    const fields = { ...back, destinationLocationId: dock }
    const cases = [
      [missing, 'no lot record has this id'],
      [elsewhere.id, 'must be a CONSUME record of the same lot'],
      [received.id, 'must be a CONSUME record of the same lot'],
    ] as const
    for (const [consumeRecordId, message] of cases) {
      expect(await violationsOf(plant.saving('UNCONSUME', lot, { ...fields, consumeRecordId }))).toEqual(wrong(message))
      const request = { quantity: 1, lotIdOrName: lot, destinationLocationIdOrPath: dock, consumeRecordId }
      expect(await acts.violations('unconsume', request)).toEqual(wrong(message))
      expect(await acts.batchRefused({ type: 'UNCONSUME', ...request })).toMatchObject({
        refusal: { violations: { 'requests[0].consumeRecordId': [message] } },
      })
    }
    const taken = await plant.save('UNCONSUME', lot, { ...fields, consumeRecordId: consumed.id })
    const [again] = await acts.batch({
      type: 'UNCONSUME',
      quantity: 1,
      lotIdOrName: lot,
      destinationLocationIdOrPath: dock,
      consumeRecordId: consumed.id,
    })
    expect([taken.posted, again?.posted]).toEqual([true, true])
  })

  it('is fixed once the record is posted, and none of other types', async () => {
    const [first, second] = [await plant.consume(lot, 2, 5), await plant.consume(lot, 2, 6)]
    const fields = { ...back, destinationLocationId: dock, consumeRecordId: first.id }
    const { id } = await plant.save('UNCONSUME', lot, fields)
    expect(await violationsOf(updating(id, { consumeRecordId: second.id }))).toEqual(
      wrong('is fixed once the record is posted: reverse the record and write a new one'),
    )
    await plant.done(updating(id, { consumeRecordId: first.id, notes: 'the same' }))
    const consume = { quantity: 1, sourceLocationId: dock, consumeRecordId: first.id }
    expect(await violationsOf(plant.saving('CONSUME', lot, consume))).toEqual(
      wrong('must be left out: only an UNCONSUME takes a CONSUME back'),
    )
  })
})

describe('consumeRecordId of a record that becomes another type', () => {
  const named = async (): Promise<unknown> => {
    const { records } = (await plant.dump()) as Dump
    return records.at(-1)?.consumeRecordId
  }

  it('is gone, and one that is given with it is refused', async () => {
    const consumed = await plant.consume(lot, 2, 5)
    const id = ulidOf(consumed.id)
    const fields = { quantity: 1, startDate: at(9), destinationLocationId: dock, consumeRecordId: consumed.id }
    const running = await plant.save('UNCONSUME', lot, { ...fields, status: 'RUNNING' })
    expect(await named()).toBe(id)
    const received = { lotRecordType: 'RECEIVE', status: 'COMPLETED' }
    expect(await violationsOf(updating(running.id, { ...received, consumeRecordId: consumed.id }))).toEqual({
      consumeRecordId: ['must be left out: only an UNCONSUME takes a CONSUME back'],
    })
    expect(await plant.done(updating(running.id, received))).toMatchObject({ lotRecordType: 'RECEIVE', posted: true })
    expect(await named()).toBe(null)
    const kept = await plant.save('UNCONSUME', lot, { ...fields, status: 'RUNNING' })
    expect(await plant.done(updating(kept.id, { status: 'COMPLETED' }))).toMatchObject({ posted: true })
    expect(await named()).toBe(id)
    await plant.done(updating(kept.id, { notes: 'late' }))
    expect(await named()).toBe(id)
  })
})

describe('notes that say nothing', () => {
  it('are no reason under the strict policy, now or later', async () => {
    await plant.setPolicy('strict')
    const scrap = (notes: string) => ({ quantity: 1, sourceLocationId: dock, notes })
    const asked = { notes: ['or a reason code are required: the policy is strict, and this is a SCRAP'] }
    for (const notes of ['', '  ', '\t'])
      expect(await violationsOf(plant.saving('SCRAP', lot, scrap(notes)))).toEqual(asked)
    const scrapped = await plant.save('SCRAP', lot, scrap('broken'))
    expect(await violationsOf(updating(scrapped.id, { notes: '' }))).toEqual(asked)
  })

  it('are no comment where the reason code asks for one', async () => {
    const reason = { lotRecordType: 'SCRAP', reasonCode: 'BROKEN', requireComments: true }
    const { id } = await plant.done(plant.inventory.saveReasonCode(reason, plant.ada))
    const scrap = { quantity: 1, sourceLocationId: dock, materialReasonCodeId: id, notes: ' ' }
    expect(await violationsOf(plant.saving('SCRAP', lot, scrap))).toEqual({
      notes: ['are required with the reason code BROKEN'],
    })
  })
})

describe('a MERGE of everything', () => {
  it('takes it from everywhere, so it names no place to take it from', async () => {
    const other = await plant.lot('B', { stock: 5 })
    await plant.receive(other, 2, 2, plant.location.cellar)
    const fields = { secondaryInventoryLotId: other, sourceLocationId: dock }
    expect(await violationsOf(plant.saving('MERGE', lot, fields))).toEqual({
      sourceLocationId: [
        'must be left out without a quantity: all of the lot is merged, wherever it lies. Give a quantity to take it from here',
      ],
    })
    await plant.save('MERGE', lot, { ...fields, quantity: 5 })
    expect([await plant.stock(lot), await plant.stock(other)]).toEqual([{ Dock: 15 }, { Cellar: 2 }])
  })
})

describe('what is disabled', () => {
  it('is a reason for no new record, and stays that of old ones', async () => {
    const reason = await plant.done(
      plant.inventory.saveReasonCode({ lotRecordType: 'SCRAP', reasonCode: 'BROKEN' }, plant.ada),
    )
    const scrap = { quantity: 1, sourceLocationId: dock, materialReasonCodeId: reason.id }
    const { id } = await plant.save('SCRAP', lot, scrap)
    await plant.done(plant.inventory.saveReasonCode({ id: reason.id, enabled: false }, plant.ada))
    expect(await violationsOf(plant.saving('SCRAP', lot, scrap))).toEqual({
      materialReasonCodeId: ['BROKEN is disabled: give another, or enable it first'],
    })
    await plant.done(updating(id, { materialReasonCodeId: reason.id, quantity: 2 }))
  })

  it('is the material or unit of no new lot, and stays that of old ones', async () => {
    const { inventory, ada, material, unit } = plant
    await plant.done(inventory.saveMaterial({ id: material.sugar, enabled: false }, ada))
    await plant.done(inventory.saveUnit({ id: unit.l, enabled: false }, ada))
    expect(
      await violationsOf(inventory.saveLot({ name: 'N', materialId: material.sugar, unitOfMeasureId: unit.l }, ada)),
    ).toEqual({
      materialId: ['Raw/Sugar is disabled: give another, or enable it first'],
      unitOfMeasureId: ['l is disabled: give another, or enable it first'],
    })
    const receive = {
      quantity: 1,
      materialIdOrPath: 'Raw/Sugar',
      destinationLocationIdOrPath: dock,
      createIfNotExists: true,
    }
    expect(await acts.violations('receive', receive)).toEqual({
      materialIdOrPath: ['Raw/Sugar is disabled: give another, or enable it first'],
    })
    await plant.done(inventory.saveLot({ id: lot, name: 'A2', materialId: material.sugar }, ada))
    await acts.act('split', { quantity: 1, sourceLotId: lot, sourceLocationIdOrPath: dock, destinationLotName: 'Part' })
  })
})
