import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness } from '../../test/harness.ts'

let app: Harness

beforeAll(async () => {
  app = await makeHarness()
})
afterAll(() => app.close())

describe('health', () => {
  it.each(['/health/live', '/health/ready'])('%s answers without a key', async (path) => {
    expect(await app.send(path, { secret: null })).toMatchObject({ status: 200, body: { status: 'ok' } })
  })
})
