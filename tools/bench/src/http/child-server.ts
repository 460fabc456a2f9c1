import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A server in a process of its own. */
export interface ChildServer {
  readonly url: string
  /** The processor time that it has taken so far, of all its threads, in microseconds. */
  readonly processorTime: () => Promise<number>
  readonly pid: number
  readonly stop: () => Promise<void>
}

/** How to start a server. */
export interface ChildProgram {
  /** The script and its arguments. */
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The file that its stderr goes into. */
  readonly log: string
}

const teller = new URL('tell-processor-time.js', import.meta.url).href

/** Starts a server on a free port; resolves once it says where it listens. */
export const startServer = async ({ args, env, log }: ChildProgram): Promise<ChildServer> => {
  const errors = openSync(log, 'w')
  const child = spawn(process.execPath, ['--import', teller, ...args], {
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', errors, 'ipc'],
  })
  closeSync(errors)
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
  })
  const url = await new Promise<string>((resolve, reject) => {
    if (child.stdout === null) throw new Error('the server has no stdout')
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /listening on (http:\S+)/u.exec(line)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('close', () => reject(new Error(`${args.join(' ')} ended early: ${readFileSync(log, 'utf8')}`)))
  })
  return {
    url,
    processorTime: () =>
      new Promise((resolve) => {
        child.once('message', (time) => resolve(Number(time)))
        child.send('processor time')
      }),
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
