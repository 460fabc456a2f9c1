import { readFileSync } from 'node:fs'
import { lotRecordTypes } from '@lotbook/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { componentSchema, document, documented, offencesAgainst, offencesOf } from '../../test/contract.ts'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'
import { operations } from '../operations.ts'
import { translations } from '../refusal-problem.ts'
import { itemRefusals } from '../routes/refusals.ts'
import { apiVersion } from './document.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

describe('the OpenAPI document', () => {
  it('is what /openapi.json answers, without a key', async () => {
    const { status, headers, body } = await app.send('/openapi.json', { secret: null })
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(body).toEqual(document)
    expect(body['openapi']).toBe('3.1.0')
  })

  it('has the version of the package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as object
    expect(manifest).toMatchObject({ version: apiVersion })
  })

  it('names every operation once', () => {
    const ids = documented.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(operations.filter(({ isHidden }) => isHidden !== true).length)
  })

  it('refuses unknown members of every object, in requests and in answers', () => {
    const open = Object.entries(document.components['schemas'] ?? {}).filter(
      ([, entry]) => 'properties' in entry && (entry as Record<string, unknown>)['additionalProperties'] !== false,
    )
    // Documents of a standard that lets everybody put members of their own into them.
    expect(open.map(([name]) => name)).toEqual(['EpcisDocument', 'EpcisEvent'])
  })

  it('documents every status that every refusal of an operation becomes', () => {
    for (const { id, method, path, refusals = [] } of operations.filter(({ isHidden }) => isHidden !== true)) {
      const responses = document.paths[path]?.[method.toLowerCase()]?.responses ?? {}
      for (const tag of refusals.flatMap((one) => (one === 'BatchItemRefused' ? itemRefusals : [one])))
        expect(Object.keys(responses), id).toContain(String(translations[tag].status))
      expect(Object.keys(responses), id).toEqual(expect.arrayContaining(['400', '408', '414', '422', '431', '500']))
    }
  })

  it('describes requests in the words of the domain', () => {
    const { properties } = componentSchema('SaveInventoryLotRecordRequest') as { properties: Record<string, unknown> }
    expect(Object.keys(properties)).toHaveLength(27)
    expect(properties['lotRecordType']).toMatchObject({ enum: [...lotRecordTypes, null] })
    expect(properties['quantity']).toMatchObject({ description: expect.stringContaining('at most 9 digits') })
    expect(componentSchema('CreateUnitRequest')['properties']).not.toHaveProperty('id')
    expect(componentSchema('ChangeStatusRequest')['required']).toEqual(['lotId', 'newStatus'])
  })
})

describe('the judge of answers in these tests', () => {
  it('sees a status, a member, a type or a header that is not documented', async () => {
    const { status, headers, text, body } = await app.send(`/v1/lots/${plant.lot}`)
    const judged = { status, headers, text }
    const path = `/v1/lots/${plant.lot}`
    expect(offencesOf('GET', path, judged)).toEqual([])
    expect(offencesOf('GET', path, { ...judged, status: 418 })).not.toEqual([])
    expect(offencesOf('GET', path, { ...judged, text: JSON.stringify({ ...body, more: 1 }) })).not.toEqual([])
    expect(offencesOf('GET', path, { ...judged, text: JSON.stringify({ ...body, onHand: '1' }) })).not.toEqual([])
    expect(offencesOf('GET', path, { ...judged, headers: new Headers({ 'content-type': 'text/plain' }) })).toHaveLength(
      3,
    )
    const { onHand: _gone, ...less } = body
    expect(offencesAgainst('InventoryLot', less)).not.toEqual([])
  })
})
