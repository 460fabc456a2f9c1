import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StorageUnavailable } from '@lotbook/domain'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Harness, makeHarness, makeTestPlant } from '../../test/harness.ts'
import type { AppOptions } from '../app.ts'
import { limits } from '../limits.ts'
import { serve } from '../serve.ts'

const ndjson = { 'Content-Type': 'application/x-ndjson' }
const csv = { 'Content-Type': 'text/csv' }
const lines = (...rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** An app over a file of its own. */
const stage = async (change: Partial<AppOptions> = {}): Promise<Harness> => {
  const folder = mkdtempSync(join(tmpdir(), 'lotbook-import-'))
  const app = await makeHarness(change, join(folder, 'plant.db'))
  onTestFinished(async () => {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return app
}
const importing = (app: Harness, body: string, more: Parameters<Harness['send']>[1] = {}, query = '') =>
  app.send(`/v1/import${query}`, { body, ...more, headers: { ...ndjson, ...more.headers } })
const nothing = { saved: 0, alreadyThere: 0, refused: 0, errors: [], moreErrors: 0 }

const kg = { kind: 'unit', symbol: 'kg', name: 'kilogram' }
const sugar = { kind: 'material', path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' }
const dock = { kind: 'location', path: 'Plant/Dock' }
const lot = { kind: 'lot', name: 'S-1', materialPath: 'Raw/Sugar' }
const receipt = {
  ...{ kind: 'lotRecord', lotRecordType: 'RECEIVE', status: 'COMPLETED', quantity: 5 },
  ...{ inventoryLotName: 'S-1', materialPath: 'Raw/Sugar', destinationLocationPath: 'Plant/Dock' },
}
const plant = [kg, sugar, dock, lot, receipt]

describe('importRows', () => {
  it('saves the rows by the rules, with the key as their author, and says which it refused', async () => {
    const app = await stage()
    const { status, body } = await importing(app, lines(...plant, { ...receipt, quantity: -1 }, kg, { kind: 'lots' }))
    expect([status, body]).toEqual([
      200,
      {
        ...{ rows: 8, saved: 5, alreadyThere: 1, refused: 2, moreErrors: 0 },
        errors: [
          { line: 6, errors: { quantity: [expect.stringContaining('must be')] } },
          { line: 8, errors: { kind: [expect.stringContaining('must be one of unit')] } },
        ],
      },
    ])
    const { body: records } = await app.send('/v1/lot-records')
    expect(records['items']).toMatchObject([{ lotRecordType: 'RECEIVE', quantity: 5, createdBy: 'admin' }])
  })

  it('reads CSV of one kind', async () => {
    const app = await stage()
    const { body } = await importing(app, 'symbol,name\r\nkg,kilogram\r\nkg,\r\n', { headers: csv }, '?kind=unit')
    expect(body).toMatchObject({ rows: 2, saved: 1, refused: 1, errors: [{ line: 3 }] })
  })

  it('names the first refused rows and counts the others', async () => {
    const app = await stage()
    const bad = Array.from({ length: limits.importErrors + 1 }, () => ({ kind: 'x' }))
    expect((await importing(app, lines(...bad.slice(1)))).body).toMatchObject({ refused: 100, moreErrors: 0 })
    const { body } = await importing(app, lines(...bad))
    expect([(body['errors'] as unknown[]).length, body['refused'], body['moreErrors']]).toEqual([100, 101, 1])
  })

  it('happens once: the same body again is the same import, another Idempotency-Key another one', async () => {
    const app = await stage()
    await importing(app, lines(...plant.slice(0, 4)))
    const first = await importing(app, lines(receipt))
    const again = await importing(app, lines(receipt))
    expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([first.body, 'true'])
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    const key = (value: string) => ({ headers: { 'Idempotency-Key': value } })
    await importing(app, lines(receipt), key('tuesday'))
    await importing(app, lines(receipt), key('tuesday'))
    expect(((await app.send('/v1/lot-records')).body['items'] as unknown[]).length).toBe(2)
    const other = await importing(app, lines(receipt, receipt), key('tuesday'))
    expect([other.status, other.body['type']]).toEqual([422, '/problems/idempotency-key-reused'])
    expect(((await app.send('/v1/lot-records')).body['items'] as unknown[]).length).toBe(2)
  })

  it('asks for the permission of each kind, row by row', async () => {
    const app = await stage()
    const secret = await app.key('master data', ['INVENTORY.WRITE.MASTER_DATA'])
    const { body } = await importing(app, lines(...plant.slice(0, 4)), { secret })
    expect(body).toMatchObject({ saved: 3, refused: 1, errors: [{ line: 4 }] })
    expect(JSON.stringify(body['errors'])).toContain('INVENTORY.WRITE.SAVE')
    const saver = await app.key('saver', ['INVENTORY.WRITE.SAVE'])
    const saved = await importing(app, lines(lot, receipt, { ...kg, symbol: 'g' }), { secret: saver })
    expect(saved.body).toMatchObject({ saved: 1, refused: 2, errors: [{ line: 2 }, { line: 3 }] })
    const reader = await app.key('reader', ['INVENTORY.READ'])
    const refused = await importing(app, lines(kg), { secret: reader })
    expect([refused.status, refused.body['permission']]).toEqual([403, 'INVENTORY.WRITE.SAVE'])
    expect((await importing(app, lines(kg), { secret: null })).status).toBe(401)
  })

  it.each([
    ['CSV without a kind', '', csv, { kind: [expect.stringContaining('is required with CSV')] }],
    ['a kind that is none', '?kind=units', csv, { kind: [expect.stringContaining('must be one of unit')] }],
    ['NDJSON with a kind', '?kind=unit', ndjson, { kind: [expect.stringContaining('is for CSV')] }],
    ['another mode', '?mode=all', ndjson, { mode: ['must be one of import, restore'] }],
    ['a restore of CSV', '?mode=restore', csv, { mode: [expect.stringContaining('NDJSON')] }],
    ['a header that does not fit', '?kind=unit', csv, { '(root)': [expect.stringContaining('cannot be read')] }],
  ])('refuses %s, and saves nothing', async (_, query, headers, errors) => {
    const app = await stage()
    const { status, body } = await importing(app, lines(kg), { headers }, query)
    expect([status, body['errors'], body['pointers']]).toEqual([422, errors, []])
    expect((await app.send('/v1/units')).body['items']).toEqual([])
  })

  it.each(['application/json', 'text/csv; charset=latin1', 'text/plain'])('answers 415 to %s', async (type) => {
    const app = await stage()
    const { status, headers } = await importing(app, lines(kg), { headers: { 'Content-Type': type } })
    expect([status, headers.get('accept')]).toEqual([415, 'application/x-ndjson, text/csv'])
  })

  it(`takes ${limits.importBytes} bytes and not one more, of which nothing is saved`, async () => {
    const app = await stage()
    const body = (bytes: number) => lines(kg).padEnd(bytes, `${' '.repeat(9_999)}\n`)
    expect((await importing(app, body(limits.importBytes + 1))).status).toBe(413)
    expect((await app.send('/v1/units')).body['items']).toEqual([])
    expect((await importing(app, body(limits.importBytes))).body).toEqual({ ...nothing, rows: 1, saved: 1 })
  })
})

describe('exportRows', () => {
  it('of each kind is imported into another ledger', async () => {
    const [from, to] = [await stage(), await stage()]
    await importing(from, lines(...plant))
    for (const [what, kind] of [
      ...[['units', 'unit'] as const, ['materials', 'material'] as const, ['locations', 'location'] as const],
      ...[['lots', 'lot'] as const, ['records', 'lotRecord'] as const],
    ]) {
      const { text, headers } = await from.send(`/v1/export?kind=${what}&format=csv`)
      expect((await from.send(`/v1/export?kind=${what}`, { headers: { Accept: 'text/csv' } })).text).toBe(text)
      expect((await from.send(`/v1/export?kind=${kind}&format=csv`)).text).toBe(text)
      expect(headers.get('content-disposition')).toBe(`attachment; filename="lotbook-${what}-20261123T080000Z.csv"`)
      expect((await importing(to, text, { headers: csv }, `?kind=${kind}`)).body).toMatchObject({ refused: 0 })
    }
    const stock = async (app: Harness) =>
      (await app.send('/v1/export?kind=stock&format=csv')).text.split('\r\n')[1]?.split(',').slice(0, 7)
    expect(await stock(to)).toEqual(await stock(from))
    expect(await stock(to)).toEqual(['Plant/Dock', 'Raw/Sugar', 'S-1', 'OPEN', 'OPEN', '5', 'kg'])
  })

  it('of everything restores the same ledger, and only into an empty one', async () => {
    const [from, to] = [await stage(), await stage()]
    await makeTestPlant(from)
    const { text, headers } = await from.send('/v1/export')
    expect(headers.get('content-type')).toBe('application/x-ndjson')
    expect(headers.get('content-disposition')).toBe('attachment; filename="lotbook-all-20261123T080000Z.ndjson"')
    const restored = await importing(to, text, {}, '?mode=restore')
    const rows = text.split('\n').length - 1
    expect([restored.status, restored.body]).toEqual([200, { ...nothing, rows, saved: rows }])
    expect(await to.head()).toEqual(await from.head())
    expect((await to.send('/v1/export')).text).toBe(text)
    const rowsOnly = await importing(await stage(), lines(...plant), {}, '?mode=restore')
    const noExport = 'the file is no full export: rows are imported without --restore, over HTTP without mode=restore'
    expect([rowsOnly.status, rowsOnly.body['errors']]).toEqual([422, { '(root)': [noExport] }])
    const third = await stage()
    const before = await third.head()
    const asRows = await importing(third, text)
    expect([asRows.status, asRows.body['errors']]).toEqual([
      422,
      {
        '(root)': [
          expect.stringContaining('is a full export, not rows: restore it (--restore, or mode=restore over HTTP)'),
        ],
      },
    ])
    expect((await third.send('/v1/units')).body['items']).toEqual([])
    expect((await third.send('/v1/reason-codes')).body['items']).toEqual([])
    expect(await third.head()).toEqual(before)
    expect((await importing(third, text, {}, '?mode=restore')).status).toBe(200)
    const again = await importing(to, text, {}, '?mode=restore')
    expect([again.status, again.text]).toEqual([422, expect.stringContaining('the store is not empty')])
    expect(await to.head()).toEqual(await from.head())
  })

  it('that was tampered with is refused, and the ledger is not used until it is restored', async () => {
    const [from, to] = [await stage(), await stage()]
    await makeTestPlant(from)
    const { text } = await from.send('/v1/export')
    const poor = await importing(to, text.replace('kilogram', 'kilogramm'), {}, '?mode=restore')
    expect([poor.status, poor.text]).toEqual([422, expect.stringContaining('not those that were exported')])
    expect((await to.send('/v1/units', { json: { symbol: 'g', name: 'gram' } })).status).toBe(503)
    expect((await to.send('/health/ready')).status).toBe(503)
    expect((await importing(to, text, {}, '?mode=restore')).status).toBe(200)
    expect(await to.head()).toEqual(await from.head())
  })

  it.each([
    ['kind=tables', { kind: [expect.stringContaining('must be one of unit, unitConversion')] }],
    ['kind=units&format=xml', { format: ['must be one of ndjson, csv'] }],
    ['format=csv', { kind: ['is required with CSV: one kind a file'] }],
  ])('refuses ?%s', async (query, errors) => {
    const { status, body } = await (await stage()).send(`/v1/export?${query}`)
    expect([status, body['errors']]).toEqual([422, errors])
  })
})

describe('an export that is being sent', () => {
  /** Gives pieces until it is told to fail; counts what was asked for, and whether it was given up. */
  const source = (failing = Number.POSITIVE_INFINITY) => {
    const seen = { pieces: 0, ended: false }
    async function* write(): AsyncGenerator<string> {
      try {
        for (;;) {
          seen.pieces += 1
          if (seen.pieces === failing) throw new StorageUnavailable({ reason: 'the disk is gone' })
          yield `${'x'.repeat(1000)}\n`
        }
      } finally {
        seen.ended = true
      }
    }
    return { seen, write }
  }
  const served = async (write: () => AsyncGenerator<string>, other: AppOptions['limits'] = {}) => {
    const { transfer } = await stage()
    const app = await makeHarness({ transfer: { ...transfer, archive: { ...transfer.archive, write } }, limits: other })
    const stop = { stopMilliseconds: 200 }
    const server = await serve({ app: app.app, host: '127.0.0.1', port: 0, log: () => undefined, limits: stop })
    onTestFinished(async () => {
      await server.close()
      await app.close()
    })
    const Authorization = `Bearer ${await app.key('exporter', ['INVENTORY.ADMIN'])}`
    return { ...server, app, get: () => fetch(`${server.url}/v1/export`, { headers: { Authorization } }) }
  }

  it('is broken off, not ended, where a later piece cannot be read', async () => {
    const { write, seen } = source(3)
    const { get, app } = await served(write)
    const response = await get()
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
    expect(seen).toEqual({ pieces: 3, ended: true })
    expect(app.logged).toContainEqual(expect.objectContaining({ level: 'error', message: 'an answer was cut off' }))
  })

  it('is refused, where the first piece cannot be read', async () => {
    const { get } = await served(source(1).write)
    expect((await get()).status).toBe(503)
  })

  it('is read as its reader takes it, and no further once the reader has gone', async () => {
    const { write, seen } = source()
    const { get } = await served(write)
    const reader = (await get()).body?.getReader()
    await reader?.read()
    await expect
      .poll(async () => {
        const before = seen.pieces
        await new Promise((resolve) => setImmediate(resolve))
        return seen.pieces - before
      })
      .toBe(0)
    expect(seen.ended).toBe(false)
    await reader?.cancel()
    await expect.poll(() => seen.ended).toBe(true)
  })

  it('ends when the server stops, and no other begins', async () => {
    const { write, seen } = source()
    const { get, close } = await served(write)
    const response = await get()
    const reading = expect(response.text()).rejects.toThrow()
    await close()
    await reading
    expect(seen.ended).toBe(true)
  })

  it('is broken off where its reader takes nothing for too long', async () => {
    const { write, seen } = source()
    const { get } = await served(write, { exportStallMilliseconds: 20 })
    const response = await get()
    await expect.poll(() => seen.ended).toBe(true)
    await expect(response.text()).rejects.toThrow()
  })

  it('is one of so many, and there is no room for one more', async () => {
    const { get } = await served(source().write, { exports: 2 })
    const [one, two] = [await get(), await get()]
    const three = await get()
    expect([one.status, two.status, three.status]).toEqual([200, 200, 503])
    await one.body?.cancel()
    await expect
      .poll(async () => {
        const next = await get()
        await next.body?.cancel()
        return next.status
      })
      .toBe(200)
  })
})
