import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Engine } from '../engines/engine.ts'
import type { Finding } from '../finding.ts'
import { type ChildServer, startServer } from '../http/child-server.ts'
import { lotbookOn, ownSecret } from '../http/targets.ts'
import { median, ratioInTurns, ratioOf } from '../rounds.ts'

const rounds = 3

/** The most memory that a process ever had, in MiB. */
const peakOf = (pid: number): number => {
  const found = /VmHWM:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(found) / 1024
}

const download = async (url: string, headers: Record<string, string> = {}): Promise<number> => {
  const start = performance.now()
  const response = await fetch(url, { headers })
  if (response.status !== 200 || response.body === null) throw new Error(`${url}: ${response.status}`)
  let lines = 0
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>)
    for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) lines += 1
  return (lines * 1000) / (performance.now() - start)
}

/** B6: everything that a store of a million records holds over HTTP, against a cursor and JSON.stringify for a million bare ones. */
export const exporting = async (engine: Engine, large: string, bareName: string): Promise<readonly Finding[]> => {
  const servers: ChildServer[] = []
  try {
    const ours = await startServer(await lotbookOn(engine, large))
    servers.push(ours)
    const bare = await startServer({
      args: [fileURLToPath(new URL('bare-export-server.js', import.meta.url)), await engine.place(bareName)],
      log: join(engine.folder, 'bare-export.log'),
    })
    servers.push(bare)
    const headers = { authorization: `Bearer ${ownSecret}` }
    const idle = peakOf(ours.pid)
    const our: number[] = []
    const their: number[] = []
    for (let round = 0; round < rounds; round++) {
      our.push(await download(`${ours.url}/v1/export`, headers))
      their.push(await download(`${bare.url}/export`))
    }
    const above = peakOf(ours.pid) - idle
    return [
      {
        name: 'B6',
        what: 'lines a second of an export of a million records / a cursor and JSON.stringify',
        ratio: ratioInTurns(our, their),
        bar: { sense: 'at least', must: 1.8, goal: 3 },
        figures: `${median(our).toFixed(0)}/s / ${median(their).toFixed(0)}/s`,
      },
      {
        name: 'B6',
        what: 'memory that it takes above the idle server, in MiB',
        ratio: ratioOf([above]),
        bar: { sense: 'at most', must: 110, goal: 60 },
        figures: `${idle.toFixed(0)} MiB idle`,
      },
    ]
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}
