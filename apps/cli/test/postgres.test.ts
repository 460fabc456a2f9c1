import { limits } from '@lotbook/http'
import { openStore } from '@lotbook/repository'
import { newDatabase, type PostgresServer, startPostgres } from '@lotbook/repository/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, type Client, makeClient } from './client.ts'
import { bothFollowBoth } from './following.ts'
import { type Folder, lotbook, makeFolder, startServer } from './program.ts'

let folder: Folder
let postgres: PostgresServer
let address: string

beforeAll(async () => {
  folder = makeFolder()
  postgres = await startPostgres()
  address = await newDatabase(postgres.address, 'plant')
})
afterAll(async () => {
  folder.remove()
  await postgres.remove()
})

describe('lotbook on PostgreSQL', () => {
  it('has the same ledger as in a file, hash for hash', async () => {
    const inFile = await lotbook(['seed', '--now', '2026-01-31', '--db', folder.file('plant.db')])
    const withPassword = address.replace('postgres@', 'postgres:secret@')
    const inPostgres = await lotbook(['seed', '--now', '2026-01-31'], { LOTBOOK_DB: withPassword })
    expect(inPostgres).toEqual({
      code: 0,
      stdout: inFile.stdout,
      stderr: expect.stringContaining(`wrote the sample plant into ${address}`),
    })
    expect(await lotbook(['verify', '--db', address])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('all fits: 300 records in 301 versions, 40 lots'),
    })
  })

  it('serves it from several processes at once', async () => {
    const env = { LOTBOOK_DB: await newDatabase(postgres.address, 'served'), LOTBOOK_ADMIN_KEY: adminKey }
    const servers = [await startServer(['serve'], { env }), await startServer(['serve'], { env })]
    const clients = servers.map(({ url }) => makeClient(url))
    const symbols = Array.from({ length: 20 }, (_, index) => `u${index}`)
    const answers = await Promise.all(
      symbols.map((symbol, index) => (clients[index % 2] as Client).post('/v1/units', { symbol, name: symbol })),
    )
    expect(answers.map(({ status }) => status)).toEqual(symbols.map(() => 201))
    const again = await clients[1]?.post('/v1/units', { symbol: 'u0', name: 'u0' })
    expect(again?.status).toBe(409)
    for (const { kill } of servers) expect((await kill('SIGTERM')).code).toBe(0)
  })

  it('is listed by plain commands too, without the password', async () => {
    const listed = await lotbook(['lots', '--db', address.replace('postgres@', 'postgres:secret@')])
    expect(listed.code, listed.stderr).toBe(0)
    expect(listed.stdout).toContain('BUTTER')
    expect(listed.stdout + listed.stderr).not.toContain('secret')
  })

  it('is served from processes that start on an empty database at the same time', async () => {
    const env = { LOTBOOK_DB: await newDatabase(postgres.address, 'fresh'), LOTBOOK_ADMIN_KEY: adminKey }
    const servers = await Promise.all(Array.from({ length: 4 }, () => startServer(['serve'], { env })))
    for (const { url } of servers) expect((await makeClient(url).get('/v1/units')).status).toBe(200)
    for (const { kill } of servers) expect((await kill('SIGTERM')).code).toBe(0)
  })

  it('is served where it is read-only: what only reads goes on, and changes are refused as unavailable', async () => {
    const standby = await newDatabase(postgres.address, 'standby')
    const first = await startServer(['serve'], { env: { LOTBOOK_DB: standby, LOTBOOK_ADMIN_KEY: adminKey } })
    expect((await makeClient(first.url).post('/v1/units', { symbol: 'kg', name: 'kg' })).status).toBe(201)
    await first.kill('SIGTERM')
    const readOnly = `${standby}?options=${encodeURIComponent('-c default_transaction_read_only=on')}`
    const env = { LOTBOOK_DB: readOnly, LOTBOOK_ADMIN_KEY: adminKey }
    for (const command of [['lots'], ['verify'], ['status'], ['export', folder.file('standby.ndjson')]])
      expect(await lotbook(command, env)).toMatchObject({ code: 0 })
    const { url, kill } = await startServer(['serve'], { env })
    const client = makeClient(url)
    expect((await client.post('/v1/units', { symbol: 'l', name: 'l' })).status).toBe(503)
    expect(await client.get('/v1/units')).toMatchObject({ status: 200, body: { items: [{ symbol: 'kg' }] } })
    expect((await kill('SIGTERM')).code).toBe(0)
  })

  it('shows on the streams of each process what the other writes, all of it and in order', async () => {
    await bothFollowBoth(await newDatabase(postgres.address, 'followed'))
  })

  it('has room for as many exports as a server sends at one time', async () => {
    const { archive, close } = await openStore({ filename: await newDatabase(postgres.address, 'exported') })
    const exports = Array.from({ length: limits.exports }, () => archive.write())
    const begun = await Promise.all(exports.map((text) => text.next()))
    expect(begun.map(({ done }) => done)).toEqual(exports.map(() => false))
    await Promise.all(exports.map((text) => text.return(undefined)))
    await close()
  })

  it('says on stderr where the server is set so that a power loss may lose something', async () => {
    const db = await newDatabase(postgres.address, 'risky')
    const env = { LOTBOOK_DB: db, LOTBOOK_ADMIN_KEY: adminKey, LOTBOOK_LOG: 'warn' }
    const { kill } = await startServer(['serve'], { env })
    const { code, stderr } = await kill('SIGTERM')
    expect(code).toBe(0)
    expect(stderr).toContain('PostgreSQL: the server runs with fsync = off')
    const status = await lotbook(['status'], env)
    expect(status).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing is written yet') })
    expect(status.stderr).toMatch(/^PostgreSQL: the server runs with fsync = off: [^\n]+\n$/u)
  })

  it('says what is wrong with a database that it cannot open, and shows no password', async () => {
    const { code, stdout, stderr } = await lotbook(['verify', '--db', 'postgres://a:hidden@127.0.0.1:1/b'])
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' })
    expect(stderr).toContain('the database cannot be reached (ECONNREFUSED)')
    expect(stderr).not.toContain('hidden')
  })
})
