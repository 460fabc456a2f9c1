import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sent } from '../http/load.ts'

/** What npm installs, and what it does there. */
export interface Installed {
  readonly name: string
  /** With exact versions. */
  readonly packages: readonly string[]
  /** What one write is, in a few words. */
  readonly what: string
  /** How it keeps what it acknowledged, in a few words. */
  readonly durability: string
}

/** Somebody else's server that stores what is sent to it. */
export interface Peer extends Installed {
  /** Whether it keeps its data in PostgreSQL: it then gets a database of its own, and Lotbook another. */
  readonly onPostgres?: boolean
  /** Starts it in a folder where it was installed. */
  readonly start: (folder: string, database: string) => Promise<RunningPeer>
}

/** One side of a comparison: writes for so many seconds, and says how many a second that were. */
export interface Side {
  readonly perSecond: (seconds: number) => Promise<number>
  readonly stop: () => Promise<void>
}

/** A peer that listens, and what to send it. */
export interface RunningPeer {
  readonly url: string
  readonly next: () => Sent
  readonly stop: () => Promise<void>
}

// Some compile what they need.
const installing = 1_200_000

/** Installs a peer into a folder of its own, away from the packages of this workspace. Gives why not, if it cannot. */
export const whyNotInstalled = (folder: string, { packages }: Installed): string | undefined => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages]
  const { status, stderr, error } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', timeout: installing })
  if (status === 0) return undefined
  return error?.message ?? (stderr.trim().split('\n')[0] || `npm ended with ${status}`)
}

/** A port that nobody uses now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** How a peer's process is run. */
export interface PeerProcess {
  readonly folder: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Asked until it answers. */
  readonly url: string
}

/** Starts a peer and waits until it answers. */
const startProcess = async ({ folder, args, env, url }: PeerProcess): Promise<() => Promise<void>> => {
  const log = openSync(join(folder, 'peer.log'), 'a')
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [...args], {
    cwd: folder,
    env: { PATH, HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
  })
  const answers = (): Promise<boolean> =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
  const until = performance.now() + 60_000
  while (!(await answers())) {
    if (child.exitCode !== null || performance.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`${args.join(' ')} does not answer at ${url}`)
    }
    await pause(100)
  }
  return async () => {
    child.kill('SIGTERM')
    await ended
  }
}

/** Starts a peer's process, makes it ready, and says what to send it. Where that fails, the process is ended. */
export const startReady = async (
  process: PeerProcess,
  makeReady: () => Promise<Omit<RunningPeer, 'stop'>>,
): Promise<RunningPeer> => {
  const stop = await startProcess(process)
  try {
    return { ...(await makeReady()), stop }
  } catch (error) {
    await stop()
    throw error
  }
}
