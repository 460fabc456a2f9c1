import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { makeUlidSource } from '@lotbook/domain'
import { Hono } from 'hono'
import pg from 'pg'
import { insertRecord, numbered, readPage, recordColumns, setBalance } from './bare-statements.ts'

// What Lotbook on PostgreSQL is measured against: Hono and the driver and nothing else. One POST is one transaction of
// two prepared statements on a connection of a pool. A GET answers 50 records.

type Body = Readonly<Record<string, string | number | boolean | null>>

const [address] = process.argv.slice(2)
if (address === undefined) throw new Error('usage: bare-postgres-server postgres://…')

const pool = new pg.Pool({ connectionString: address, max: 16 })
const newUlid = makeUlidSource()

const insert = { name: 'insert', text: numbered(insertRecord) }
const upsert = { name: 'upsert', text: numbered(setBalance) }
const page = { name: 'page', text: numbered(readPage) }

const write = async (body: Body): Promise<string> => {
  const id = newUlid(Date.now())
  const client = await pool.connect()
  try {
    await client.query('begin')
    const values = recordColumns.map((column) => (column === 'id' ? id : (body[column] ?? null)))
    await client.query({ ...insert, values })
    await client.query({
      ...upsert,
      values: [body['inventoryLotId'], body['sourceLocationId'], -Number(body['quantity'])],
    })
    await client.query('commit')
    return id
  } finally {
    client.release()
  }
}

const app = new Hono()
app.post('/records', async (c) => c.json({ id: await write(await c.req.json<Body>()) }, 201))
app.get('/records', async (c) => c.json((await pool.query({ ...page, values: [c.req.query('after') ?? ''] })).rows))
const server = serve(
  { fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env['PORT'] ?? 0) },
  (at: AddressInfo) => process.stdout.write(`bare postgres listening on http://127.0.0.1:${at.port}\n`),
)
process.once('SIGTERM', () => {
  server.close(() => void pool.end())
  if ('closeAllConnections' in server) server.closeAllConnections()
})
