import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { consumption } from '../consumption.ts'
import { lotCount } from '../plant.ts'
import type { Side } from './peer.ts'

const plant = { lots: [], location: '01JE6F0CE9-T94PZD8R-TH9J01TD' }
const lot = '01JE6F0CE9-T94PZD8R-TH9J01TJ'

const program = `
import { createInterface } from 'node:readline'
import { getSQLiteEventStore } from '@event-driven-io/emmett-sqlite'
const store = getSQLiteEventStore({ fileName: 'events.db', schema: { autoMigration: 'CreateOrUpdate' } })
const data = ${JSON.stringify(consumption(plant, lot, Date.now()))}
let count = 0
for await (const seconds of createInterface({ input: process.stdin })) {
  const [first, start] = [count, performance.now()]
  while (performance.now() - start < seconds * 1000) {
    count += 1
    await store.appendToStream('lot-' + (count % ${lotCount}), [{ type: 'CONSUME', data }])
  }
  console.log((count - first) / (performance.now() - start) * 1000)
}
`

/** A library of event stores: one writer that appends one event at a time, in a process of its own. */
export const emmett = {
  name: 'emmett-sqlite',
  packages: ['@event-driven-io/emmett-sqlite@0.38.5', '@event-driven-io/emmett@0.38.5'],
  what: 'appends one event at a time, in process',
  durability: 'SQLite with a write-ahead log, synced',
  /** Starts it where it was installed. */
  start: (folder: string): Side => {
    writeFileSync(join(folder, 'append.mjs'), program)
    const { PATH = '', HOME = '' } = process.env
    const stdio = ['pipe', 'pipe', 'inherit'] as const
    const child = spawn(process.execPath, ['append.mjs'], { cwd: folder, env: { PATH, HOME }, stdio: [...stdio] })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    return {
      perSecond: async (seconds) => {
        child.stdin.write(`${seconds}\n`)
        const { value, done } = await lines.next()
        if (done === true) throw new Error('emmett-sqlite has ended')
        return Number(value)
      },
      stop: async () => {
        child.kill()
      },
    }
  },
}
