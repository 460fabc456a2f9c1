import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

let plant: Plant
let milk: string

beforeEach(async () => {
  plant = await makePlant()
  milk = await plant.lot('M', { material: 'milk' })
})

const expires = async () => (await plant.get(milk)).expirationDate

describe('reversing the posting that began a shelf life', () => {
  it('keeps the date while something else that was brought in stands', async () => {
    const first = await plant.receive(milk, 5, 3)
    const second = await plant.receive(milk, 5, 5)
    expect(await expires()).toBe(at(13))
    await plant.reverse(first)
    expect(await expires()).toBe(at(13))
    await plant.reverse(second)
    expect(await plant.get(milk)).toMatchObject({ expirationDate: at(13), totalQuantity: 0 })
  })

  it('keeps it even if the rest has been consumed by now', async () => {
    const first = await plant.receive(milk, 5, 3)
    await plant.receive(milk, 5, 5)
    await plant.consume(milk, 5, 6)
    await plant.reverse(first)
    expect(await expires()).toBe(at(13))
  })

  it('keeps it while some of the lot lies anywhere, be it below zero elsewhere', async () => {
    const { drain, dock } = plant.location
    const only = await plant.receive(milk, 5, 20, drain)
    const move = { quantity: 5, startDate: at(21), sourceLocationId: drain, destinationLocationId: dock }
    const moved = await plant.save('MOVE', milk, move)
    await plant.reverse(only)
    expect(await plant.stock(milk)).toEqual({ Drain: -5, Dock: 5 })
    expect(await expires()).toBe(at(30))
    await plant.reverse(moved)
    expect(await expires()).toBe(at(30))
  })

  it('takes the date back with the last of what was brought in', async () => {
    const first = await plant.receive(milk, 5, 3)
    const second = await plant.receive(milk, 5, 5)
    await plant.reverse(second)
    await plant.reverse(first)
    expect(await plant.get(milk)).toMatchObject({ expirationDate: null, totalQuantity: 0 })
  })
})

describe('the posting that began a shelf life, dated anew', () => {
  const dating = ({ id }: RecordView, day: number, call = plant.ada) =>
    plant.inventory.saveInventoryLotRecord({ id, startDate: at(day) }, call)
  const ship = (quantity: number) =>
    plant.saving('SHIP', milk, { quantity, startDate: at(23), sourceLocationId: plant.location.dock })

  it('puts off no date of what else was brought into the lot, and brings it forward', async () => {
    const first = await plant.receive(milk, 1, 14)
    await plant.receive(milk, 9, 15)
    await plant.done(dating(first, 22))
    expect(await expires()).toBe(at(24))
    await plant.done(dating(first, 20))
    expect(await expires()).toBe(at(22))
  })

  it('by someone who may not release frees nothing that is expired, under strict', async () => {
    const first = await plant.receive(milk, 1, 2)
    await plant.receive(milk, 9, 3)
    await plant.setPolicy('strict')
    await plant.done(dating(first, 22, plant.caller('INVENTORY.WRITE.SAVE', 'INVENTORY.WRITE.RECEIVE')))
    expect(await plant.get(milk)).toMatchObject({ expirationDate: at(12), effectiveStatus: 'EXPIRED' })
    expect(await plant.refused(ship(10))).toMatchObject({ _tag: 'ActionRefused', lotStatus: 'EXPIRED' })
  })

  it('puts off no date of what was merged into the lot, nor of what came after a count', async () => {
    const other = await plant.lot('O', { material: 'milk' })
    const first = await plant.receive(milk, 1, 14)
    await plant.receive(other, 10, 15)
    await plant.done(plant.inventory.merge({ sourceLotId: other, destinationLotId: milk }, plant.ada))
    await plant.done(dating(first, 22))
    expect(await expires()).toBe(at(24))
    const counted = await plant.lot('N', { material: 'milk' })
    const count = await plant.save('EDIT', counted, {
      ...{ quantity: 1, startDate: at(14), sourceLocationId: plant.location.dock },
    })
    await plant.receive(counted, 9, 15)
    await plant.done(dating(count, 22))
    expect((await plant.get(counted)).expirationDate).toBe(at(24))
    await plant.reverse(count)
    expect((await plant.get(counted)).expirationDate).toBe(at(24))
  })

  it('makes no lot usable that is past its date; a change of status does', async () => {
    const only = await plant.receive(milk, 5, 2)
    expect(await plant.refused(dating(only, 22))).toMatchObject({
      _tag: 'ActionRefused',
      reason: 'lot M is past its expiration date, and would not be with the new date of this record',
    })
    await plant.done(dating(only, 5))
    expect(await expires()).toBe(at(15))
    await plant.changeStatus(milk, 'AVAILABLE', { expirationDate: at(30) })
    await plant.done(dating(only, 22))
    expect(await expires()).toBe(at(30))
    await plant.done(ship(5))
  })
})

describe('the first posting into a lot', () => {
  const places = () => ({ sourceLocationId: plant.location.dock, destinationLocationId: plant.location.cellar })
  const fields = (secondaryInventoryLotId: string) => ({ quantity: 4, startDate: at(21), secondaryInventoryLotId })

  it('begins a shelf life also where a correction made it one', async () => {
    const other = await plant.lot('O', { material: 'milk', stock: 10, expirationDate: at(28) })
    const { sourceLocationId, destinationLocationId } = places()
    const record = await plant.save('SCRAP', other, { ...fields(milk), sourceLocationId })
    expect(await expires()).toBeNull()
    const correct = (changes: object) =>
      plant.done(plant.inventory.saveInventoryLotRecord({ id: record.id, ...changes }, plant.ada))
    await correct({ destinationLocationId })
    expect(await plant.get(milk)).toMatchObject({ expirationDate: at(28), totalQuantity: 4 })
    await correct({ quantity: 5 })
    expect(await plant.get(milk)).toMatchObject({ expirationDate: at(28), totalQuantity: 5 })
    await plant.reverse(record)
    expect(await plant.get(milk)).toMatchObject({ expirationDate: null, totalQuantity: 0 })
  })

  it.each(['SCRAP', 'RETURN', 'RECEIVE'] as const)(
    'by %s out of a lot of its material gives it no later date than that lot has',
    async (type) => {
      const old = await plant.lot('O', { material: 'milk', stock: 10, expirationDate: at(24) })
      const late = await plant.lot('L', { material: 'milk', stock: 10, expirationDate: at(30) })
      const second = await plant.lot('N', { material: 'milk' })
      const from = (giver: string, getter: string) =>
        type === 'RECEIVE'
          ? plant.save(type, getter, { ...fields(giver), ...places(), startDate: at(15) })
          : plant.save(type, giver, { ...fields(getter), ...places(), startDate: at(15) })
      const [record, other] = [await from(old, milk), await from(late, second)]
      const both = async () => [await expires(), (await plant.get(second)).expirationDate]
      expect(await both()).toEqual([at(24), at(25)])
      for (const { id } of [record, other])
        await plant.done(plant.inventory.saveInventoryLotRecord({ id, startDate: at(16), endDate: at(16) }, plant.ada))
      expect(await both()).toEqual([at(24), at(26)])
      await plant.reverse(record)
      expect(await expires()).toBeNull()
    },
  )

  it('out of a lot of another material begins a shelf life of its own', async () => {
    const cap = await plant.lot('C', { stock: 10, expirationDate: at(24) })
    const { id } = await plant.done(
      plant.inventory.saveMaterial({ path: 'Raw/Cream', unitOfMeasureSymbol: 'kg', shelfLifeDays: 5 }, plant.ada),
    )
    const cream = await plant.lot('Cream', { materialId: id ?? '' })
    await plant.save('RECEIVE', cream, { ...fields(cap), ...places() })
    expect((await plant.get(cream)).expirationDate).toBe(at(26))
  })
})
