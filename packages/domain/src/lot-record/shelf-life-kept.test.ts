import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'

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

  it('takes the date back with the last of what was brought in', async () => {
    const first = await plant.receive(milk, 5, 3)
    const second = await plant.receive(milk, 5, 5)
    await plant.reverse(second)
    await plant.reverse(first)
    expect(await plant.get(milk)).toMatchObject({ expirationDate: null, totalQuantity: 0 })
  })
})
