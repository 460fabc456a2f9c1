import { request } from 'node:http'
import { connect, type Socket } from 'node:net'

/** An attack that goes on until it is ended. What it was answered is counted by status. */
export interface Attack {
  readonly answers: ReadonlyMap<string, number>
  readonly end: () => Promise<void>
}

/** Where an attack goes: a server, and a key that it takes. */
export interface Target {
  readonly url: string
  readonly key: string
}

const authorized = ({ key }: Target): string =>
  `Host: localhost\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n`

/** Sockets that are opened at once, say something, and go on with a bit of text now and then. */
const sockets = (target: Target, count: number, first: string, bit: string): Attack => {
  const { hostname, port } = new URL(target.url)
  const answers = new Map<string, number>()
  const note = (what: string): void => {
    answers.set(what, (answers.get(what) ?? 0) + 1)
  }
  const open: Socket[] = Array.from({ length: count }, () => {
    const socket = connect(Number(port), hostname)
    socket.on('error', (error: NodeJS.ErrnoException) => note(error.code ?? error.message))
    socket.once('data', (bytes: Buffer) => note(/^HTTP\/1\.1 (\d+)/u.exec(bytes.toString('latin1'))?.[1] ?? 'no HTTP'))
    socket.write(first)
    return socket
  })
  const dripping = setInterval(() => {
    if (bit !== '') for (const socket of open) if (socket.writable) socket.write(bit)
  }, 500)
  return {
    answers,
    end: async () => {
      clearInterval(dripping)
      for (const socket of open) socket.destroy()
    },
  }
}

/** Requests one after the other, with a pause between them. */
const requests = (
  { url, key }: Target,
  path: string,
  pause: number,
  write: (send: (bytes: string | Buffer) => Promise<boolean>) => Promise<void>,
  headers: Readonly<Record<string, string>> = {},
): Attack => {
  const answers = new Map<string, number>()
  const note = (what: string): void => {
    answers.set(what, (answers.get(what) ?? 0) + 1)
  }
  let over = false
  const once = (): Promise<void> =>
    new Promise((resolve) => {
      let answered = false
      const sent = request(url + path, {
        method: 'POST',
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
      })
      const finish = (what: string): void => {
        if (!answered) note(what)
        answered = true
        resolve()
      }
      sent.once('response', (answer) => {
        answer.resume()
        answer.once('close', () => finish(String(answer.statusCode)))
        answer.once('end', () => {
          finish(String(answer.statusCode))
          sent.destroy()
        })
      })
      sent.once('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message))
      const send = (bytes: string | Buffer): Promise<boolean> =>
        new Promise((went) => {
          if (answered || sent.destroyed) went(false)
          else sent.write(bytes, () => went(!answered))
        })
      void write(send).then(() => sent.end())
    })
  const going = (async () => {
    while (!over) {
      await once()
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  })()
  return {
    answers,
    end: async () => {
      over = true
      await going
    },
  }
}

const megabytes = 200
const chunk = Buffer.alloc(1 << 20, ' ')
const many = 1_000_000
const deep = 100_000

const pour = async (send: (bytes: Buffer) => Promise<boolean>): Promise<void> => {
  for (let n = 0; n < megabytes; n++) if (!(await send(chunk))) return
}
const whole =
  (text: string) =>
  async (send: (bytes: string) => Promise<boolean>): Promise<void> => {
    await send(text)
  }

/** The attacks by name. `as` is how a client that behaves like this may be answered, if it stays to hear. */
export const attacks: Readonly<
  Record<string, { readonly as: readonly string[]; readonly start: (target: Target) => Attack }>
> = {
  'slow headers': {
    as: ['408'],
    start: (target) => sockets(target, 300, 'GET /v1/lots HTTP/1.1\r\nHost: localhost\r\n', 'X-More: 1\r\n'),
  },
  'slow bodies': {
    as: ['408'],
    start: (target) =>
      sockets(target, 300, `POST /v1/lots HTTP/1.1\r\n${authorized(target)}Content-Length: 1000\r\n\r\n{`, ' '),
  },
  'idle sockets': { as: ['408'], start: (target) => sockets(target, 1000, '', '') },
  'a body of 200 MB': {
    as: ['413'],
    start: (target) =>
      requests(target, '/v1/lot-records', 20, pour, { 'Content-Length': String(megabytes * chunk.length) }),
  },
  'a body of 200 MB in chunks': { as: ['413'], start: (target) => requests(target, '/v1/lot-records', 20, pour) },
  'JSON 100,000 levels deep': {
    as: ['400'],
    start: (target) => requests(target, '/v1/lot-records', 20, whole('['.repeat(deep) + ']'.repeat(deep))),
  },
  'a list of 1,000,000 actions': {
    as: ['400', '413', '422'],
    start: (target) =>
      requests(
        target,
        '/v1/inventory/execute-inventory-actions',
        500,
        whole(`{"requests":[${'{},'.repeat(many - 1)}{}]}`),
      ),
  },
}
