import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { newChangeStatusRequest } from '@lotbook/domain'
import { consumption } from '../consumption.ts'
import type { Engine } from '../engines/engine.ts'
import { draw, type Plant } from '../plant.ts'
import { root } from '../root.ts'
import { type ChildProgram, type ChildServer, startServer } from './child-server.ts'
import type { Sent } from './load.ts'

/** Who is asked to write: bare servers, and Lotbook with two of its writes. */
export type TargetName = 'single' | 'group' | 'consume' | 'changeStatus'

/** A server that listens, and what to send it. */
export interface Target {
  readonly name: TargetName
  readonly url: string
  readonly next: () => Sent
  readonly processorTime: ChildServer['processorTime']
}

/** The key that Lotbook's servers know. */
export const ownSecret = randomBytes(24).toString('base64url')

const makeHeaders = (): (() => Record<string, string>) => {
  const run = randomBytes(9).toString('base64url')
  let count = 0
  return () => {
    count += 1
    return {
      'content-type': 'application/json',
      authorization: `Bearer ${ownSecret}`,
      'idempotency-key': `${run}-${count}`,
    }
  }
}

/** Consumptions of lots that are drawn at random. */
export const consumptions = (plant: Plant, path: string): (() => Sent) => {
  const headers = makeHeaders()
  return () => ({ path, headers: headers(), body: JSON.stringify(consumption(plant, draw(plant.lots), Date.now())) })
}

/** Changes of status: a lot that is drawn at random is put on hold, or made available again. */
const statusChanges = ({ lots }: Plant, path: string): (() => Sent) => {
  const headers = makeHeaders()
  const held = new Set<string>()
  return () => {
    const lotId = draw(lots)
    const hold = !held.has(lotId)
    if (hold) held.add(lotId)
    else held.delete(lotId)
    const request = { ...newChangeStatusRequest(), lotId, newStatus: hold ? 'QA_HOLD' : 'AVAILABLE', notes: 'sampled' }
    return { path, headers: headers(), body: JSON.stringify(request) }
  }
}

/** How to start Lotbook on a store. */
export const lotbookOn = async ({ place, folder }: Engine, name: string): Promise<ChildProgram> => ({
  args: [join(root, 'apps/cli/bin/lotbook.mjs'), 'serve', '--db', await place(name)],
  env: { LOTBOOK_ADMIN_KEY: ownSecret },
  log: join(folder, `${name}.log`),
})

/** Starts the bare servers and two of Lotbook, each on the database of its name. */
export const startServers = async (
  engine: Engine,
  plant: Plant,
): Promise<{ readonly targets: readonly Target[]; readonly stop: () => Promise<void> }> => {
  const bare = await Promise.all(
    engine.bareModes.map(
      async (mode) => [mode, await engine.bareServer(mode, mode), consumptions(plant, '/records')] as const,
    ),
  )
  const programs = [
    ...bare,
    ['consume', await lotbookOn(engine, 'consume'), consumptions(plant, '/v1/lot-records')],
    ['changeStatus', await lotbookOn(engine, 'changeStatus'), statusChanges(plant, '/v1/inventory/change-status')],
  ] as const
  const servers: ChildServer[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()))
  }
  const targets: Target[] = []
  try {
    for (const [name, program, next] of programs) {
      const server = await startServer(program)
      servers.push(server)
      targets.push({ name, url: server.url, next, processorTime: server.processorTime })
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { targets, stop }
}
