import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { consumption } from '../consumption.ts'
import { ask } from './asking.ts'
import { freePort, type Peer, startReady } from './peer.ts'

const plant = { lots: [], location: '01JE6F0CE9-T94PZD8R-TH9J01TD' }
const lot = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
const program = join('node_modules', 'directus', 'cli.js')
const admin = { email: 'admin@example.com', password: randomBytes(12).toString('hex') }

const settings = (port: number): Readonly<Record<string, string>> => ({
  HOST: '127.0.0.1',
  PORT: String(port),
  KEY: randomBytes(16).toString('hex'),
  SECRET: randomBytes(16).toString('hex'),
  DB_CLIENT: 'sqlite3',
  DB_FILENAME: 'directus.db',
  ADMIN_EMAIL: admin.email,
  ADMIN_PASSWORD: admin.password,
  ACCESS_TOKEN_TTL: '1h',
  TELEMETRY: 'false',
  PRESSURE_LIMITER_ENABLED: 'false',
  LOG_LEVEL: 'error',
})

/** What is stored. Its id is given by the platform. */
const record = (): object => {
  const { id: _given, ...fields } = consumption(plant, lot, Date.now())
  return fields
}

/** The type of a column for a value of the request. */
const fieldOf = ([field, value]: readonly [string, unknown]) => ({
  field,
  type: typeof value === 'number' ? 'float' : typeof value === 'boolean' ? 'boolean' : 'string',
  schema: {},
})

/** A data platform over a SQLite file, with the collection it needs, and a session of its administrator. */
export const directus: Peer = {
  name: 'directus',
  packages: ['directus@10.13.4', 'sqlite3@5.1.7'],
  what: 'creates an item of 22 fields',
  durability: 'SQLite with its own defaults: a rollback journal, synced',
  start: async (folder) => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const env = settings(port)
    const { PATH = '', HOME = '' } = process.env
    const made = spawnSync(process.execPath, [program, 'bootstrap'], {
      cwd: folder,
      env: { PATH, HOME, ...env },
      encoding: 'utf8',
      timeout: 120_000,
    })
    if (made.status !== 0) throw new Error(`directus bootstrap: ${made.stderr || String(made.error)}`)
    return startReady({ folder, args: [program, 'start'], env, url: `${url}/server/ping` }, async () => {
      const { data } = (await ask(`${url}/auth/login`, admin)).json as {
        readonly data: { readonly access_token: string }
      }
      const token = data.access_token
      const id = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } }
      const fields = [id, ...Object.entries(record()).map(fieldOf)]
      await ask(`${url}/collections`, { collection: 'records', schema: {}, meta: {}, fields }, token)
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
      const body = () => JSON.stringify(record())
      return { url, next: () => ({ path: '/items/records', headers, body: body() }) }
    })
  },
}
