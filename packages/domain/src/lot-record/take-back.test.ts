import { beforeEach, describe, expect, it } from 'vitest'
import type { ActionRefused } from '../refusals.ts'
import { acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

const operation = (n: number) => `01JE6F0CE9T94PZD8RTH9J01T${n}`

let plant: Plant
let lot: string
let dock: string

beforeEach(async () => {
  plant = await makePlant()
  ;({ dock } = plant.location)
  lot = await plant.lot('A', { stock: 100 })
})

const bare = ({ id }: RecordView) => id?.replaceAll('-', '')
const consume = (quantity: number, day: number, fields: Fields = {}) =>
  plant.save('CONSUME', lot, { quantity, startDate: at(day), sourceLocationId: dock, ...fields })
const unconsuming = (quantity: number, fields: Fields = {}) =>
  plant.saving('UNCONSUME', lot, { quantity, startDate: at(20), destinationLocationId: dock, ...fields })
const takenBack = async (quantity: number, fields: Fields = {}) =>
  (await plant.posted(await plant.done(unconsuming(quantity, fields)))).takesBack

describe('UNCONSUME', () => {
  it('takes back the newest consumptions first, each as far as it is still open', async () => {
    const old = await consume(3, 4)
    const newest = await consume(4, 6)
    const middle = await consume(5, 5)
    expect(await takenBack(6)).toEqual([
      [bare(newest), 4],
      [bare(middle), 2],
    ])
    expect(await takenBack(6)).toEqual([
      [bare(middle), 3],
      [bare(old), 3],
    ])
    expect(await plant.stock(lot)).toEqual({ Dock: 100 })
  })

  it('of more than was consumed is refused, and says how much may be taken back', async () => {
    const consumed = await consume(3, 4)
    expect(await plant.refused(unconsuming(3.000001))).toMatchObject({
      _tag: 'ActionRefused',
      action: 'UNCONSUME',
      reason: '3 may be taken back by then, and 3.000001 are asked for',
      blockers: [{ recordId: consumed.id, lotRecordType: 'CONSUME' }],
    })
    const other = await plant.lot('B', { stock: 5 })
    expect(
      await plant.refused(plant.saving('UNCONSUME', other, { quantity: 1, destinationLocationId: dock })),
    ).toMatchObject({ _tag: 'ActionRefused' })
  })

  it('takes back the record that it names, and no other', async () => {
    const named = await consume(3, 4)
    await consume(4, 6)
    expect(await takenBack(2, { consumeRecordId: named.id })).toEqual([[bare(named), 2]])
    await plant.refused(unconsuming(2, { consumeRecordId: named.id }))
    expect(await takenBack(1, { consumeRecordId: named.id })).toEqual([[bare(named), 1]])
  })

  it('takes back what the same operation consumed, where one is given', async () => {
    const first = await consume(3, 4, { operationId: operation(1) })
    await consume(4, 6, { operationId: operation(2) })
    expect(await takenBack(2, { operationId: operation(1) })).toEqual([[bare(first), 2]])
    await plant.refused(unconsuming(2, { operationId: operation(1) }))
    await plant.refused(unconsuming(1, { operationId: operation(3) }))
    const byRecord = await consume(1, 7, { operationRecordId: operation(4) })
    expect(await takenBack(1, { operationRecordId: operation(4) })).toEqual([[bare(byRecord), 1]])
  })

  it('finds an operation by either of its ids, and an inventory operation by its own', async () => {
    const meant = await consume(3, 4, { operationRecordId: operation(1), inventoryOperationId: operation(5) })
    await consume(4, 6, { operationId: operation(2), inventoryOperationId: operation(6) })
    const acts = acting(plant)
    const back = { quantity: 1, lotIdOrName: lot, destinationLocationIdOrPath: dock }
    const taken = async (fields: Fields) =>
      (await plant.posted(await acts.act('unconsume', { ...back, ...fields }))).takesBack
    expect(await taken({ operationId: operation(1) })).toEqual([[bare(meant), 1]])
    expect(await taken({ inventoryOperationId: operation(5) })).toEqual([[bare(meant), 1]])
    expect(await acts.refused('unconsume', { ...back, inventoryOperationId: operation(7) })).toMatchObject({
      _tag: 'ActionRefused',
      reason: '0 may be taken back by then, and 1 are asked for',
    })
    expect(await takenBack(1, { operationId: operation(1), operationRecordId: operation(1) })).toEqual([
      [bare(meant), 1],
    ])
  })

  it('that names the consumer takes back what that consumed, and what another consumed is recalled still', async () => {
    const [b, c] = [await plant.lot('B'), await plant.lot('C')]
    const [intoB, intoC] = [
      await consume(4, 3, { secondaryInventoryLotId: b }),
      await consume(4, 4, { secondaryInventoryLotId: c }),
    ]
    const of = { secondaryInventoryLotId: b }
    expect(await plant.refused(unconsuming(5, of))).toMatchObject({
      _tag: 'ActionRefused',
      reason: '4 may be taken back by then, and 5 are asked for',
      blockers: [{ recordId: intoB.id }],
    })
    expect(await plant.refused(unconsuming(4, { ...of, consumeRecordId: intoC.id }))).toMatchObject({
      _tag: 'ValidationFailed',
      violations: { consumeRecordId: ['must be a CONSUME record with the same secondaryInventoryLotId'] },
    })
    expect(await takenBack(4, of)).toEqual([[bare(intoB), 4]])
    const { lots } = await plant.done(plant.inventory.recallLot(lot, {}, plant.ada))
    expect(lots.map(({ lotName }) => lotName)).toEqual(['A', 'C'])
  })

  it('is not dated before what it takes back', async () => {
    await consume(3, 4)
    await plant.refused(unconsuming(1, { startDate: at(3) }))
    await plant.done(unconsuming(1, { startDate: at(4) }))
  })

  it('takes back no memo, no running record and none that was reversed', async () => {
    await plant.save('CONSUME', lot, { startDate: at(4) })
    await consume(3, 4, { status: 'RUNNING' })
    await plant.reverse(await consume(3, 4))
    await plant.refused(unconsuming(1))
  })

  it('that was running takes back when it is completed', async () => {
    const draft = await plant.done(unconsuming(2, { status: 'RUNNING' }))
    const complete = plant.inventory.saveInventoryLotRecord({ id: draft.id, status: 'COMPLETED' }, plant.ada)
    await plant.refused(complete)
    const consumed = await consume(3, 4)
    expect((await plant.posted(await plant.done(complete))).takesBack).toEqual([[bare(consumed), 2]])
  })

  it('may give back elsewhere, and in parts to several places', async () => {
    await consume(3, 4)
    await plant.done(unconsuming(1, { destinationLocationId: plant.location.cellar }))
    await plant.done(unconsuming(2, { destinationLocationId: plant.location.line }))
    expect(await plant.stock(lot)).toEqual({ Dock: 97, Cellar: 1, Line: 2 })
  })

  it('reaches beyond the newest hundred consumptions, in quantity and in time, and names no more than twenty', async () => {
    const many = await plant.lot('Many')
    await plant.receive(many, 500, 2)
    const sourceLocationIdOrPath = plant.location.dock
    const taking = { type: 'CONSUME', quantity: 1, lotIdOrName: many, sourceLocationIdOrPath }
    const acts = acting(plant)
    await acts.act('consume', { ...taking, quantity: 3, startDate: at(3) })
    await acts.batch(...Array.from({ length: 120 }, () => ({ ...taking, startDate: at(4) })))
    const back = { lotIdOrName: many, destinationLocationIdOrPath: sourceLocationIdOrPath }
    const refusal = await acts.refused('unconsume', { ...back, quantity: 124 })
    expect(refusal).toMatchObject({
      _tag: 'ActionRefused',
      reason: '123 may be taken back by then, and 124 are asked for',
    })
    const { blockers } = refusal as ActionRefused
    expect([blockers.length, blockers.at(-1)?.reason]).toEqual([21, 'and by 101 older records'])
    await acts.act('unconsume', { ...back, quantity: 1, startDate: at(3) })
    await acts.act('unconsume', { ...back, quantity: 121 })
    expect(await plant.stock(many)).toEqual({ Dock: 499 })
  })
})
