import { documentFaults, soundDocument } from '@lotbook/domain/testing'
import { describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant } from '../../test/harness.ts'
import { limits } from '../limits.ts'

const stage = async (): Promise<Harness & { readonly lot: string }> => {
  const app = await makeHarness()
  const { lot } = await makeTestPlant(app)
  await app.send('/v1/locations', { json: { path: 'Plant/Line' } })
  return { ...app, lot }
}
const importing = (app: Harness, document: unknown, query = '', headers: Readonly<Record<string, string>> = {}) =>
  app.send(`/v1/epcis/events${query}`, {
    json: document,
    headers: { 'Content-Type': 'application/ld+json', ...headers },
  })
const eventsOf = ({ body }: { readonly body: Readonly<Record<string, unknown>> }) =>
  (body['epcisBody'] as { readonly eventList: readonly Readonly<Record<string, unknown>>[] }).eventList

describe('GET /v1/epcis/events', () => {
  it('sends a document in JSON-LD: of a lot, a trace, a period, a base of one’s own', async () => {
    const app = await stage()
    const whole = await app.send('/v1/epcis/events')
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'application/ld+json'])
    expect(eventsOf(whole).map((event) => event['bizStep'])).toEqual(['inspecting', 'receiving'])
    expect((await app.send('/v1/epcis/events')).text).toBe(whole.text)
    const of = async (query: string) => eventsOf(await app.send(`/v1/epcis/events?${query}`))
    expect(await of(`lot=${app.lot}`)).toEqual(eventsOf(whole))
    expect(await of('lot=S-1&material=Raw/Sugar&direction=both')).toEqual(eventsOf(whole))
    expect(await of('from=2030-01-01T00:00:00Z')).toEqual([])
    const [, received] = await of('base=https://example.com/')
    expect(received).toMatchObject({ bizLocation: { id: 'https://example.com/location/Plant/Dock' } })
  })

  it('refuses before anything is sent', async () => {
    const app = await stage()
    const asked = async (query: string) => {
      const { status, body } = await app.send(`/v1/epcis/events?${query}`)
      return [status, body['errors'] ?? body['idOrName']]
    }
    expect(await asked('lot=Z&material=Raw/Sugar')).toEqual([404, 'Z'])
    expect(await asked('depth=2')).toEqual([422, { direction: [expect.any(String)] }])
    expect(await asked('colour=red')).toEqual([422, { colour: [expect.any(String)] }])
    await app.send('/v1/units', { json: { symbol: 'blob', name: 'blob' } })
    const { id: materialId } = await app.send('/v1/materials', {
      json: { path: 'Raw/Clay', unitOfMeasureSymbol: 'blob' },
    })
    await app.send('/v1/lots', { json: { name: 'K', materialId } })
    expect(await asked('')).toEqual([422, { '(root)': [expect.stringContaining('blob')] }])
  })
})

describe('POST /v1/epcis/events', () => {
  it('writes what a document says, once, with the key as its author', async () => {
    const app = await stage()
    const first = await importing(app, soundDocument())
    const came = { events: 3, saved: 4, alreadyThere: 0, declaredInError: 0, lotsMade: 2 }
    expect([first.status, first.body]).toEqual([200, came])
    const { body } = await app.send('/v1/lot-records?lotRecordType=RECEIVE&newestFirst=true')
    expect(body['items']).toMatchObject([{ inventoryLotName: 'X', quantity: 10, createdBy: 'admin' }, {}])
    const before = await app.head()
    expect((await importing(app, soundDocument())).body).toEqual({ ...came, saved: 0, alreadyThere: 4, lotsMade: 0 })
    const plain = { 'Content-Type': 'application/json' }
    expect((await importing(app, soundDocument(), '', plain)).body).toMatchObject({ saved: 0 })
    expect(await app.head()).toEqual(before)
  })

  it('takes what it told, into another ledger', async () => {
    const [app, copy] = [await stage(), await stage()]
    await importing(app, soundDocument())
    const told = JSON.parse(
      (await app.send('/v1/epcis/events?lot=Y&material=Raw/Sugar&direction=ANCESTORS')).text,
    ) as unknown
    expect(await importing(copy, told)).toMatchObject({ status: 200, body: { events: 4, saved: 4, lotsMade: 2 } })
    const stockOf = async ({ send }: Harness) => (await send('/v1/inventory?material=Raw/Sugar')).body['items']
    const shown = async (from: Harness) =>
      ((await stockOf(from)) as { lotName: string; locationPath: string; quantity: number }[])
        .filter(({ lotName }) => lotName !== 'S-1')
        .map(({ lotName, locationPath, quantity }) => `${lotName} ${locationPath} ${quantity}`)
        .sort()
    expect(await shown(copy)).toEqual(await shown(app))
  })

  it('does a dry run, and keeps an answer by its key', async () => {
    const app = await stage()
    const before = await app.head()
    expect((await importing(app, soundDocument(), '?dryRun=true')).body).toMatchObject({ saved: 4 })
    expect(await app.head()).toEqual(before)
    const key = { 'Idempotency-Key': 'one' }
    const first = await importing(app, soundDocument(), '', key)
    const again = await importing(app, soundDocument(), '', key)
    expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([first.body, 'true'])
  })

  it('answers 422 to a document with any fault, with pointers into the body, and nothing changed', async () => {
    const app = await stage()
    const before = await app.head()
    for (const { name, spoil, pointers } of documentFaults) {
      const { status, body } = await importing(app, spoil(soundDocument()))
      expect(status, name).toBe(422)
      const told = (body['pointers'] as readonly { readonly pointer: string }[]).map(({ pointer }) => pointer)
      const expected = pointers.map((pointer) =>
        pointer === '(root)' ? '#' : `#${pointer.split('/').map(encodeURIComponent).join('/')}`,
      )
      expect(new Set(told), name).toEqual(new Set(expected))
      expect(await app.head(), name).toEqual(before)
    }
  })

  it('needs the permission of what it writes', async () => {
    const app = await stage()
    const ben = await app.key('ben', ['INVENTORY.READ', 'INVENTORY.WRITE.SAVE'])
    const sent = await app.send('/v1/epcis/events', { json: soundDocument(), secret: ben })
    expect([sent.status, sent.body['permission']]).toEqual([403, 'INVENTORY.WRITE.RECEIVE'])
  })

  it('takes at most so many events', async () => {
    const app = await stage()
    const document = soundDocument()
    const [event = {}] = document.epcisBody.eventList
    const many = (count: number) => ({
      ...document,
      epcisBody: { eventList: Array.from({ length: count }, () => event) },
    })
    const { status, body } = await importing(app, many(limits.epcisEvents + 1))
    expect([status, Object.keys(body['errors'] as object)]).toEqual([422, ['/epcisBody/eventList']])
    const { body: fewer } = await importing(app, many(3))
    expect(Object.keys(fewer['errors'] as object)).toEqual([
      '/epcisBody/eventList/1/eventID',
      '/epcisBody/eventList/2/eventID',
    ])
  })
})
