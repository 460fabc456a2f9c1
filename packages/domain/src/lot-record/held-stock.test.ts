import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let held: string
let usable: string
let dock: string
let cellar: string

beforeEach(async () => {
  plant = await makePlant()
  ;({ dock, cellar } = plant.location)
  held = await plant.lot('H', { status: 'QA_HOLD', stock: 10 })
  usable = await plant.lot('U', { stock: 10 })
})

const fields = (secondaryInventoryLotId: string) => ({
  quantity: 4,
  startDate: at(4),
  sourceLocationId: dock,
  destinationLocationId: cellar,
  secondaryInventoryLotId,
})

const onHand = async (lot: string) => (await plant.get(lot)).onHand

describe('stock that is held', () => {
  it.each(['SCRAP', 'RETURN'] as const)('does not go into a usable lot by %s', async (type) => {
    expect(await plant.refused(plant.saving(type, held, fields(usable)))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'H',
      lotStatus: 'QA_HOLD',
      reason: 'it is QA_HOLD, and lot U that it would go into is AVAILABLE',
      clearedBy: 'Release it first: change its status to AVAILABLE, or put lot U on QA_HOLD',
    })
    const bin = await plant.lot('bin', { status: 'QA_HOLD' })
    await plant.save(type, held, fields(bin))
    expect([await onHand(held), await onHand(bin)]).toEqual([6, 4])
  })

  it('does not go into a usable lot by RECEIVE, but into one that is held', async () => {
    expect(await plant.refused(plant.saving('RECEIVE', usable, fields(held)))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'H',
      reason: 'it is QA_HOLD, and lot U that it would go into is AVAILABLE',
    })
    const other = await plant.lot('X', { status: 'QA_HOLD' })
    await plant.save('RECEIVE', other, fields(held))
    expect([await onHand(held), await onHand(other)]).toEqual([6, 4])
  })

  it('counts as held from its expiration date on', async () => {
    const old = await plant.lot('E', { stock: 10, expirationDate: at(4) })
    for (const startDate of [at(4), at(3)])
      expect(await plant.refused(plant.saving('SCRAP', old, { ...fields(usable), startDate }))).toMatchObject({
        lotName: 'E',
        reason: 'it is EXPIRED, and lot U that it would go into is AVAILABLE',
        clearedBy: 'Change its status to AVAILABLE with a new, future expirationDate first, or put lot U on QA_HOLD',
      })
    const soon = await plant.lot('S', { stock: 10, expirationDate: '2026-11-23T08:00:00.001Z' })
    await plant.save('SCRAP', soon, { ...fields(usable), startDate: at(3) })
  })
})

describe('a lot that is held since', () => {
  it('keeps what a split gave it: neither reversed nor made less', async () => {
    const child = await plant.lot('C')
    const split = await plant.save('SPLIT', usable, {
      quantity: 4,
      sourceLocationId: dock,
      secondaryInventoryLotId: child,
    })
    const hold = await plant.changeStatus(child, 'QA_HOLD')
    expect(await plant.refused(plant.inventory.reverseLotRecord({ id: split.id }, plant.ada))).toMatchObject({
      _tag: 'ReversalBlocked',
      blockers: [
        {
          reason:
            'it would free stock that is held: lot C is QA_HOLD, and lot U would be AVAILABLE; release C, or put U on QA_HOLD, first',
          recordId: hold.id,
          lotRecordType: 'STATUS_CHANGE',
        },
      ],
    })
    const correct = (quantity: number) => plant.inventory.saveInventoryLotRecord({ id: split.id, quantity }, plant.ada)
    expect(await plant.refused(correct(1))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'C',
      lotStatus: 'QA_HOLD',
      reason: 'it is QA_HOLD, and lot U that it would go back into is AVAILABLE',
      clearedBy: 'Release it first: change its status to AVAILABLE, or put lot U on QA_HOLD',
      blockers: [{ recordId: hold.id }],
    })
    await plant.done(correct(5))
    expect([await onHand(usable), await onHand(child)]).toEqual([5, 5])
    await plant.reverse(hold)
    await plant.reverse(split)
    expect(await onHand(usable)).toBe(10)
  })

  it('keeps what a merge or a receipt gave it', async () => {
    const other = await plant.lot('B', { stock: 3 })
    const merge = await plant.save('MERGE', usable, { secondaryInventoryLotId: other })
    const giver = await plant.lot('G', { stock: 4 })
    const receipt = await plant.save('RECEIVE', usable, fields(giver))
    const hold = await plant.changeStatus(usable, 'QA_HOLD')
    for (const { id } of [merge, receipt]) {
      const refusal = await plant.refused(plant.inventory.reverseLotRecord({ id }, plant.ada))
      expect(refusal).toMatchObject({ _tag: 'ReversalBlocked' })
      expect(JSON.stringify(refusal)).toContain('it would free stock that is held: lot U is QA_HOLD')
    }
    await plant.reverse(hold)
    await plant.reverse(receipt)
    await plant.reverse(merge)
  })

  it('gives back what was scrapped into it while it was held already', async () => {
    const bin = await plant.lot('bin', { status: 'QA_HOLD' })
    const scrap = await plant.save('SCRAP', usable, fields(bin))
    await plant.reverse(scrap)
    expect([await onHand(usable), await onHand(bin)]).toEqual([10, 0])
  })
})
