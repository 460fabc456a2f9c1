import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { makeDeadline } from './deadline.ts'
import { addressesOf, type Resolve } from './public-address.ts'

/** How a delivery is sent. */
export interface PostSettings {
  readonly timeoutMilliseconds: number
  /** How many bytes of an answer are read before the connection is closed. */
  readonly answerBytes: number
  readonly allowsPrivate: boolean
  readonly resolve: Resolve
}

/** Sends a body to an address and gives the status of the answer; rejects where there is none in time. Redirects are not followed. */
export type Post = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
) => Promise<number>

/** Makes the sending of deliveries, each over a connection of its own to an address that was looked at. */
export const makePost =
  ({ timeoutMilliseconds, answerBytes, allowsPrivate, resolve }: PostSettings): Post =>
  async (url, headers, body, signal) => {
    const target = new URL(url)
    const over = target.protocol === 'https:' ? overHttps : overHttp
    const deadline = makeDeadline(signal, timeoutMilliseconds)
    try {
      // A name is looked up once, here; what is connected to is what was found.
      const addresses = await Promise.race([
        addressesOf(target.hostname, resolve, allowsPrivate),
        aborted(deadline.signal),
      ])
      const lookup: LookupFunction = (_hostname, { all }, done) => {
        const [first] = addresses
        if (all === true || first === undefined) done(null, [...addresses])
        else done(null, first.address, first.family)
      }
      return await new Promise<number>((answered, failed) => {
        const sending = over(
          target,
          {
            method: 'POST',
            agent: false,
            lookup,
            signal: deadline.signal,
            headers: {
              ...headers,
              'Content-Type': 'application/json',
              'Content-Length': Buffer.byteLength(body),
              'User-Agent': 'lotbook',
            },
          },
          (answer) => {
            let size = 0
            answer.on('data', (chunk: Buffer) => {
              size += chunk.length
              if (size > answerBytes) answer.destroy()
            })
            answer.on('error', () => answer.destroy())
            answer.on('close', () => answered(answer.statusCode ?? 0))
          },
        )
        sending.on('error', (error) =>
          failed(deadline.isLate() ? new Error(`no answer within ${timeoutMilliseconds} ms`) : error),
        )
        sending.end(body)
      })
    } finally {
      deadline.clear()
    }
  }

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const fail = (): void => reject(new Error('its name was not resolved in time'))
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail, { once: true })
  })
