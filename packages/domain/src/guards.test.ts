import { describe, expect, it } from 'vitest'
import { lotStatuses } from './lot/lot-status.ts'
import { at } from './testing/clock.ts'
import { type Fields, makePlant } from './testing/fixtures.ts'

const present = ['OPEN', 'AVAILABLE', 'QA_HOLD', 'EXPIRED'] as const

describe('MERGE', () => {
  it.each(present.flatMap((into) => lotStatuses.map((from) => [into, from] as const)))(
    'of a lot that is %s and one that is %s needs both to be in one status',
    async (into, from) => {
      const plant = await makePlant()
      const survivor = await plant.lot('S', { status: into, stock: 1 })
      const absorbed = await plant.lot('X', { status: from, stock: 2 })
      const fields = { secondaryInventoryLotId: absorbed }
      if (into === from) {
        await plant.save('MERGE', survivor, fields)
        expect(await plant.get(absorbed)).toMatchObject({ status: 'CLOSED', onHand: 0 })
        return
      }
      expect(await plant.refused(plant.saving('MERGE', survivor, fields))).toMatchObject({
        _tag: 'ActionRefused',
        lotName: 'X',
        lotStatus: from,
        clearedBy: 'Change the status of one first',
      })
    },
  )

  it('compares statuses with expiry at the time of the record', async () => {
    const plant = await makePlant()
    const survivor = await plant.lot('S', { stock: 1, expirationDate: at(5) })
    const absorbed = await plant.lot('X', { stock: 2, expirationDate: at(10) })
    const fields = { secondaryInventoryLotId: absorbed }
    expect(await plant.refused(plant.saving('MERGE', survivor, { ...fields, startDate: at(9) }))).toMatchObject({
      reason: 'the survivor is EXPIRED and the absorbed lot is AVAILABLE',
    })
    await plant.save('MERGE', survivor, { ...fields, startDate: at(10) })
  })

  it('of lots of different materials or units is refused', async () => {
    const plant = await makePlant()
    const sugar = await plant.lot('S', { stock: 1 })
    const salt = { path: 'Raw/Salt', unitOfMeasureSymbol: 'kg' }
    const { id: materialId } = await plant.done(plant.inventory.saveMaterial(salt, plant.ada))
    const otherMaterial = await plant.lot('T', { materialId: materialId ?? '', stock: 1 })
    const inLitres = { name: 'L', materialId: plant.material.sugar, unitOfMeasureId: plant.unit.l, status: 'AVAILABLE' }
    const { id: otherUnit } = await plant.done(plant.inventory.saveLot(inLitres, plant.ada))
    for (const secondaryInventoryLotId of [otherMaterial, otherUnit]) {
      const merge = plant.saving('MERGE', sugar, { secondaryInventoryLotId })
      expect(await plant.refused(merge)).toMatchObject({
        _tag: 'ActionRefused',
        reason: 'the lots are of different materials or units',
      })
      const { dock: sourceLocationId } = plant.location
      const split = plant.saving('SPLIT', sugar, { quantity: 1, sourceLocationId, secondaryInventoryLotId })
      expect(await plant.refused(split)).toMatchObject({
        _tag: 'ActionRefused',
        reason: 'the new lot is of another material or unit',
      })
    }
  })

  it('of a disabled lot is refused', async () => {
    const plant = await makePlant()
    const [survivor, absorbed] = [await plant.lot('S', { stock: 1 }), await plant.lot('X', { stock: 2 })]
    await plant.done(plant.inventory.saveLot({ id: absorbed, enabled: false }, plant.ada))
    const refusal = await plant.refused(plant.saving('MERGE', survivor, { secondaryInventoryLotId: absorbed }))
    expect(refusal).toMatchObject({ _tag: 'ActionRefused', reason: 'lot X is disabled' })
  })
})

describe('SPLIT', () => {
  const split = (child: string, dock: string): Fields => ({
    quantity: 4,
    sourceLocationId: dock,
    secondaryInventoryLotId: child,
  })

  it.each(lotStatuses)(
    'into a new lot that is %s gives it the status of the original, or is refused',
    async (status) => {
      const plant = await makePlant()
      const { dock } = plant.location
      for (const own of ['AVAILABLE', 'QA_HOLD'] as const) {
        const original = await plant.lot(`A ${own}`, { status: own, stock: 10 })
        const child = await plant.lot(`A ${own}-1`, { status })
        if (status === own || status === 'OPEN' || status === 'AVAILABLE') {
          await plant.save('SPLIT', original, split(child, dock))
          expect(await plant.get(child)).toMatchObject({ status: own, onHand: 4, totalQuantity: 4, closedDate: null })
        } else
          expect(await plant.refused(plant.saving('SPLIT', original, split(child, dock)))).toMatchObject({
            _tag: 'ActionRefused',
            lotName: `A ${own}-1`,
            lotStatus: status,
            reason: `lot A ${own}-1 is ${status}, and the split would make it ${own}`,
            clearedBy: 'Split into a new lot, or change the status of this one first',
          })
      }
    },
  )

  it('into a lot that is past its expiration date is refused, but from one that is too', async () => {
    const plant = await makePlant()
    const fresh = await plant.lot('A', { stock: 10 })
    const old = await plant.lot('B', { stock: 10, expirationDate: at(10) })
    const child = await plant.lot('C', { expirationDate: at(20) })
    const { dock } = plant.location
    expect(await plant.refused(plant.saving('SPLIT', fresh, split(child, dock)))).toMatchObject({
      lotName: 'C',
      lotStatus: 'EXPIRED',
    })
    await plant.save('SPLIT', old, split(child, dock))
    expect(await plant.get(child)).toMatchObject({ status: 'AVAILABLE', expirationDate: at(10) })
  })

  it('gives the child the earlier of both expiration dates', async () => {
    const plant = await makePlant()
    for (const [n, [original, child, given]] of [
      [at(25), undefined, at(25)],
      [at(25), at(24), at(24)],
      [at(24), at(25), at(24)],
      [undefined, at(24), at(24)],
      [undefined, undefined, null],
    ].entries()) {
      const setup = (expirationDate: string | null | undefined) => (expirationDate == null ? {} : { expirationDate })
      const parent = await plant.lot(`A${n}`, { stock: 10, ...setup(original) })
      const part = await plant.lot(`B${n}`, setup(child))
      const record = await plant.save('SPLIT', parent, split(part, plant.location.dock))
      expect((await plant.get(part)).expirationDate).toBe(given)
      await plant.reverse(record)
      expect((await plant.get(part)).expirationDate).toBe(child ?? null)
    }
  })

  it('goes into a lot that was never posted to, and of the same material', async () => {
    const plant = await makePlant()
    const original = await plant.lot('A', { stock: 10 })
    const used = await plant.lot('B', { stock: 1 })
    const caps = await plant.lot('C', { material: 'cap' })
    const { dock } = plant.location
    expect(await plant.refused(plant.saving('SPLIT', original, split(used, dock)))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'B',
      reason: expect.stringContaining('posted to before'),
    })
    await plant.consume(used, 1, 2)
    expect(await plant.refused(plant.saving('SPLIT', original, split(used, dock)))).toMatchObject({ lotName: 'B' })
    expect(await plant.refused(plant.saving('SPLIT', original, split(caps, dock)))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'C',
      reason: expect.stringContaining('material'),
    })
  })
})

describe('a record with a second leg', () => {
  it('that the other lot stands in the way of says so, and is not said to be of that lot', async () => {
    const plant = await makePlant()
    const [lot, bin] = [await plant.lot('A', { stock: 10 }), await plant.lot('Bin', { status: 'CLOSED' })]
    const { dock } = plant.location
    const fields = { sourceLocationId: dock, destinationLocationId: dock, secondaryInventoryLotId: bin }
    const scrapping = () => plant.saving('SCRAP', lot, { quantity: 1, ...fields })
    expect((await plant.refused(scrapping())).message).toMatch(
      /^SCRAP with lot Bin is refused: the other lot Bin is CLOSED/u,
    )
    await plant.done(plant.inventory.saveLot({ id: bin, enabled: false }, plant.ada))
    expect((await plant.refused(scrapping())).message).toMatch(/^SCRAP with lot Bin is refused: lot Bin is disabled/u)
    await plant.done(plant.inventory.saveLot({ id: lot, enabled: false }, plant.ada))
    expect((await plant.refused(scrapping())).message).toMatch(/^SCRAP of lot A is refused: lot A is disabled/u)
  })

  const types = ['RECEIVE', 'SCRAP', 'RETURN', 'SHIP'] as const
  it.each(types.flatMap((type) => lotStatuses.map((status) => [type, status] as const)))(
    '%s is refused where the other lot is gone, or held and to be taken from: here it is %s',
    async (type, status) => {
      const plant = await makePlant()
      const lot = await plant.lot('A', { stock: 10 })
      const other = await plant.lot('B', { stock: 5, status })
      const { dock: sourceLocationId, cellar: destinationLocationId } = plant.location
      const fields = { quantity: 2, sourceLocationId, destinationLocationId, secondaryInventoryLotId: other }
      const isHeld = status === 'OPEN' || status === 'QA_HOLD' || status === 'EXPIRED'
      const isGone = status === 'SHIPPED' || status === 'CLOSED'
      // What is received from a lot that is held would become usable.
      if (!isGone && !(isHeld && type === 'RECEIVE')) await plant.save(type, lot, fields)
      else
        expect(await plant.refused(plant.saving(type, lot, fields))).toMatchObject({
          _tag: 'ActionRefused',
          lotName: 'B',
          lotStatus: status,
        })
    },
  )

  it('only names the other lot where it carries no second leg', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 10 })
    const other = await plant.lot('B', { status: 'CLOSED' })
    const { dock, cellar } = plant.location
    const named = { quantity: 1, secondaryInventoryLotId: other }
    await plant.save('RECEIVE', lot, { ...named, destinationLocationId: dock })
    await plant.save('SHIP', lot, { ...named, sourceLocationId: dock })
    await plant.save('CONSUME', lot, { ...named, sourceLocationId: dock, destinationLocationId: cellar })
    await plant.save('PRODUCE', lot, { ...named, sourceLocationId: dock, destinationLocationId: cellar })
    expect(await plant.stock(other)).toEqual({})
  })
})

describe('STATUS_CHANGE', () => {
  it('of a disabled lot is refused', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    await plant.done(plant.inventory.saveLot({ id: lot, enabled: false }, plant.ada))
    const request = { lotId: lot, newStatus: 'QA_HOLD' }
    expect(await plant.refused(plant.inventory.changeStatus(request, plant.ada))).toMatchObject({
      _tag: 'ActionRefused',
      reason: 'lot A is disabled',
    })
  })
})
