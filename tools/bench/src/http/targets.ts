import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newChangeStatusRequest } from '@lotbook/domain'
import { consumption } from '../consumption.ts'
import { draw, type Plant } from '../plant.ts'
import { root } from '../root.ts'
import { type ChildProgram, type ChildServer, startServer } from './child-server.ts'
import type { Sent } from './load.ts'

/** Who is asked to write: two bare servers, and Lotbook with two of its writes. */
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

const makeHeaders = (secret: string): (() => Record<string, string>) => {
  const run = randomBytes(9).toString('base64url')
  let count = 0
  return () => {
    count += 1
    return {
      'content-type': 'application/json',
      authorization: `Bearer ${secret}`,
      'idempotency-key': `${run}-${count}`,
    }
  }
}

/** Consumptions of lots that are drawn at random. */
export const consumptions = (plant: Plant, path: string, secret = ownSecret): (() => Sent) => {
  const headers = makeHeaders(secret)
  return () => ({ path, headers: headers(), body: JSON.stringify(consumption(plant, draw(plant.lots), Date.now())) })
}

/** Changes of status: a lot that is drawn at random is put on hold, or made available again. */
const statusChanges = ({ lots }: Plant, path: string): (() => Sent) => {
  const headers = makeHeaders(ownSecret)
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

/** Starts Lotbook on a file in a folder. */
export const lotbookOn = (folder: string, name: string): ChildProgram => ({
  args: [join(root, 'apps/cli/bin/lotbook.mjs'), 'serve', '--db', join(folder, `${name}.db`)],
  env: { LOTBOOK_ADMIN_KEY: ownSecret },
  log: join(folder, `${name}.log`),
})

/** Starts a bare server on a file in a folder. */
export const bareOn = (folder: string, mode: 'single' | 'group'): ChildProgram => ({
  args: [fileURLToPath(new URL('bare-server.js', import.meta.url)), mode, join(folder, `${mode}.db`)],
  log: join(folder, `${mode}.log`),
})

/** Starts the four servers, each on the file of its name in the folder. */
export const startServers = async (
  folder: string,
  plant: Plant,
): Promise<{ readonly targets: readonly Target[]; readonly stop: () => Promise<void> }> => {
  const programs: Record<TargetName, readonly [ChildProgram, () => Sent]> = {
    single: [bareOn(folder, 'single'), consumptions(plant, '/records')],
    group: [bareOn(folder, 'group'), consumptions(plant, '/records')],
    consume: [lotbookOn(folder, 'consume'), consumptions(plant, '/v1/lot-records')],
    changeStatus: [lotbookOn(folder, 'changeStatus'), statusChanges(plant, '/v1/inventory/change-status')],
  }
  const servers: ChildServer[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()))
  }
  const targets: Target[] = []
  try {
    for (const [name, [program, next]] of Object.entries(programs)) {
      const server = await startServer(program)
      servers.push(server)
      targets.push({ name: name as TargetName, url: server.url, next, processorTime: server.processorTime })
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { targets, stop }
}
