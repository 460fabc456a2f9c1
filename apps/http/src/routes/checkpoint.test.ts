import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

const end = async () => (await app.send('/v1/checkpoint')).body as Readonly<Record<string, number | string>>

describe('getCheckpoint', () => {
  it('stays as it is while nothing is written, also by a refusal and a dry run', async () => {
    const before = await end()
    const body = { lotId: plant.lot, newStatus: 'QA_HOLD' }
    await app.send('/v1/inventory/change-status?dryRun=true', { json: body })
    await app.send('/v1/inventory/change-status', { json: { ...body, newStatus: 'SHIPPED' } })
    expect(await end()).toEqual(before)
  })

  it('moves on with every version of a record, also with a correction of an old one', async () => {
    const { body: record } = await app.send('/v1/lot-records', {
      json: { lotRecordType: 'CONSUME', inventoryLotId: plant.lot, status: 'COMPLETED' },
    })
    const first = await end()
    await app.send('/v1/lot-records', { json: { id: record['id'], notes: 'by hand' } })
    const second = await end()
    expect(Number(second['count'])).toBe(Number(first['count']) + 1)
    expect(second['head']).not.toBe(first['head'])
    const versions = (await app.send(`/v1/lot-records/${String(record['id'])}/versions`)).body as unknown as readonly {
      readonly hash: string
    }[]
    expect(second['head']).toBe(versions.at(-1)?.hash)
  })

  it('moves on when a lot is changed by itself, which writes no record', async () => {
    const { count, head, lastChange } = await end()
    await app.send('/v1/lots', { json: { id: plant.lot, notes: 'for the second line' } })
    const after = await end()
    expect([after['count'], after['head']]).toEqual([count, head])
    expect(Number(after['lastChange'])).toBeGreaterThan(Number(lastChange))
  })
})
