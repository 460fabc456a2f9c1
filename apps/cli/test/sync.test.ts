import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, makeClient } from './client.ts'
import { type Folder, lotbook, makeFolder, startServer } from './program.ts'
import { findPlaces, makeWrite, send } from './writers.ts'

const hasStrace = spawnSync('strace', ['-V']).status === 0

let folder: Folder
beforeAll(() => {
  folder = makeFolder()
})
afterAll(() => folder.remove())

const callsIn = (summary: string): number =>
  Array.from(summary.matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(?:fsync|fdatasync)$/gmu), ([, calls]) =>
    Number(calls),
  ).reduce((sum, calls) => sum + calls, 0)

/** Counts the syncs of a server that is started, answers some writes one after the other, and is stopped. */
const syncsOf = async (file: string, writes: number): Promise<number> => {
  const summary = `${file}.strace`
  const under = ['strace', '-f', '-c', '-e', 'trace=fsync,fdatasync', '-o', summary]
  const server = await startServer(['serve', '--db', file], { env: { LOTBOOK_ADMIN_KEY: adminKey }, under })
  const client = makeClient(server.url)
  const places = await findPlaces(client)
  for (let turn = 0; turn < writes; turn++) {
    const sent = makeWrite(places, turn)
    expect(await send(client, sent)).toBe(true)
    expect(sent.answered?.status).toBe(201)
  }
  // strace shields itself from signals; the server is its child.
  const { pid = 0 } = server.child
  const [node] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
  expect(node).toBeGreaterThan(1)
  process.kill(Number(node), 'SIGTERM')
  expect(await server.ended).toMatchObject({ code: 0 })
  return callsIn(readFileSync(summary, 'utf8'))
}

describe('an acknowledged write', () => {
  // Needs Linux with strace, which CI has.
  it.runIf(hasStrace)('is on the disk: at least one sync for each group that was acknowledged', async () => {
    const writes = 40
    const [idle, busy] = [folder.file('idle.db'), folder.file('busy.db')]
    for (const file of [idle, busy]) await lotbook(['seed', '--db', file])
    // One write after the other: each is a group of its own.
    expect((await syncsOf(busy, writes)) - (await syncsOf(idle, 0))).toBeGreaterThanOrEqual(writes)
  })
})
