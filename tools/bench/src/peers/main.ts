import { join } from 'node:path'
import { openStore } from '@lotbook/repository'
import { startServer } from '../http/child-server.ts'
import { load, warmUp } from '../http/load.ts'
import { consumptions, ownSecret } from '../http/targets.ts'
import { seedPlant } from '../plant.ts'
import { root } from '../root.ts'
import { median, ratioOf } from '../rounds.ts'
import { inScratch } from '../scratch.ts'
import { directus } from './directus.ts'
import { jsonServer } from './json-server.ts'
import { type Peer, whyNotInstalled } from './peer.ts'

// B13, a report without a bar: what others do with the same work, in the same run. They are installed from npm into a
// scratch folder, and gone afterwards.

const [connections, rounds, seconds] = [16, 5, 3]
const peers: readonly Peer[] = [jsonServer, directus]

const beside = async (folder: string, peer: Peer): Promise<string> => {
  const why = whyNotInstalled(join(folder, peer.name), peer)
  if (why !== undefined) return `${peer.name}: cannot be installed here: ${why}`
  const db = join(folder, `${peer.name}.db`)
  const { store, close } = await openStore({ filename: db })
  const plant = await seedPlant(store)
  await close()
  const theirs = await peer.start(join(folder, peer.name))
  const ours = await startServer({
    args: [join(root, 'apps/cli/bin/lotbook.mjs'), 'serve', '--db', db],
    env: { LOTBOOK_ADMIN_KEY: ownSecret },
    log: join(folder, `${peer.name}.lotbook.log`),
  })
  try {
    const own = { url: ours.url, next: consumptions(plant, '/v1/lot-records') }
    const rates: { readonly ours: number; readonly theirs: number }[] = []
    await warmUp([own, theirs], connections)
    for (let round = 0; round < rounds; round++) {
      const first = await load({ ...own, connections, seconds })
      const second = await load({ url: theirs.url, next: theirs.next, connections, seconds })
      rates.push({ ours: first.perSecond, theirs: second.perSecond })
    }
    const ratio = ratioOf(rates.map((rate) => rate.ours / rate.theirs))
    const spread = `${ratio.least.toFixed(1)}–${ratio.greatest.toFixed(1)}`
    const figures = `${median(rates.map((rate) => rate.ours)).toFixed(0)}/s / ${median(rates.map((rate) => rate.theirs)).toFixed(0)}/s`
    return `B13  creates over HTTP at ${connections}, Lotbook / ${peer.packages[0]}: ${ratio.median.toFixed(1)} [${spread}]  ${figures} (${peer.durability})`
  } finally {
    await ours.stop()
    await theirs.stop()
  }
}

const [, , only] = process.argv
await inScratch(async (folder) => {
  for (const peer of peers.filter(({ name }) => (only ?? name) === name)) console.log(await beside(folder, peer))
})
