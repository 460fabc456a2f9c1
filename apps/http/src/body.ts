import type { Bindings } from './handle.ts'
import type { Judge } from './json-judge.ts'
import type { Problem } from './problem.ts'
import { bodyTooLarge, malformed } from './problems.ts'
import { askForBody, makePace } from './rest-of-body.ts'

/** What takes the pieces of a body as they come: it says why no more is wanted, or gives the whole. */
interface Pieces {
  readonly add: (piece: Uint8Array) => Problem | undefined
  readonly whole: () => Uint8Array
}

/** Bytes are counted as they come: what Content-Length says is only a first hint. */
const makePieces = (most: number, judge: Judge | undefined): Pieces => {
  const pieces: Uint8Array[] = []
  let size = 0
  return {
    add: (piece) => {
      size += piece.length
      if (size > most) return bodyTooLarge(most)
      pieces.push(piece)
      return judge?.(piece)
    },
    whole: () => (pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces)),
  }
}

const endedEarly = (): Problem => malformed('the body ended before it was complete')

const readIncoming = (incoming: NonNullable<Bindings['incoming']>, pieces: Pieces): Promise<Uint8Array | Problem> =>
  new Promise((resolve) => {
    const settle = (answer: Uint8Array | Problem): void => {
      incoming.off('data', onData).off('end', onEnd).off('error', onClose).off('close', onClose)
      resolve(answer)
    }
    const pace = makePace(incoming)
    const onData = (piece: Uint8Array): void => {
      const problem = pieces.add(piece)
      if (problem === undefined) {
        pace(piece)
        return
      }
      incoming.pause()
      settle(problem)
    }
    const onEnd = (): void => settle(pieces.whole())
    const onClose = (): void => settle(endedEarly())
    if (incoming.destroyed) return resolve(endedEarly())
    incoming.on('data', onData).on('end', onEnd).on('error', onClose).on('close', onClose)
  })

const readStream = async (stream: ReadableStream<Uint8Array>, pieces: Pieces): Promise<Uint8Array | Problem> => {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return pieces.whole()
    const problem = pieces.add(value)
    if (problem === undefined) continue
    await reader.cancel()
    return problem
  }
}

/**
 * Reads a body of at most `most` bytes, for as long as its judge, where there is one, lets it. Under a server it reads
 * from Node's own stream, which is cheaper than the web stream made of it; without one (tests, other runtimes) from
 * the request.
 */
export const readBody = async (
  request: Request,
  { incoming, outgoing }: Bindings,
  most: number,
  judge?: Judge,
): Promise<Uint8Array | Problem> => {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > most) return bodyTooLarge(most)
  const pieces = makePieces(most, judge)
  if (incoming !== undefined) {
    if (outgoing !== undefined) askForBody(incoming, outgoing)
    return readIncoming(incoming, pieces)
  }
  return request.body === null ? new Uint8Array() : readStream(request.body, pieces)
}
