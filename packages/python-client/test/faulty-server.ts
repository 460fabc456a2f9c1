import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What a faulty server got, and what became of it behind. */
export interface Seen {
  readonly key: string | undefined
  readonly body: string
  /** The server behind knew the key and told its answer again. */
  readonly replayed: boolean
}

/** A server that stands before another one and does something wrong. */
export interface FaultyServer {
  readonly url: string
  /** The requests that came for one fault. */
  readonly seen: (fault: string) => readonly Seen[]
  readonly close: () => void
}

const textOf = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined

const stream = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }

const unavailable = (response: ServerResponse, mayBeWritten: boolean): void => {
  const problem = { type: '/problems/storage-unavailable', status: 503, title: 'The store is not available' }
  response.writeHead(503, { 'Retry-After': '0', 'Content-Type': 'application/problem+json' })
  response.end(JSON.stringify({ ...problem, mayBeWritten }))
}

const gateway = (response: ServerResponse): void =>
  void response.writeHead(502, { 'Content-Type': 'text/html' }).end('<html>')

const denied = (response: ServerResponse): void => {
  const problem = { type: '/problems/key-not-valid', status: 401, title: 'The API key is not valid' }
  response.writeHead(401, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(problem))
}

/** What each fault does once the server behind has answered. */
const faults: Readonly<Record<string, (response: ServerResponse, answer: Uint8Array, before: number) => void>> = {
  // The answer is lost.
  drop: (response) => response.destroy(),
  // Half of it arrives.
  cut: (response, answer) => {
    response.writeHead(201, stream).write(answer.subarray(0, answer.length / 2), () => response.destroy())
  },
  // Nothing arrives until the client gives up.
  hang: () => undefined,
  busy: (response) => response.writeHead(503, { 'Retry-After': '0' }).end(),
  unsure: (response) => unavailable(response, true),
  // First it does not know, and then it has written nothing.
  vague: (response, _, before) => unavailable(response, before === 0),
  running: (response) => response.writeHead(409, { 'Retry-After': '0' }).end(),
  // Something in between answers in its own words.
  gateway,
  denied,
  // The key was revoked in between.
  'lost-then-denied': (response, _, before) => (before === 0 ? response.destroy() : denied(response)),
  'gateway-then-denied': (response, _, before) => (before === 0 ? gateway(response) : denied(response)),
}

/** Listens before `target`. The first part of a path names a fault: it befalls the first request, or all with `always-`. */
export const startFaultyServer = async (target: string): Promise<FaultyServer> => {
  const seen = new Map<string, Seen[]>()
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, fault = '', ...rest] = (request.url ?? '').split('/')
    const body = await buffer(request)
    const { host: _host, connection: _connection, ...headers } = request.headers
    const behind = await fetch(`${target}/${rest.join('/')}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(body.length > 0 && { body }),
    })
    const answer = new Uint8Array(await behind.arrayBuffer())
    const earlier = seen.get(fault) ?? []
    const replayed = behind.headers.get('idempotency-replayed') === 'true'
    seen.set(fault, [...earlier, { key: textOf(headers['idempotency-key']), body: body.toString(), replayed }])
    const harm =
      /^always-|-then-/u.test(fault) || earlier.length === 0 ? faults[fault.replace('always-', '')] : undefined
    if (harm !== undefined) harm(response, answer, earlier.length)
    else response.writeHead(behind.status, { 'content-type': behind.headers.get('content-type') ?? '' }).end(answer)
  }
  const server: Server = createServer((request, response) => {
    handle(request, response).catch((cause: unknown) => response.destroy(cause instanceof Error ? cause : undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: (fault) => seen.get(fault) ?? [],
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
