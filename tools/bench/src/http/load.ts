import autocannon from 'autocannon'

/** One request, as the client is to send it. */
export interface Sent {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent by POST; without one it is a GET. */
  readonly body?: string
}

/** How much to send, and where. */
export interface LoadOptions {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  readonly next: () => Sent
}

/** What came back. */
export interface Answered {
  readonly count: number
  readonly perSecond: number
  /** In milliseconds. */
  readonly p99: number
}

/** The value that 99 of 100 do not pass. */
const p99Of = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(times.length * 0.99) - 1)] ?? Number.NaN

/** Sends requests over so many connections for so long, each connection one after the other. Anything but 2xx is an error. */
export const load = ({ url, connections, seconds, next }: LoadOptions): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const times: number[] = []
    let refused: string | undefined
    const request: autocannon.Request = {
      setupRequest: (base) => {
        const { path, headers, body } = next()
        return body === undefined
          ? { ...base, method: 'GET', path, headers: { ...headers } }
          : { ...base, method: 'POST', path, headers: { ...headers }, body }
      },
      onResponse: (status, body) => {
        if (status < 200 || status > 299) refused ??= `${status} ${body}`
      },
    }
    const client = autocannon({ url, connections, duration: seconds, requests: [request] }, (error, result) => {
      if (error != null) reject(error as Error)
      else if (refused !== undefined) reject(new Error(`${url} answered ${refused}`))
      else if (result.errors > 0 || result.timeouts > 0) reject(new Error(`${url}: ${result.errors} requests failed`))
      else resolve({ count: times.length, perSecond: times.length / result.duration, p99: p99Of(times) })
    })
    client.on('response', (_client, _status, _bytes, milliseconds) => {
      times.push(milliseconds)
    })
  })

// In its first seconds a server mostly compiles what it runs, the longer the more code it has. Plants run for weeks.
const warmUpSeconds = 8

/** Loads servers one after the other until they are as fast as they stay. What comes back is not looked at. */
export const warmUp = async (
  targets: readonly Pick<LoadOptions, 'url' | 'next'>[],
  connections: number,
): Promise<void> => {
  for (const { url, next } of targets) await load({ url, next, connections, seconds: warmUpSeconds })
}
