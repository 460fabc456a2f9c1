import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { consumption } from '../consumption.ts'
import { lotCount } from '../plant.ts'
import { freePort, type Peer, startReady } from './peer.ts'

const plant = { lots: [], location: '01JE6F0CE9-T94PZD8R-TH9J01TD' }
const lot = '01JE6F0CE9-T94PZD8R-TH9J01TJ'

/** A file of JSON behind HTTP. It begins with as many things as Lotbook has lots. */
export const jsonServer: Peer = {
  name: 'json-server',
  packages: ['json-server@0.17.4'],
  what: 'creates a thing of 22 fields',
  durability: 'writes the whole file anew for each record, without a sync',
  start: async (folder) => {
    const file = join(folder, 'db.json')
    const lots = Array.from({ length: lotCount }, (_, n) => ({ id: n + 1, name: `LOT-${n + 1}`, status: 'AVAILABLE' }))
    writeFileSync(file, JSON.stringify({ lots, records: [] }))
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const program = join('node_modules', 'json-server', 'lib', 'cli', 'bin.js')
    const args = [program, '--quiet', '--host', '127.0.0.1', '--port', String(port), file]
    const headers = { 'content-type': 'application/json' }
    return startReady({ folder, args, url: `${url}/lots/1` }, async () => ({
      url,
      next: () => ({ path: '/records', headers, body: JSON.stringify(consumption(plant, lot, Date.now())) }),
    }))
  },
}
