import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, itemsOf, makeClient } from './client.ts'
import { type Ended, type Folder, lotbook, makeFolder, startServer } from './program.ts'

let folder: Folder
beforeAll(() => {
  folder = makeFolder()
})
afterAll(() => folder.remove())

const secretIn = ({ stdout }: Ended): string | undefined => /^ {2}(lb_\S+)$/mu.exec(stdout)?.[1]

/** Starts and stops a server, and returns what it printed. */
const startAndStop = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> => {
  const server = await startServer(args, { env })
  return server.kill('SIGTERM')
}

describe('lotbook start', () => {
  it('makes the sample plant, and prints the first key once, with two calls that work', async () => {
    const db = ['--db', folder.file('start.db')]
    const server = await startServer(['start', ...db])
    const stopped = server.kill('SIGTERM')
    const first = await stopped
    expect(first.code).toBe(0)
    expect(first.stdout.split('\n')[0]).toBe(`lotbook listening on ${server.url}`)
    const secret = secretIn(first) ?? ''
    expect(first.stdout.match(/^ {2}curl /gmu)).toHaveLength(2)

    const again = await startServer(['start', ...db])
    const client = makeClient(again.url, secret)
    const stock = await client.get('/v1/inventory?location=Dairy/Warehouse&subtree=true')
    expect(stock.status).toBe(200)
    expect(itemsOf(stock).length).toBeGreaterThan(5)
    const request = { lotId: '01JJCQEJYG-E31FHVTF-JB6WEJTC', newStatus: 'AVAILABLE' }
    expect(await client.post('/v1/inventory/change-status', request)).toMatchObject({
      status: 201,
      body: { createdBy: 'admin', lotStatus: 'AVAILABLE' },
    })
    const second = await again.kill('SIGINT')
    expect(second.code).toBe(0)
    expect(second.stdout).toContain('lotbook keys create')
    expect(second.stdout).not.toContain('lb_')
    expect((await lotbook(['checkpoint', ...db])).stdout).toMatch(/^302:/u)
  })

  it('goes on where nobody reads its log, and ends when it is told to', async () => {
    const fifo = folder.file('unread')
    execFileSync('mkfifo', [fifo])
    const server = await startServer(['serve', '--db', folder.file('unread.db')], {
      env: { LOTBOOK_ADMIN_KEY: adminKey, LOTBOOK_LOG: 'info' },
      under: ['bash', '-c', 'exec "$@" 2<> "$0"', fifo],
    })
    const client = makeClient(server.url)
    // More than a pipe holds, which is 64 KiB.
    for (let asked = 0; asked < 1000; asked += 1) await client.get('/v1/units')
    expect((await server.kill('SIGTERM')).code).toBe(0)
  })

  it('goes on where its log cannot be written any more', async () => {
    const server = await startServer(['serve', '--db', folder.file('unlogged.db')], {
      env: { LOTBOOK_ADMIN_KEY: adminKey, LOTBOOK_LOG: 'info' },
      under: ['bash', '-c', 'exec "$@" 2> /dev/full', 'unlogged'],
    })
    const client = makeClient(server.url)
    for (const symbol of ['a', 'b', 'c'])
      expect(await client.post('/v1/units', { name: symbol, symbol })).toMatchObject({ status: 201 })
    expect(itemsOf(await client.get('/v1/units'))).toHaveLength(3)
    expect((await server.kill('SIGTERM')).code).toBe(0)
  })

  it('takes LOTBOOK_ADMIN_KEY as the first key, and prints none', async () => {
    const db = ['--db', folder.file('brought.db')]
    const server = await startServer(['serve', ...db], { env: { LOTBOOK_ADMIN_KEY: adminKey } })
    expect((await makeClient(server.url).get('/v1/lots')).status).toBe(200)
    expect((await makeClient(server.url, 'lb_another-secret').get('/v1/lots')).status).toBe(401)
    const { code, stdout } = await server.kill('SIGTERM')
    expect(code).toBe(0)
    expect(stdout).not.toMatch(new RegExp(`lb_|${adminKey}`, 'u'))
    // Afterwards it is one key among others, and another one does not come in by the back door.
    const other = await startServer(['serve', ...db], {
      env: { LOTBOOK_ADMIN_KEY: 'another-secret-of-tests', LOTBOOK_LOG: 'warn' },
    })
    expect((await makeClient(other.url, 'another-secret-of-tests').get('/v1/lots')).status).toBe(401)
    expect((await other.kill('SIGTERM')).stderr).toContain('LOTBOOK_ADMIN_KEY is no key of this ledger')
  })
})

describe('lotbook serve', () => {
  it('begins with an empty ledger, under the policy that is asked for, and keeps that', async () => {
    const db = ['--db', folder.file('empty.db')]
    expect(secretIn(await startAndStop(['serve', ...db, '--policy', 'strict']))).toBeDefined()
    expect((await lotbook(['checkpoint', ...db])).stdout).toMatch(/^0:0{64}$/mu)
    const { stderr } = await startAndStop(['serve', ...db], { LOTBOOK_POLICY: 'permissive', LOTBOOK_LOG: 'warn' })
    expect(stderr).toContain('the policy of this ledger is strict, not permissive')
    expect((await lotbook(['policy', ...db])).stdout).toBe('strict\n')
  })

  it('keeps a ledger in memory, if asked to', async () => {
    const server = await startServer(['start', '--db', ':memory:'], { env: { LOTBOOK_ADMIN_KEY: adminKey } })
    expect(itemsOf(await makeClient(server.url).get('/v1/materials'))).toHaveLength(12)
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
  })

  it('writes JSON lines on stderr, and nothing else', async () => {
    const server = await startServer(['serve', '--db', folder.file('log.db'), '--log', 'info'], {
      env: { LOTBOOK_ADMIN_KEY: adminKey },
    })
    await makeClient(server.url).get('/v1/lots')
    const { stderr } = await server.kill('SIGTERM')
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly message: string })
    expect(lines.map(({ message }) => message)).toEqual(['listening', 'request', 'stopping', 'stopped'])
    expect(stderr).not.toContain(adminKey)
  })

  it('takes from each key as many requests as LOTBOOK_RATE_LIMIT says, and refuses a limit that is none', async () => {
    const db = ['--db', folder.file('limited.db')]
    const env = { LOTBOOK_ADMIN_KEY: adminKey, LOTBOOK_RATE_LIMIT: '2' }
    const server = await startServer(['serve', ...db], { env })
    const client = makeClient(server.url)
    // More than two a second on any machine.
    const answers = await Promise.all(Array.from({ length: 200 }, () => client.get('/v1/units')))
    const statuses = answers.map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([200, 429]))
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2)
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 })
    for (const wrong of ['0', '1000000'])
      expect(await lotbook(['serve', ...db], { LOTBOOK_RATE_LIMIT: wrong })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`LOTBOOK_RATE_LIMIT must be off or a whole number from 1 to 999999`),
      })
  })

  it('ends with 6 and says why, where the port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const ended = await lotbook(['serve', '--db', folder.file('taken.db')], { PORT: `${port}` })
    expect(ended).toMatchObject({ code: 6, stdout: '', stderr: expect.stringContaining('it is in use') })
    await new Promise((resolve) => other.close(resolve))
  })

  it('lets a key that is revoked from outside in no longer', async () => {
    const db = ['--db', folder.file('revoked.db')]
    const { stdout: secret } = await lotbook(['keys', 'create', 'line 1', '--grant', 'INVENTORY.READ', ...db])
    const server = await startServer(['serve', ...db])
    const client = makeClient(server.url, secret.trim())
    expect((await client.get('/v1/lots')).status).toBe(200)
    expect((await client.post('/v1/units', { name: 'tonne', symbol: 't' })).status).toBe(403)
    expect((await lotbook(['keys', 'revoke', 'line 1', ...db])).code).toBe(0)
    expect((await client.get('/v1/lots')).status).toBe(401)
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 })
  })
})
