import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { makeUlidSource } from '@lotbook/domain'
import Database from 'better-sqlite3'
import { Hono } from 'hono'
import { insertRecord, readPage, recordColumns, setBalance } from './bare-statements.ts'

// What Lotbook is measured against: Hono and SQLite and nothing else. A GET answers 50 records. One POST inserts a record
// and changes a balance, durably. `single`: a transaction each. `group`: those that arrive in the same turn of the event loop share one.

type Body = Readonly<Record<string, string | number | boolean | null>>

const [mode, file] = process.argv.slice(2)
if (file === undefined || (mode !== 'single' && mode !== 'group'))
  throw new Error('usage: bare-server single|group FILE')

const database = new Database(file)
database.pragma('journal_mode = wal')
database.pragma('synchronous = full')
const insert = database.prepare<unknown[]>(insertRecord)
const upsert = database.prepare<unknown[]>(setBalance)
const page = database.prepare<unknown[]>(readPage)
const begin = database.prepare('begin immediate')
const commit = database.prepare('commit')
const savepoint = database.prepare('savepoint one_write')
const release = database.prepare('release savepoint one_write')
const newUlid = makeUlidSource()

const write = (body: Body): string => {
  const id = newUlid(Date.now())
  insert.run(
    ...recordColumns.map((column) => {
      const value = column === 'id' ? id : (body[column] ?? null)
      return typeof value === 'boolean' ? Number(value) : value
    }),
  )
  upsert.run(body['inventoryLotId'], body['sourceLocationId'], -Number(body['quantity']))
  return id
}

const writeAlone = async (body: Body): Promise<string> => {
  begin.run()
  const id = write(body)
  commit.run()
  return id
}

interface Waiting {
  readonly body: Body
  readonly resolve: (id: string) => void
}
let waiting: Waiting[] = []

const flush = (): void => {
  const group = waiting
  waiting = []
  begin.run()
  const written = group.map(({ body, resolve }) => {
    savepoint.run()
    const id = write(body)
    release.run()
    return () => resolve(id)
  })
  commit.run()
  for (const tell of written) tell()
}

const writeTogether = (body: Body): Promise<string> =>
  new Promise((resolve) => {
    if (waiting.length === 0) setImmediate(flush)
    waiting.push({ body, resolve })
  })

const writeOne = mode === 'single' ? writeAlone : writeTogether
const app = new Hono()
app.post('/records', async (c) => c.json({ id: await writeOne(await c.req.json<Body>()) }, 201))
app.get('/records', (c) => c.json(page.all(c.req.query('after') ?? '')))
const server = serve(
  { fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env['PORT'] ?? 0) },
  (address: AddressInfo) => process.stdout.write(`bare ${mode} listening on http://127.0.0.1:${address.port}\n`),
)
process.once('SIGTERM', () => {
  server.close(() => database.close())
  if ('closeAllConnections' in server) server.closeAllConnections()
})
