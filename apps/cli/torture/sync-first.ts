import { ok, strictEqual } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeClient } from '../test/client.ts'
import { findPlaces, makeWrite, send } from '../test/writers.ts'
import { seedPlant, serve } from './plant.ts'
import type { Torture } from './torture.ts'

interface Call {
  readonly thread: string
  readonly name: string
  readonly rest: string
}

// With -f a call that another thread interrupts is written in two lines: it counts where it has ended.
const callsIn = (trace: string): readonly Call[] => {
  const begun = new Map<string, string>()
  const calls: Call[] = []
  for (const line of trace.split('\n')) {
    const [, thread = '', text = ''] = /^(\d+)\s+(.*)$/u.exec(line) ?? []
    const unfinished = /^(\w+)\((.*) <unfinished \.\.\.>$/u.exec(text)
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/u.exec(text)
    const whole = /^(\w+)\((.*)$/u.exec(text)
    if (unfinished !== null) begun.set(thread, unfinished[2] ?? '')
    else if (resumed !== null) {
      calls.push({ thread, name: resumed[1] ?? '', rest: `${begun.get(thread) ?? ''}${resumed[2] ?? ''}` })
      begun.delete(thread)
    } else if (whole !== null) calls.push({ thread, name: whole[1] ?? '', rest: whole[2] ?? '' })
  }
  return calls
}

/** What a trace shows of acknowledgements: for each, whether its request was synced into the log before it was sent. */
interface Seen {
  readonly acknowledged: number
  readonly unsynced: number
  readonly syncs: number
}

const seenIn = (trace: string): Seen => {
  // The connections whose request came in since the last sync of the log.
  const waiting = new Set<string>()
  let [acknowledged, unsynced, syncs] = [0, 0, 0]
  for (const { name, rest } of callsIn(trace)) {
    const socket = /^(\d+<(?:socket|TCP)[^>]*>)/u.exec(rest)?.[1]
    if (/^f(?:data)?sync$/u.test(name) && /-wal>\)\s+= 0/u.test(rest)) {
      syncs += 1
      waiting.clear()
    } else if (socket !== undefined && rest.includes('"POST /v1/')) waiting.add(socket)
    else if (socket !== undefined && rest.includes('HTTP/1.1 201')) {
      acknowledged += 1
      if (waiting.has(socket)) unsynced += 1
    }
  }
  return { acknowledged, unsynced, syncs }
}

/** T2: strace sees every request come in, every sync and every answer go out. No answer goes out before its sync. */
export const syncFirst: Torture = async ({ folder, tell, form }) => {
  const [writers, each] = form === 'long' ? [16, 100] : [4, 10]
  const db = join(folder, 'sync.db')
  const trace = join(folder, 'trace')
  await seedPlant(db)
  const calls = 'trace=fsync,fdatasync,read,readv,recvfrom,write,writev,sendto,sendmsg'
  const server = await serve(db, { under: ['strace', '-f', '-y', '-s', '48', '-e', calls, '-o', trace] })
  const client = makeClient(server.url)
  const places = await findPlaces(client)
  const writer = async (first: number): Promise<void> => {
    for (let turn = first; turn < first + each; turn++) {
      const sent = makeWrite(places, turn)
      strictEqual(await send(client, sent), true)
      strictEqual(sent.answered?.status, 201)
    }
  }
  await writer(0)
  await Promise.all(Array.from({ length: writers }, (_, index) => writer(index)))
  // strace shields itself from signals; the server is its child.
  const { pid = 0 } = server.child
  const [node] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
  ok(node !== undefined && node > 1)
  process.kill(node, 'SIGTERM')
  strictEqual((await server.ended).code, 0)

  const { acknowledged, unsynced, syncs } = seenIn(readFileSync(trace, 'utf8'))
  const writes = (writers + 1) * each
  tell(
    `${writes} writes: strace saw ${acknowledged} acknowledged, ${syncs} syncs of the log, ${unsynced} sent before it`,
  )
  strictEqual(acknowledged, writes)
  strictEqual(unsynced, 0)
  // Alone, each write is a group of its own.
  ok(syncs >= each)
}
