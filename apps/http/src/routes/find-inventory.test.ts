import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

const stock = async (query: string) => {
  const items = (await app.send(`/v1/inventory?${query}`)).body['items'] as readonly Record<string, unknown>[]
  return items.map(({ locationPath, lotName, quantity }) => [locationPath, lotName, quantity].join(' '))
}

describe('findInventory', () => {
  it('lists stock by location, subtree, lot and material', async () => {
    expect(await stock('')).toEqual(['Plant/Dock S-1 100'])
    expect(await stock('location=Plant')).toEqual([])
    expect(await stock('location=Plant&subtree=true')).toHaveLength(1)
    expect(await stock(`lot=${plant.lot}&material=Raw%2FSugar`)).toHaveLength(1)
    expect(await stock('lot=S-1')).toHaveLength(1)
  })

  it('lists stock as it was at a moment', async () => {
    expect(await stock('asOf=2026-11-22T00:00:00Z')).toEqual([])
    expect(await stock('asOf=2026-11-24T00:00:00%2B01:00')).toHaveLength(1)
  })

  it('answers 404 for a location that is not there', async () => {
    expect((await app.send('/v1/inventory?location=Nowhere')).body).toMatchObject({ status: 404, idOrName: 'Nowhere' })
  })
})
