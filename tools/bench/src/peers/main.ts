import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newDatabase, startPostgres } from '@lotbook/repository/testing'
import { lookAtMachine } from '../machine.ts'
import { machineLine } from '../report.ts'
import { root } from '../root.ts'
import { inScratch } from '../scratch.ts'
import { directus } from './directus.ts'
import { emmett } from './emmett.ts'
import { jsonServer } from './json-server.ts'
import { medusa } from './medusa.ts'
import { type Installed, type Peer, type Side, whyNotInstalled } from './peer.ts'
import { inTurns, markdown, type Standing } from './report.ts'
import { bare, library, lotbook, seedStore, served } from './sides.ts'
import { vendure } from './vendure.ts'

// B13, a report without a bar: what others do with the same work, in the same run. They are installed from npm into a
// scratch folder, and gone afterwards.

const servers: readonly Peer[] = [jsonServer, directus, vendure, medusa]

/** Ends every side that was started, the last one first. */
const withSides = async <A>(work: (started: (side: Side) => Side) => Promise<A>): Promise<A> => {
  const sides: Side[] = []
  try {
    return await work((side) => {
      sides.unshift(side)
      return side
    })
  } finally {
    for (const side of sides) await side.stop()
  }
}

const onSqlite = (folder: string, peer: Peer): Promise<Standing> =>
  withSides(async (started) => {
    const db = join(folder, 'lotbook.db')
    const plant = await seedStore(db)
    const theirs = started(served(await peer.start(folder, '')))
    return inTurns({
      theirs,
      ours: started(await lotbook(folder, db, plant)),
      floor: started(await bare(folder, plant)),
    })
  })

const onPostgres = async (folder: string, peer: Peer): Promise<Standing> => {
  const postgres = await startPostgres({ sync: true })
  try {
    const address = await newDatabase(postgres.address, 'lotbook')
    const plant = await seedStore(address)
    return await withSides(async (started) => {
      const theirs = started(served(await peer.start(folder, await newDatabase(postgres.address, peer.name))))
      return inTurns({ theirs, ours: started(await lotbook(folder, address, plant)) })
    })
  } finally {
    await postgres.remove()
  }
}

const inProcess = (folder: string): Promise<Standing> =>
  withSides(async (started) => {
    const db = join(folder, 'lotbook.db')
    const plant = await seedStore(db)
    return inTurns({ theirs: started(emmett.start(folder)), ours: started(await library(db, plant)) })
  })

const contests: readonly (readonly [Installed, (folder: string) => Promise<Standing>])[] = [
  ...servers.map(
    (peer) => [peer, (folder: string) => (peer.onPostgres ? onPostgres : onSqlite)(folder, peer)] as const,
  ),
  [emmett, inProcess],
]

const words = process.argv.slice(2)
const writes = words.includes('--write')
const wanted = words.filter((word) => word !== '--write')
const machine = await lookAtMachine()
console.log(machineLine(machine))
const standings: [Installed, Standing | string][] = []
await inScratch(async (scratch) => {
  for (const [peer, contest] of contests) {
    if (wanted.length > 0 && !wanted.includes(peer.name)) continue
    const folder = join(scratch, peer.name)
    const why = whyNotInstalled(folder, peer)
    standings.push([peer, why === undefined ? await contest(folder) : `cannot be installed here: ${why}`])
    console.log(markdown(standings.slice(-1)))
  }
})
if (writes) {
  const date = new Date().toISOString().slice(0, 10)
  const text = `# Beside others

Written by \`npm run bench:peers -- --write\` on ${date}: ${machineLine(machine)}.

Others store other things, and do more with them in their own field; none of them keeps lots. So this is an order of magnitude and no bar. Each is installed from npm as it comes, on the same machine, and measured in turns with Lotbook in the same run: 16 connections (emmett-sqlite: one writer, in process), an answer other than 2xx ends it. Lotbook consumes from one of 10,000 lots, with a key, an idempotency key and all rules, on the same engine. The floor is Hono and better-sqlite3 alone with one synced transaction for each POST ([performance](performance.md) has it against Lotbook in other ways).

${markdown(standings)}
`
  writeFileSync(join(root, 'docs/performance-peers.md'), text)
}
