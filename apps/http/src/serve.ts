import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { App } from './app.ts'
import { answerClientError, answerExpectation } from './client-error.ts'
import { type Limits, limits as standardLimits } from './limits.ts'
import type { Log } from './log.ts'
import { malformed } from './problems.ts'
import { newRequestId } from './request-id.ts'
import { respondToProblem } from './respond.ts'
import { holdBack, watchBody } from './rest-of-body.ts'

/** How {@link serve} is to listen. */
export interface ServeOptions {
  readonly app: App
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  readonly log: Log
  /** Other limits than the table's, for tests. */
  readonly limits?: Partial<Limits>
}

/** A server that listens. */
export interface Served {
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string
  /** Stops accepting, lets what runs finish (up to a limit), and ends. The store is for its owner to close, afterwards. */
  readonly close: () => Promise<void>
}

const urlOf = ({ address, family, port }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`

/** Serves an app over HTTP/1.1, within the limits. Resolves once it listens. */
export const serve = async ({ app, host, port, log, limits: other }: ServeOptions): Promise<Served> => {
  const limits: Limits = { ...standardLimits, ...other }
  const listener = getRequestListener(app.fetch, {
    overrideGlobalObjects: true,
    // It would go on reading what is refused: see watchBody.
    autoCleanupIncoming: false,
    // What the adapter cannot read never reaches the app.
    errorHandler: () =>
      respondToProblem(malformed('the Host header is missing, or it or the path is not valid'), '', newRequestId()),
  })
  const server = createServer(
    {
      // Without this, Node answers a missing Host header itself, with nothing but a status.
      requireHostHeader: false,
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMilliseconds,
      requestTimeout: limits.requestMilliseconds,
      keepAliveTimeout: limits.keepAliveMilliseconds,
      connectionsCheckingInterval: limits.checkMilliseconds,
    },
    (incoming, outgoing) => {
      watchBody(incoming, outgoing, limits)
      void listener(incoming, outgoing)
    },
  )
  server.maxConnections = limits.connections
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    holdBack(incoming)
    watchBody(incoming, outgoing, limits)
    void listener(incoming, outgoing)
  })
  server.on('checkExpectation', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    watchBody(incoming, outgoing, limits)
    answerExpectation(outgoing, newRequestId())
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const requestId = newRequestId()
    const problem = answerClientError(error, socket, requestId)
    if (problem !== undefined)
      log({ level: 'info', message: 'request', requestId, status: problem.status, problem: problem.type })
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })

  const close = (): Promise<void> =>
    new Promise((resolve) => {
      const late = setTimeout(() => {
        log({ level: 'warn', message: 'requests that did not finish in time were cut off' })
        server.closeAllConnections()
      }, limits.stopMilliseconds)
      // A connection whose last request ends only now is idle from now on, and would be kept alive.
      const sweep = setInterval(() => server.closeIdleConnections(), 20)
      server.close(() => {
        clearTimeout(late)
        clearInterval(sweep)
        resolve()
      })
      app.endStreams()
      server.closeIdleConnections()
    })

  return { url: urlOf(server.address() as AddressInfo), close }
}
