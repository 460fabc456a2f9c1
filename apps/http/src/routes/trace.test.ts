import type { TraceEdge, TraceNode, TraceView } from '@lotbook/domain'
import { partsOf } from '@lotbook/picture/svg'
import { Effect } from 'effect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'
import { limits } from '../limits.ts'
import { drawTrace } from '../picture/draw-trace.ts'
import { placeApart } from '../picture/place-apart.ts'

let app: Harness
let plant: TestPlant
let other: string
let record: string

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
  other = (await app.send('/v1/lots', { json: { name: '=1+1', materialId: plant.material } })).id
  const json = {
    lotRecordType: 'CONSUME',
    inventoryLotId: plant.lot,
    secondaryInventoryLotId: other,
    status: 'COMPLETED',
    quantity: 25,
    sourceLocationId: plant.dock,
  }
  record = (await app.send('/v1/lot-records', { json })).id
})
afterAll(() => app.close())

describe('traceLot', () => {
  it('answers as JSON, by id or by name', async () => {
    const { status, body, headers } = await app.send(`/v1/lots/${other}/trace?direction=ancestors`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toMatchObject({
      lotId: other,
      direction: 'ANCESTORS',
      nodes: [{ lotId: other }, { lotId: plant.lot, share: 1, shareExact: '1', depth: 1, onHand: 75 }],
      edges: [{ source: plant.lot, target: other, recordIds: [record], quantity: 25, unitOfMeasureSymbol: 'kg' }],
      terminalNodes: [plant.lot],
    })
    const byName = await app.send('/v1/lots/S-1/trace?material=Raw/Sugar&depth=1&limit=5&asOf=2026-11-22T00:00:00Z')
    expect(byName.body).toMatchObject({ lotId: plant.lot, edges: [], asOf: '2026-11-22T00:00:00.000Z', depth: 1 })
  })

  it('answers with ids, depths and quantities only', async () => {
    const { status, body } = await app.send(`/v1/lots/${other}/trace?direction=ancestors&detail=basic`)
    expect(status).toBe(200)
    expect(body).toEqual({
      ...{ lotId: other, direction: 'ANCESTORS', depth: null, asOf: null, truncated: false },
      nodes: [
        { lotId: other, reach: 'SELF', depth: 0, terminal: false },
        { lotId: plant.lot, reach: 'ANCESTOR', depth: 1, terminal: true },
      ],
      edges: [
        {
          ...{ source: plant.lot, target: other, lotRecordType: 'CONSUME', recordIds: [record] },
          ...{ unitOfMeasureSymbol: 'kg', quantity: 25 },
        },
      ],
    })
    const headers = { Accept: 'text/csv' }
    const asCsv = await app.send(`/v1/lots/${other}/trace?direction=ancestors&detail=basic`, { headers })
    expect(asCsv.body).toEqual(body)
    const full = await app.send(`/v1/lots/${other}/trace?detail=full`)
    expect(full.body).toHaveProperty('sharesLeftOut', null)
  })

  it.each([
    ['csv', 'text/csv', `ANCESTOR,1,`, `"'=1+1"`],
    ['mermaid', 'text/vnd.mermaid', 'flowchart LR', '#61;1#43;1'],
    ['dot', 'text/vnd.graphviz', 'digraph trace {', '=1+1'],
  ])('answers as %s', async (format, type, text, name) => {
    const got = await app.send(`/v1/lots/${other}/trace?format=${format}`)
    expect(got.headers.get('content-type')).toBe(`${type}; charset=utf-8`)
    expect(got.text).toContain(text)
    expect(got.text).toContain(name.replaceAll('"', ''))
  })

  it('is drawn as SVG, apart from everything else that is going on', async () => {
    const made = app.send(`/v1/lots/${other}/trace?format=svg`)
    expect((await app.send('/health/live')).status).toBe(200)
    const { status, headers, text } = await made
    expect([status, headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    expect(text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/u)
    expect(text).toContain('>CONSUME 25 kg<')
    expect(text).toContain('>=1+1<')
    expect((await app.send(`/v1/lots/${other}/trace?format=SVG`)).text).toBe(text)
  })

  it('draws two pictures at one time, and asks who comes third to come back', async () => {
    const three = await Promise.all([0, 1, 2].map(() => app.send(`/v1/lots/${other}/trace?format=svg`)))
    expect(three.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 503])
    const refused = three.find(({ status }) => status === 503)
    expect(refused?.body['type']).toBe('/problems/too-many-pictures')
    expect(refused?.headers.get('retry-after')).toBe('1')
    expect((await app.send(`/v1/lots/${other}/trace?format=svg`)).status).toBe(200)
  })

  it('refuses to draw what nobody could read, by its format', async () => {
    const { body } = await app.send(`/v1/lots/${other}/trace`)
    const trace = body as unknown as TraceView
    const nodes = Array.from({ length: 501 }, (_, index) => ({ ...trace.nodes[0], lotId: `${index}` }) as TraceNode)
    const refused = await Effect.runPromise(Effect.flip(drawTrace({ ...trace, nodes })))
    expect(refused).toMatchObject({
      _tag: 'ValidationFailed',
      violations: {
        format: [expect.stringMatching(/^is drawn for at most 500 lots and 1500 lines, and this trace has 501/u)],
      },
    })
  })

  it('says what to do about a picture that takes too long', async () => {
    const { body } = await app.send(`/v1/lots/${other}/trace?direction=ancestors`)
    const trace = body as unknown as TraceView
    const at = (index: number) => `${index}`
    // It takes seconds, whatever the machine.
    const nodes = Array.from({ length: 500 }, (_, index) => ({ ...trace.nodes[0], lotId: at(index) }) as TraceNode)
    const edges = nodes.flatMap((_, index) =>
      [1, 7, 49].flatMap(
        (step) => ({ ...trace.edges[0], source: at(index), target: at((index + step) % 500) }) as TraceEdge,
      ),
    )
    const parts = partsOf({ ...trace, nodes, edges })
    if ('why' in parts) throw new Error(parts.why)
    expect(await placeApart(parts, 1)).toEqual({
      why: 'takes longer than 0.001 seconds to be drawn: give a direction or a smaller depth, or take DOT',
    })
  })

  it('leaves room for others where a picture cannot even be begun', async () => {
    const broken = { lots: [null], lines: [] } as unknown as Parameters<typeof placeApart>[0]
    for (let times = 0; times <= limits.pictures; times++) await expect(placeApart(broken)).rejects.toThrow(TypeError)
    expect(await placeApart({ lots: [], lines: [] })).toHaveProperty('boxes')
  })

  it.each([
    ['text/csv', 'text/csv; charset=utf-8'],
    ['text/vnd.mermaid', 'text/vnd.mermaid; charset=utf-8'],
    ['text/vnd.graphviz, application/json;q=0.9', 'text/vnd.graphviz; charset=utf-8'],
    ['image/svg+xml', 'image/svg+xml'],
    ['image/avif,image/*,*/*;q=0.8', 'image/svg+xml'],
    ['text/*', 'text/csv; charset=utf-8'],
    ['TEXT/CSV;q=0.5, */*;q=0.1', 'text/csv; charset=utf-8'],
    ['text/csv;q=0.5, */*', 'application/json'],
    ['text/csv;q=0, text/*', 'text/vnd.mermaid; charset=utf-8'],
    ['application/json, text/plain, */*', 'application/json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'application/json'],
    ['*/*', 'application/json'],
    ['application/pdf', 'application/json'],
    [';;,/', 'application/json'],
  ])('answers who accepts %s as %s, unless a format is named', async (accept, type) => {
    const headers = { Accept: accept }
    const got = await app.send(`/v1/lots/${other}/trace`, { headers })
    expect([got.status, got.headers.get('content-type'), got.headers.get('vary')]).toEqual([200, type, 'Accept'])
    const named = await app.send(`/v1/lots/${other}/trace?format=dot`, { headers })
    expect(named.headers.get('content-type')).toBe('text/vnd.graphviz; charset=utf-8')
    expect((await app.send(`/v1/lots/${other}/trace?format=pdf`, { headers })).status).toBe(422)
  })

  it('refuses what makes no sense, and a lot that is not there', async () => {
    const wrong = await app.send(`/v1/lots/${other}/trace?direction=sideways&depth=0&format=pdf`)
    expect(wrong.status).toBe(422)
    expect(Object.keys(wrong.body['errors'] as object)).toEqual(['direction', 'depth', 'format'])
    const both = await app.send(`/v1/lots/${other}/trace?detail=basic&format=csv`)
    expect([both.status, both.body['errors']]).toEqual([
      422,
      { detail: ['BASIC is written as JSON: leave it out for CSV'] },
    ])
    expect((await app.send(`/v1/lots/${record}/trace`)).status).toBe(404)
    expect((await app.send('/v1/lots/S-1/trace')).status).toBe(404)
  })
})

describe('the documented trace', () => {
  it('has a graph and a table', async () => {
    const graph = await app.send(`/v1/trace/get-lot-trace-graph?rootNodeId=${plant.lot}&direction=OUTPUT&depth=5`)
    expect(graph.body).toMatchObject({ edges: [{ id: record, source: plant.lot, target: other, animated: false }] })
    const table = await app.send('/v1/trace/get-lot-trace-table', { json: { inventoryLotRecordIds: [record] } })
    expect(JSON.parse(table.text)).toMatchObject([{ id: record, sourceInventoryLotName: 'S-1', quantity: 25 }])
    const refused = await app.send('/v1/trace/get-lot-trace-table', { json: { inventoryLotRecordIds: [other] } })
    expect(refused.status).toBe(422)
  })
})
