import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { serve } from '@hono/node-server'
import Database from 'better-sqlite3'
import { Hono } from 'hono'
import pg from 'pg'

// What an export is measured against: every record of a bare database, row by row from a cursor, each made JSON by itself.

const [address] = process.argv.slice(2)
if (address === undefined) throw new Error('usage: bare-export-server FILE|postgres://…')
const all = 'select * from record order by id'
const rowsAtOnce = 1000

function* linesOfFile(file: string): Generator<string> {
  const database = new Database(file, { readonly: true })
  for (const row of database.prepare<[], object>(all).iterate()) yield `${JSON.stringify(row)}\n`
  database.close()
}

async function* linesOfServer(url: string): AsyncGenerator<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('begin')
  await client.query(`declare every cursor for ${all}`)
  for (let done = false; !done; ) {
    const { rows } = await client.query<object>(`fetch ${rowsAtOnce} from every`)
    for (const row of rows) yield `${JSON.stringify(row)}\n`
    done = rows.length === 0
  }
  await client.end()
}

const lines = () => (address.startsWith('postgres:') ? linesOfServer(address) : linesOfFile(address))
const app = new Hono()
app.get('/export', (c) => c.body(Readable.toWeb(Readable.from(lines(), { objectMode: false })) as ReadableStream))
const server = serve(
  { fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env['PORT'] ?? 0) },
  (address: AddressInfo) => process.stdout.write(`bare export listening on http://127.0.0.1:${address.port}\n`),
)
process.once('SIGTERM', () => {
  // An export that nobody reads any more would keep the process.
  server.close(() => process.exit())
  if ('closeAllConnections' in server) server.closeAllConnections()
})
