import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, memory, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

let plant: Plant
let lot: string
let product: string

const stage = async (policy: 'permissive' | 'standard' | 'strict'): Promise<void> => {
  plant = await makePlant(memory(policy))
  lot = await plant.lot('A', { stock: 100 })
  product = await plant.lot('P', { stock: 10 })
}
beforeEach(() => stage('standard'))

const words = { notes: 'a slip' }
const consume = (quantity: number, fields: Fields = {}) =>
  plant.save('CONSUME', lot, { quantity, startDate: at(3), sourceLocationId: plant.location.dock, ...words, ...fields })
const giveBack = (quantity: number, fields: Fields = {}) =>
  plant.save('UNCONSUME', lot, {
    ...{ quantity, startDate: at(4), destinationLocationId: plant.location.dock, ...words, ...fields },
  })
const correcting = ({ id }: RecordView, quantity: number) =>
  plant.inventory.saveInventoryLotRecord({ id, quantity, ...words }, plant.ada)
const reversing = ({ id }: RecordView, cascade = false) =>
  plant.inventory.reverseLotRecord({ id, cascade, ...words }, plant.ada)
const hold = (status: 'QA_HOLD' | 'EXPIRED' = 'QA_HOLD') => plant.changeStatus(lot, status, words)

describe('what an UNCONSUME gave back to a lot that is held since', () => {
  for (const policy of ['permissive', 'standard', 'strict'] as const)
    for (const status of ['QA_HOLD', 'EXPIRED'] as const)
      it(`is not consumed again by its reversal, nor by less of it: ${policy}, ${status}`, async () => {
        await stage(policy)
        const into = { secondaryInventoryLotId: product }
        await consume(50, into)
        const back = await giveBack(50, into)
        const held = await hold(status)
        expect(await plant.refused(reversing(back))).toMatchObject({
          _tag: 'ReversalBlocked',
          blockers: [
            {
              reason: `it would free stock that is held: lot A is ${status}, and what was given back would be consumed again; release A, or take back what was consumed, with all that stands in its way`,
              recordId: held.id,
            },
          ],
        })
        expect(await plant.refused(correcting(back, 20))).toMatchObject({
          _tag: 'ActionRefused',
          lotStatus: status,
          reason: `it is ${status}, and what was given back would be consumed again`,
          blockers: [{ recordId: held.id }],
        })
        expect(await plant.stock(lot)).toEqual({ Dock: 100 })
        const { lots } = await plant.done(plant.inventory.recallLot(lot, {}, plant.ada))
        expect(lots.map(({ lotName }) => lotName)).toEqual(['A'])
      })

  it('may become more', async () => {
    await consume(50)
    const back = await giveBack(20)
    await hold()
    await plant.done(correcting(back, 30))
    expect(await plant.stock(lot)).toEqual({ Dock: 80 })
  })

  it('is consumed again where a cascade takes the hold back too', async () => {
    await consume(50)
    const back = await giveBack(50)
    const held = await hold()
    const undone = await plant.cascade(back)
    expect(undone.map(({ reversalOf }) => reversalOf)).toEqual([held.id, back.id])
    expect([await plant.stock(lot), (await plant.get(lot)).status]).toEqual([{ Dock: 50 }, 'AVAILABLE'])
  })

  it('goes with what was consumed, in a cascade, and the lot stays on hold', async () => {
    const consumed = await consume(50)
    const back = await giveBack(20)
    await hold()
    const undone = await plant.cascade(consumed)
    expect(undone.map(({ reversalOf }) => reversalOf)).toEqual([back.id, consumed.id])
    expect([await plant.stock(lot), (await plant.get(lot)).status]).toEqual([{ Dock: 100 }, 'QA_HOLD'])
  })

  it('is consumed again once the lot is released', async () => {
    await consume(50)
    const back = await giveBack(50)
    await hold()
    await plant.changeStatus(lot, 'AVAILABLE')
    await plant.reverse(back)
    expect(await plant.stock(lot)).toEqual({ Dock: 50 })
  })

  it('is not consumed again where a release was taken back since', async () => {
    await consume(50)
    await hold()
    const release = await plant.changeStatus(lot, 'AVAILABLE')
    const back = await giveBack(50)
    const undo = await plant.reverse(release)
    expect(await plant.refused(reversing(back, true))).toMatchObject({ blockers: [{ recordId: undo.id }] })
    expect(await plant.stock(lot)).toEqual({ Dock: 100 })
  })
})

describe('what an UNCONSUME gave back to a lot that was on hold already', () => {
  it('is undone as a slip', async () => {
    await consume(50)
    await hold()
    const back = await giveBack(50)
    await plant.done(correcting(back, 20))
    await plant.reverse(back)
    expect(await plant.stock(lot)).toEqual({ Dock: 50 })
  })

  it('is not once the lot was released and is held again', async () => {
    await consume(50)
    await hold()
    const back = await giveBack(50)
    const release = await plant.changeStatus(lot, 'AVAILABLE')
    const again = await hold()
    expect(await plant.refused(reversing(back))).toMatchObject({
      blockers: [{ recordId: release.id }, { recordId: again.id }],
    })
  })
})

it('what was given back to a lot that is past its date is not consumed again', async () => {
  await consume(50)
  const back = await giveBack(50)
  await plant.done(plant.inventory.saveLot({ id: lot, expirationDate: at(20) }, plant.ada))
  expect(await plant.refused(reversing(back))).toMatchObject({
    blockers: [{ reason: expect.stringContaining('lot A is EXPIRED'), recordId: null }],
  })
  expect(await plant.refused(correcting(back, 20))).toMatchObject({ lotStatus: 'EXPIRED', blockers: [] })
  expect(await plant.stock(lot)).toEqual({ Dock: 100 })
})
