import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'

// A process of its own, so that nothing but the server can make its requests late:
//   steady-load.ts URL KEY LOT
// For each line it reads, which says for how many seconds, it sends so many requests in each second, whether the
// earlier ones are answered or not, and prints their times.

const [, , url = '', key = '', lot = ''] = process.argv
const perSecond = 200

const paths = [`/v1/inventory?lot=${lot}`, `/v1/lots/${lot}`, '/v1/lot-records?limit=10', '/v1/units']
const memo = JSON.stringify({ lotRecordType: 'CONSUME', inventoryLotId: lot, status: 'COMPLETED' })

const send = (agent: Agent, turn: number): Promise<number | string> =>
  new Promise((resolve) => {
    const writes = turn % 5 === 4
    const sent = request(
      url + (writes ? '/v1/lot-records' : paths[turn % paths.length]),
      {
        agent,
        method: writes ? 'POST' : 'GET',
        headers: { Authorization: `Bearer ${key}`, ...(writes && { 'Content-Type': 'application/json' }) },
      },
      (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    sent.once('error', (error) => resolve(error.message))
    sent.end(writes ? memo : undefined)
  })

const load = async (seconds: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const times: number[] = []
  const statuses = new Set<number | string>()
  const begin = performance.now()
  const dueAt = (turn: number): number => begin + (turn * 1000) / perSecond
  const one = async (turn: number): Promise<void> => {
    statuses.add(await send(agent, turn))
    // A request that was sent late is late: its time counts from when it was due.
    times.push(performance.now() - dueAt(turn))
  }
  const count = perSecond * seconds
  const all: Promise<void>[] = []
  while (all.length < count) {
    while (all.length < count && dueAt(all.length) <= performance.now()) all.push(one(all.length))
    await pause(1)
  }
  await Promise.all(all)
  agent.destroy()
  times.sort((left, right) => left - right)
  return { count, p50: times[Math.floor(count / 2)], p99: times[Math.ceil(count * 0.99) - 1], statuses: [...statuses] }
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await load(Number(line)))}\n`)
