import type { IncomingMessage } from 'node:http'
import type { Problem } from './problem.ts'
import { bodyTooLarge, malformed } from './problems.ts'

const endedEarly = (): Problem => malformed('the body ended before it was complete')

/** Bytes are counted as they come: what Content-Length says is only a first hint. */
const readIncoming = (incoming: IncomingMessage, most: number): Promise<Uint8Array | Problem> =>
  new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let size = 0
    const settle = (answer: Uint8Array | Problem): void => {
      incoming.off('data', onData).off('end', onEnd).off('error', onClose).off('close', onClose)
      resolve(answer)
    }
    const onData = (chunk: Uint8Array): void => {
      size += chunk.length
      chunks.push(chunk)
      if (size <= most) return
      incoming.pause()
      settle(bodyTooLarge(most))
    }
    const onEnd = (): void => settle(chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks))
    const onClose = (): void => settle(endedEarly())
    if (incoming.destroyed) return resolve(endedEarly())
    incoming.on('data', onData).on('end', onEnd).on('error', onClose).on('close', onClose)
  })

const readStream = async (stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array | Problem> => {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    size += value.length
    if (size > most) {
      await reader.cancel()
      return bodyTooLarge(most)
    }
    chunks.push(value)
  }
}

/**
 * Reads a body of at most `most` bytes. Under a server it reads from Node's own stream, which is cheaper than the web
 * stream made of it; without one (tests, other runtimes) from the request.
 */
export const readBody = async (
  request: Request,
  incoming: IncomingMessage | undefined,
  most: number,
): Promise<Uint8Array | Problem> => {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > most) return bodyTooLarge(most)
  if (incoming !== undefined) return readIncoming(incoming, most)
  return request.body === null ? new Uint8Array() : readStream(request.body, most)
}
