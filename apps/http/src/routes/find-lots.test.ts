import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'
import { limits } from '../limits.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
  for (const name of ['S-2', 'T-1']) await app.send('/v1/lots', { json: { name, materialId: plant.material } })
})
afterAll(() => app.close())

const search = (json: object) => app.send('/v1/lots/search', { json })

describe('findLots', () => {
  it('answers a query request with the documented page', async () => {
    const filters = [{ field: 'NAME', condition: 'STARTS_WITH', stringValue: 'S-', type: null }]
    const { status, body, headers } = await search({
      pageSize: 1,
      filters,
      sortField: 'name',
      sortDirection: 'Descending',
    })
    const { content, ...page } = body
    expect([status, headers.get('idempotency-replayed')]).toEqual([200, null])
    expect(content).toMatchObject([{ name: 'S-2', onHand: 0, version: 1 }])
    expect(page).toEqual({
      totalPages: 2,
      totalElements: 2,
      pageSize: 1,
      pageIndex: 0,
      hasContent: true,
      isFirst: true,
      isLast: false,
      hasNext: true,
      hasPrevious: false,
    })
    expect((await search({})).body).toMatchObject({ totalElements: 3, totalPages: 1, pageSize: 3 })
  })

  it('points at what is wrong', async () => {
    const { status, body } = await search({
      filters: [{ field: 'name', condition: 'TRUE' }, { field: 'x' }],
      sortFields: ['y'],
    })
    expect([status, Object.keys(body['errors'] ?? {})]).toEqual([
      422,
      ['filters[0].condition', 'filters[1].condition', 'filters[1].field', 'sortFields[0]'],
    ])
    expect((body['pointers'] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      ...['#/filters/0/condition', '#/filters/1/condition', '#/filters/1/field', '#/sortFields/0'],
    ])
  })

  it('takes as much as the limits say, and not one more', async () => {
    const filter = { field: 'name', condition: 'EQUALS', stringValue: 'x' }
    const ofList = (count: number) => ({
      filters: [{ field: 'name', condition: 'EQUALS', stringListValue: Array(count).fill('x') }],
    })
    const at = async (n: (limit: number) => number) =>
      Promise.all([
        search({ filters: Array(n(limits.searchFilters)).fill(filter) }),
        search({ sortFields: Array(n(limits.searchSortFields)).fill('name') }),
        search({ pageSize: n(limits.searchPage) }),
        search(ofList(n(limits.searchListValues))),
      ]).then((all) => all.map(({ status }) => status))
    expect(await at((most) => most)).toEqual([200, 200, 200, 200])
    expect(await at((most) => most + 1)).toEqual([422, 422, 422, 422])
  })
})
