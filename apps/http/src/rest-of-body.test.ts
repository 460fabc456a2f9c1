import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startServer, type TestServer } from '../test/served.ts'
import { limits } from './limits.ts'

const mebibyte = 1024 * 1024
const megabytes200 = 200 * mebibyte
// Node reads in pieces of 64 KiB: the first with the headers, and a few until it is told to stop.
const moreBytes = 6 * 65_536

/** The server's ends of the connections that a test makes. */
const watchSockets = (): readonly Socket[] => {
  const sockets: Socket[] = []
  const add = (message: unknown): void => {
    sockets.push((message as { readonly socket: Socket }).socket)
  }
  subscribe('net.server.socket', add)
  onTestFinished(() => {
    unsubscribe('net.server.socket', add)
  })
  return sockets
}

/** A client that sends what it is told to, and keeps what it is answered. */
const open = (port: number) => {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
  })
  let got = ''
  socket.setEncoding('latin1').on('data', (text: string) => {
    got += text
  })
  const closed = new Promise<string>((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.on('close', () => resolve('closed'))
  })
  const ended = new Promise((resolve) => socket.once('end', resolve))
  /** The next answer, with its body. */
  const answer = async (): Promise<string> => {
    for (;;) {
      const start = got.indexOf('\r\n\r\n') + 4
      const length = Number(/^content-length: (\d+)\r$/imu.exec(got.slice(0, start))?.[1] ?? 0)
      if (start > 3 && got.length >= start + length) {
        const whole = got.slice(0, start + length)
        got = got.slice(start + length)
        return whole
      }
      await once(socket, 'data')
    }
  }
  return { socket, closed, answer, ended, got: () => got }
}

const json = 'Content-Type: application/json'
const long = `Content-Length: ${megabytes200}`
const chunked = 'Transfer-Encoding: chunked'
// Not headers that are sent: what else a client does.
const noHost = 'Host: a b'
const stranger = 'X-Test: a key that nobody has'
const deep = 'X-Test: nothing but opening brackets'

const chunk = (bytes: string): string => `${bytes.length.toString(16)}\r\n${bytes}\r\n`

/** Sends 200 MB as fast as they are taken, for as long as they are. */
const pour = (to: Writable, headers: readonly string[]): void => {
  const bytes = (headers.includes(deep) ? '[' : ' ').repeat(65_536)
  const piece = headers.includes(chunked) ? chunk(bytes) : bytes
  let left = megabytes200
  const more = (): void => {
    while (left > 0 && to.writable) {
      left -= bytes.length
      if (!to.write(piece, 'latin1')) return void to.once('drain', more)
    }
    to.end()
  }
  more()
}

const head = (path: string, secret: string, ...more: readonly string[]): string => {
  const host = more.includes(noHost) ? [] : ['Host: localhost']
  return [`POST ${path} HTTP/1.1`, ...host, `Authorization: Bearer ${secret}`, ...more, '', ''].join('\r\n')
}

const statusesOf = (text: string): readonly number[] =>
  Array.from(text.matchAll(/HTTP\/1\.1 (\d{3})/gu), ([, status]) => Number(status))

const units = async ({ served, secret }: TestServer): Promise<unknown> => {
  const answer = await fetch(`${served.url}/v1/units`, { headers: { Authorization: `Bearer ${secret}` } })
  return ((await answer.json()) as { readonly items: unknown }).items
}

const unit = '{"name":"kilogram","symbol":"kg"}'

describe('a request that is refused before its body of 200 MB was sent', () => {
  const refused: readonly (readonly [why: string, status: number, path: string, headers: readonly string[]])[] = [
    ['it is too large', 413, '/v1/units', [json, long]],
    ['it turns out to be too large', 413, '/v1/units', [json, chunked]],
    ['it is nested too deep', 400, '/v1/units', [json, deep, chunked]],
    ['its type is wrong', 415, '/v1/units', ['Content-Type: text/plain', long]],
    ['its type is wrong for rows', 415, '/v1/import?kind=units', [json, chunked]],
    ['there is no such path', 404, '/v1/nowhere', [json, long]],
    ['nothing is posted there', 405, '/health/live', [json, chunked]],
    ['its key is not valid', 401, '/v1/units', [json, chunked, stranger]],
    ['its host is not valid', 400, '/v1/units', [noHost, json, long]],
    ['it expects what is not done', 417, '/v1/units', ['Expect: magic', json, long]],
  ]

  it.each(refused)(
    'because %s: the client reads %i and the end, and no more is taken',
    async (_, status, path, headers) => {
      const sockets = watchSockets()
      const server = await startServer({ unreadMilliseconds: 20, hangUpMilliseconds: 600_000 })
      const { socket, ended, got } = open(server.port)
      socket.write(head(path, headers.includes(stranger) ? 'nobody' : server.secret, ...headers))
      pour(socket, headers)
      await ended
      expect(statusesOf(got())).toEqual([status])
      expect(got()).toMatch(/^connection: close\r$/imu)
      expect(JSON.parse(got().split('\r\n\r\n')[1] ?? '')).toMatchObject({ status })

      const [own] = sockets as readonly [Socket]
      while (!own.isPaused() && !own.destroyed) await Promise.race([once(own, 'pause'), once(own, 'close')])
      const counted = status === 413 && headers.includes(chunked) ? limits.bodyBytes : 0
      expect(own.bytesRead).toBeGreaterThan(counted + limits.unreadBytes)
      expect(own.bytesRead).toBeLessThan(counted + limits.unreadBytes + moreBytes)
      expect(await units(server)).toEqual([])
      // It would be waited for, so that its client can read on.
      own.destroy()
    },
  )

  it('because its key has sent too much, or may not: 429 and 403, in the same way', async () => {
    const server = await startServer({}, { rateLimit: { perSecond: 1, clock: () => 0 } })
    const reader = await server.app.key('reader', ['INVENTORY.READ'])
    for (const [secret, status] of [
      [reader, 403],
      [reader, 429],
    ] as const) {
      const { socket, answer } = open(server.port)
      socket.write(head('/v1/units', secret, json, long))
      pour(socket, [])
      const refused = await answer()
      expect(statusesOf(refused)).toEqual([status])
      expect(refused).toMatch(/^connection: close\r$/imu)
    }
  })

  it('cuts off a client that does not read', async () => {
    const sockets = watchSockets()
    const { port, secret } = await startServer({ unreadMilliseconds: 20, hangUpMilliseconds: 20 })
    const { socket, closed } = open(port)
    socket.pause()
    socket.write(head('/v1/units', secret, json, long))
    pour(socket, [])
    while (sockets[0] === undefined) await new Promise(setImmediate)
    const [own] = sockets as readonly [Socket]
    if (!own.destroyed) await once(own, 'close')
    expect(own.bytesRead).toBeLessThan(limits.unreadBytes + moreBytes)
    expect(await closed).toMatch(/^(?:EPIPE|ECONNRESET|closed)$/u)
  })

  it('lets clients that read while they send read why', async () => {
    const { served, secret } = await startServer()
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' }
    for (const length of [{ 'Content-Length': megabytes200 }, {}]) {
      const sent = request(`${served.url}/v1/units`, { method: 'POST', headers: { ...headers, ...length } })
      // It is told of the end while it sends.
      sent.on('error', () => undefined)
      const answered = once(sent, 'response') as Promise<[IncomingMessage]>
      pour(sent, [])
      const [answer] = await answered
      expect([answer.statusCode, JSON.parse(await text(answer))]).toMatchObject([413, { status: 413 }])
      sent.destroy()
    }
  })
})

describe('a connection', () => {
  const get = (secret: string) => `GET /v1/units HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${secret}\r\n\r\n`
  const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

  const short: readonly (readonly [
    why: string,
    status: number,
    path: string,
    headers: readonly string[],
    body: string,
  ])[] = [
    ['there is no such path', 404, '/v1/nowhere', [json], unit],
    ['the key is not valid', 401, '/v1/units', [json, stranger], unit],
    ['the type is wrong', 415, '/v1/units', ['Content-Type: text/plain'], unit],
    ['the body is nested too deep', 400, '/v1/units', [json], nested],
    ['the body has too many values', 400, '/v1/units', [json], `[${'{},'.repeat(limits.bodyValues)}{}]`],
    ['the body is no JSON', 400, '/v1/units', [json], unit.slice(1)],
    ['the body is as large as is taken of what is refused', 404, '/v1/nowhere', [json], ' '.repeat(limits.unreadBytes)],
  ]
  it.each(short)('goes on where %s and the body is short: %i', async (_, status, path, headers, body) => {
    const { port, secret } = await startServer()
    const { socket, answer } = open(port)
    socket.write(
      head(path, headers.includes(stranger) ? 'nobody' : secret, ...headers, `Content-Length: ${body.length}`),
    )
    // The answer may be there before the body is sent, or after it.
    if (status === 401 || status === 404) expect(statusesOf(await answer())).toEqual([status])
    socket.write(body)
    if (status !== 401 && status !== 404) expect(statusesOf(await answer())).toEqual([status])
    socket.write(get(secret))
    expect(await answer()).toMatch(/^HTTP\/1\.1 200 OK\r\n/u)
  })

  it('ends where a body that is refused is one byte longer than what is taken', async () => {
    const { port, secret } = await startServer()
    const { socket, ended, got } = open(port)
    socket.write(head('/v1/nowhere', secret, json, `Content-Length: ${limits.unreadBytes + 1}`))
    await ended
    expect(got()).toMatch(/^HTTP\/1\.1 404 /u)
    expect(got()).toMatch(/^connection: close\r$/imu)
  })

  it('goes on after a body that was taken, however long it was and whether it said so or not', async () => {
    const { port, secret } = await startServer()
    const { socket, answer } = open(port)
    const body = `{"requests":[${' '.repeat(2 * limits.unreadBytes)}]}`
    for (const [headers, sent] of [
      [[`Content-Length: ${body.length}`], body],
      [[chunked], `${chunk(body)}0\r\n\r\n`],
    ] as const) {
      socket.write(head('/v1/inventory/execute-inventory-actions', secret, json, ...headers))
      socket.write(sent)
      const judged = await answer()
      expect(statusesOf(judged)).toEqual([422])
      expect(judged).toMatch(/^connection: keep-alive\r$/imu)
      socket.write(get(secret))
      expect(statusesOf(await answer())).toEqual([200])
    }
  })
})

describe('a body that does not say how long it is', () => {
  const spaced = (text: string, length: number): string => text + ' '.repeat(length - text.length)

  it('is taken a part at a time, while others are answered; one that says it is taken at once', async () => {
    const sockets = watchSockets()
    const server = await startServer({ unannouncedMilliseconds: 600_000 })
    const [first, second] = [open(server.port), open(server.port)]
    const tooMuch = spaced('{"name":"gram","symbol":"g"}', limits.unannouncedBytes + 1)
    first.socket.write(head('/v1/units', server.secret, json, chunked))
    first.socket.write(`${chunk(tooMuch)}0\r\n\r\n`)
    const long = spaced(unit, 2 * limits.unannouncedBytes)
    second.socket.write(head('/v1/units', server.secret, json, `Content-Length: ${long.length}`))
    second.socket.write(long)
    expect(statusesOf(await second.answer())).toEqual([201])
    const atMost = spaced('{"name":"litre","symbol":"l"}', limits.unannouncedBytes)
    second.socket.write(head('/v1/units', server.secret, json, chunked))
    second.socket.write(`${chunk(atMost)}0\r\n\r\n`)
    expect(statusesOf(await second.answer())).toEqual([201])

    expect(first.got()).toBe('')
    expect(sockets[0]?.bytesRead).toBeGreaterThan(limits.unannouncedBytes)
    expect(await units(server)).toMatchObject([{ symbol: 'kg' }, { symbol: 'l' }])
  })

  it('is taken to its end, in however many parts', async () => {
    const server = await startServer({ unannouncedBytes: 10, unannouncedMilliseconds: 1 })
    const { socket, answer } = open(server.port)
    socket.write(head('/v1/units', server.secret, json, chunked))
    const parts = Array.from(unit.matchAll(/.{1,7}/gu), ([part]) => chunk(part))
    socket.write(`${parts.join('')}0\r\n\r\n`)
    expect(statusesOf(await answer())).toEqual([201])
    expect(await units(server)).toMatchObject([{ symbol: 'kg' }])
  })
})

describe('a client that waits for 100 Continue', () => {
  const expects = 'Expect: 100-continue'

  it('is asked for its body where it is wanted, and the connection goes on', async () => {
    const server = await startServer()
    const { socket, answer } = open(server.port)
    for (const [symbol, status] of [
      ['kg', 201],
      ['kg', 409],
      ['g', 201],
    ] as const) {
      const body = JSON.stringify({ name: symbol, symbol })
      socket.write(head('/v1/units', server.secret, json, expects, `Content-Length: ${body.length}`))
      expect(await answer()).toBe('HTTP/1.1 100 Continue\r\n\r\n')
      socket.write(body)
      expect(statusesOf(await answer())).toEqual([status])
    }
    expect(await units(server)).toHaveLength(2)
  })

  it('is not asked for a body that is refused, long or short', async () => {
    const server = await startServer({ unreadMilliseconds: 600_000 })
    const length = `Content-Length: ${unit.length}`
    for (const [status, path, ...headers] of [
      [413, '/v1/units', json, long],
      [404, '/v1/nowhere', json, length],
      [405, '/health/live', json, length],
      [415, '/v1/units', 'Content-Type: text/plain', length],
      [415, '/v1/import?kind=units', json, long],
      [401, '/v1/units', json, length, stranger],
    ] as const) {
      const { socket, ended, got } = open(server.port)
      socket.write(head(path, headers.includes(stranger as never) ? 'nobody' : server.secret, expects, ...headers))
      await ended
      expect(statusesOf(got())).toEqual([status])
      expect(got()).toMatch(/^connection: close\r$/imu)
    }
    expect(await units(server)).toEqual([])
  })

  it('may send a body that is refused all the same, and reads why', async () => {
    const server = await startServer()
    const { socket, ended, got } = open(server.port)
    socket.write(head('/v1/nowhere', server.secret, json, expects, `Content-Length: ${unit.length}`))
    socket.write(unit)
    await ended
    expect(statusesOf(got())).toEqual([404])
  })
})
