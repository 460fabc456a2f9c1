import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { serve } from '@hono/node-server'
import Database from 'better-sqlite3'
import { Hono } from 'hono'

// What an export is measured against: every record of a bare file, row by row from a cursor, each made JSON by itself.

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('usage: bare-export-server FILE')
const database = new Database(file, { readonly: true })
const all = database.prepare<[], object>('select * from record order by id')

function* lines(): Generator<string> {
  for (const row of all.iterate()) yield `${JSON.stringify(row)}\n`
}

const app = new Hono()
app.get('/export', (c) => c.body(Readable.toWeb(Readable.from(lines(), { objectMode: false })) as ReadableStream))
const server = serve(
  { fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env['PORT'] ?? 0) },
  (address: AddressInfo) => process.stdout.write(`bare export listening on http://127.0.0.1:${address.port}\n`),
)
process.once('SIGTERM', () => {
  server.close(() => database.close())
  if ('closeAllConnections' in server) server.closeAllConnections()
})
