import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { draw } from '../plant.ts'
import { ask } from './asking.ts'
import { freePort, type Peer, startReady } from './peer.ts'

const admin = { email: 'admin@example.com', password: randomBytes(12).toString('hex') }
const secret = randomBytes(16).toString('hex')
const program = join('node_modules', '@medusajs', 'cli', 'cli.js')
const items = 100

const settings = `
const { defineConfig } = require('@medusajs/framework/utils')
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: { jwtSecret: '${secret}', cookieSecret: '${secret}', storeCors: '', adminCors: '', authCors: '' },
  },
  admin: { disable: true },
})
`

/** Makes so many items, each in stock at one location; gives the paths of their levels. */
const makeLevels = async (url: string, token: string): Promise<readonly string[]> => {
  const make = async (path: string, body: object) => (await ask(url + path, body, token)).json
  const { stock_location } = (await make('/admin/stock-locations', { name: 'Bay 1' })) as {
    readonly stock_location: { readonly id: string }
  }
  const paths: string[] = []
  for (let n = 1; n <= items; n++) {
    const { inventory_item } = (await make('/admin/inventory-items', { sku: `LOT-${n}`, title: `LOT-${n}` })) as {
      readonly inventory_item: { readonly id: string }
    }
    const levels = `/admin/inventory-items/${inventory_item.id}/location-levels`
    await make(levels, { location_id: stock_location.id, stocked_quantity: 1_000_000 })
    paths.push(`${levels}/${stock_location.id}`)
  }
  return paths
}

/** A shop over PostgreSQL: each write sets the stock of an item at a location. */
export const medusa: Peer = {
  name: 'medusa',
  packages: ['@medusajs/medusa@2.21.2', '@medusajs/cli@2.21.2'],
  what: 'sets the stock of one of 100 items at a location',
  durability: 'PostgreSQL, synced',
  onPostgres: true,
  start: async (folder, database) => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    writeFileSync(join(folder, 'medusa-config.js'), settings)
    const env = { DATABASE_URL: database, MEDUSA_DISABLE_TELEMETRY: 'true' }
    const { PATH = '', HOME = '' } = process.env
    const run = (...args: readonly string[]): void => {
      const { status, stderr, error } = spawnSync(process.execPath, [program, ...args], {
        cwd: folder,
        env: { PATH, HOME, NODE_ENV: 'production', ...env },
        encoding: 'utf8',
        timeout: 300_000,
      })
      if (status !== 0) throw new Error(`medusa ${args[0]}: ${stderr || String(error)}`)
    }
    run('db:migrate')
    run('user', '-e', admin.email, '-p', admin.password)
    const args = [program, 'start', '-H', '127.0.0.1', '-p', String(port)]
    return startReady({ folder, args, env, url: `${url}/health` }, async () => {
      const { token } = (await ask(`${url}/auth/user/emailpass`, admin)).json as { readonly token: string }
      const paths = await makeLevels(url, token)
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
      let stocked_quantity = 1_000_000
      const body = (): string => {
        stocked_quantity -= 1
        return JSON.stringify({ stocked_quantity })
      }
      return { url, next: () => ({ path: draw(paths), headers, body: body() }) }
    })
  },
}
