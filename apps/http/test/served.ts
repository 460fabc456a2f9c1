import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { AppOptions } from '../src/app.ts'
import type { Limits } from '../src/limits.ts'
import { type Served, serve } from '../src/serve.ts'
import { type Harness, makeHarness } from './harness.ts'

/** An app that is served over HTTP for the time of one test, and the secret of a key that may do everything. */
export interface TestServer {
  readonly app: Harness
  readonly served: Served
  readonly secret: string
  readonly port: number
}

/** Serves an app on a free port, with other limits than the table's where they are given. */
export const startServer = async (
  limits: Partial<Limits> = {},
  change: Partial<AppOptions> = {},
): Promise<TestServer> => {
  const app = await makeHarness(change)
  const log = (entry: Harness['logged'][number]) => {
    app.logged.push(entry)
  }
  const served = await serve({ app: app.app, host: '127.0.0.1', port: 0, log, limits })
  onTestFinished(async () => {
    await served.close()
    await app.close()
  })
  const secret = await app.key('till', ['INVENTORY'])
  return { app, served, secret, port: Number(new URL(served.url).port) }
}

/** Sends bytes as they are, and gives what came back until the other side hung up. */
export const raw = (port: number, ...texts: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1')
    let got = ''
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      got += text
    })
    socket.on('close', () => resolve(got))
    // Who is hung up on while it still sends is told so by a reset.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    for (const text of texts) socket.write(text)
  })
