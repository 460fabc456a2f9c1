import { newLotHistoryRequest } from '@lotbook/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

describe('getLotHistory', () => {
  it('gives its template with the documented keys in their order', async () => {
    const { body } = await app.send('/v1/lot-history/new')
    expect(Object.entries(body)).toEqual(Object.entries(newLotHistoryRequest()))
  })

  it('gives every row as one array, oldest first, with the 22 documented fields', async () => {
    const { body } = await app.send(`/v1/lots/${plant.lot}/history`)
    const rows = body as unknown as readonly Record<string, unknown>[]
    expect(rows.map(({ lotRecordType }) => lotRecordType)).toEqual(['STATUS_CHANGE', 'RECEIVE'])
    expect(Object.keys(rows[0] ?? {})).toHaveLength(22)
  })

  it('takes the filters of its request as query parameters', async () => {
    const { body } = await app.send(`/v1/lots/${plant.lot}/history?lotRecordType=RECEIVE&status=COMPLETED`)
    expect(body).toMatchObject([{ lotRecordType: 'RECEIVE' }])
    const refused = await app.send(`/v1/lots/${plant.lot}/history?lotId=${plant.lot}&endDate=never`)
    expect(Object.keys(refused.body['errors'] as object).sort()).toEqual(['endDate', 'lotId'])
  })

  it('answers 404 for what is no lot', async () => {
    expect((await app.send('/v1/lots/S-1/history')).status).toBe(404)
    expect((await app.send(`/v1/lots/${plant.dock}/history`)).status).toBe(404)
  })
})
