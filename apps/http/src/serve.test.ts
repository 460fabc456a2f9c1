import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { raw, startServer } from '../test/served.ts'
import { limits } from './limits.ts'
import { serve } from './serve.ts'

const problemOf = (answer: string) => {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  expect(head).toMatch(/^content-type: application\/problem\+json\r?$/im)
  expect(head).toMatch(/^x-request-id: /im)
  return JSON.parse(body) as Record<string, unknown>
}

describe('serve', () => {
  it('says where it listens, and answers there', async () => {
    const { served, secret } = await startServer()
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const answer = await fetch(`${served.url}/v1/units`, { headers: { Authorization: `Bearer ${secret}` } })
    expect([answer.status, await answer.json()]).toEqual([200, { items: [], next: null }])
  })

  it('rejects where it cannot listen', async () => {
    const { app, port } = await startServer()
    await expect(serve({ app: app.app, host: '127.0.0.1', port, log: () => undefined })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })

  it('reads a body as it comes: 413 at one byte too many, announced or not', async () => {
    const { served, secret } = await startServer()
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' }
    const post = async (body: string | ReadableStream<Uint8Array>) =>
      fetch(`${served.url}/v1/lots/validate`, { method: 'POST', headers, body, duplex: 'half' })
    const text = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`
    const streamed = (bytes: number) =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (const part of text(bytes).match(/.{1,65536}/gsu) ?? []) controller.enqueue(Buffer.from(part))
          controller.close()
        },
      })
    expect((await post(text(limits.bodyBytes))).status).toBe(200)
    expect((await post(text(limits.bodyBytes + 1))).status).toBe(413)
    expect((await post(streamed(limits.bodyBytes))).status).toBe(200)
    const refused = await post(streamed(limits.bodyBytes + 1))
    expect([refused.status, refused.headers.get('content-type')]).toEqual([413, 'application/problem+json'])
  })

  it('answers what is no HTTP with a problem: 400', async () => {
    const { port } = await startServer()
    expect(problemOf(await raw(port, 'HELLO\r\n\r\n'))).toMatchObject({ status: 400 })
    const host = await raw(port, 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n')
    expect(problemOf(host)).toMatchObject({ status: 400, type: '/problems/malformed-request' })
    const none = await raw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')
    expect(problemOf(none)).toMatchObject({ status: 400, type: '/problems/malformed-request' })
    const odd = await raw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: magic\r\nConnection: close\r\n\r\n')
    expect(problemOf(odd)).toMatchObject({ status: 417 })
  })

  it('answers headers that are too large: 431', async () => {
    const { port } = await startServer()
    const get = (bytes: number) =>
      raw(
        port,
        `GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Fill: ${'x'.repeat(bytes)}\r\n\r\n`,
      )
    expect(await get(limits.headerBytes - 200)).toContain('HTTP/1.1 200 OK')
    expect(problemOf(await get(limits.headerBytes + 1))).toMatchObject({ status: 431 })
  })

  it('answers headers and bodies that come too slowly: 408', async () => {
    const { port, secret } = await startServer({
      headersMilliseconds: 50,
      requestMilliseconds: 100,
      checkMilliseconds: 20,
    })
    expect(problemOf(await raw(port, 'GET / HTTP/1.1\r\nHost: lo'))).toMatchObject({ status: 408 })
    const head = `POST /v1/units HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${secret}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n`
    expect(problemOf(await raw(port, head, '{"name":'))).toMatchObject({ status: 408 })
  })

  it('closes a connection that stays idle, and says for how long it is kept', async () => {
    const { port } = await startServer({ keepAliveMilliseconds: 1000 })
    const answer = await raw(port, 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect(answer).toContain('HTTP/1.1 200 OK')
    expect(answer).toMatch(/^keep-alive: timeout=1\r$/imu)
  })

  it('closes connections beyond the limit', async () => {
    const { port } = await startServer({ connections: 1 })
    const first = connect(port, '127.0.0.1')
    await new Promise((resolve) => first.once('connect', resolve))
    expect(await raw(port, 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe('')
    first.destroy()
  })

  it('lets a request that runs finish before it stops, and takes no new one', async () => {
    const { served, secret, port } = await startServer()
    const body = '{"name":"kilogram","symbol":"kg"}'
    const head = `POST /v1/units HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${secret}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`
    const socket = connect(port, '127.0.0.1')
    const answer = () => new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))))
    socket.write(head)
    // The server has the request, and waits for its body.
    expect(await answer()).toContain('HTTP/1.1 100 Continue')
    const closed = served.close()
    await expect(fetch(`${served.url}/health/live`)).rejects.toThrow()
    socket.write(body)
    expect(await answer()).toContain('HTTP/1.1 201 Created')
    await closed
  })

  it('cuts off what does not finish in time', async () => {
    const { served, app, port } = await startServer({ stopMilliseconds: 50 })
    const socket = connect(port, '127.0.0.1')
    const answered = new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))))
    // What comes with a request that is answered is there when its answer is.
    socket.write(
      'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\nPOST /v1/units HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n',
    )
    expect(await answered).toContain('HTTP/1.1 200 OK')
    await served.close()
    expect(app.logged.at(-1)).toMatchObject({ level: 'warn', message: expect.stringContaining('cut off') })
    socket.destroy()
  })
})
