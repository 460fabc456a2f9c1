import type { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Limits } from './limits.ts'

// Clients that wait for `100 Continue` before they send their body.
const waiting = new WeakSet<IncomingMessage>()

/** Remembers that a client sends its body only once {@link askForBody} asks for it. */
export const holdBack = (incoming: IncomingMessage): void => {
  waiting.add(incoming)
}

/** Asks for the body of a request, where its client waits to be asked. What is refused before that is never sent. */
export const askForBody = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
  if (waiting.delete(incoming)) outgoing.writeContinue()
}

// Bodies that do not say how long they are, and the limits of their server.
const unannounced = new WeakMap<IncomingMessage, Limits>()

/**
 * Makes what is told of each piece of a body: where much of one has come that does not say how long it is, the rest
 * waits a moment, whatever its client is able to send. One that says too much is refused before it comes.
 */
export const makePace = (incoming: IncomingMessage): ((piece: Uint8Array) => void) => {
  const limits = unannounced.get(incoming)
  if (limits === undefined) return () => undefined
  let size = 0
  return ({ length }) => {
    size += length
    if (size <= limits.unannouncedBytes) return
    size = 0
    incoming.pause()
    setTimeout(() => incoming.resume(), limits.unannouncedMilliseconds)
  }
}

/**
 * Ends a connection whose client may still send, so that it can read its answer: bytes that nobody took would make the
 * end of the connection a reset, and the answer could be lost (RFC 9112, section 9.6). Some more of what it sends is
 * taken, then nothing, which makes it wait. A moment later it is told of the end, as some send all before they read and
 * give up where they are told sooner; and after another one it is cut off.
 */
const hangUp = (socket: Socket, limits: Limits, isWaiting: boolean): void => {
  let left = limits.unreadBytes
  const takeSome = (): void => {
    // The parser is not to see it.
    socket.removeAllListeners('data')
    socket.on('data', (piece: Uint8Array) => {
      left -= piece.length
      if (left < 0) socket.pause()
    })
  }
  if (socket.isPaused()) socket.once('resume', takeSome).resume()
  else takeSome()

  let late: NodeJS.Timeout
  const end = (): void => {
    socket.end()
    late = setTimeout(() => socket.destroy(), limits.hangUpMilliseconds)
  }
  if (isWaiting) end()
  else late = setTimeout(end, limits.unreadMilliseconds)
  socket.once('close', () => clearTimeout(late))
}

/**
 * What becomes of a body that is not read to its end, because its request was refused before. A short one is taken, and
 * the connection kept. A longer one, or one that does not say how long it is, is not worth that: its client is told so
 * with `Connection: close`.
 */
export const watchBody = (incoming: IncomingMessage, outgoing: ServerResponse, limits: Limits): void => {
  const { headers, socket } = incoming
  const length = 'transfer-encoding' in headers ? Number.POSITIVE_INFINITY : Number(headers['content-length'] ?? 0)
  if (length === 0) return
  if (length === Number.POSITIVE_INFINITY) unannounced.set(incoming, limits)
  outgoing.once('finish', () => incoming.resume())
  if (length <= limits.unreadBytes && !waiting.has(incoming)) return
  const { shouldKeepAlive } = outgoing
  outgoing.shouldKeepAlive = false
  incoming.once('end', () => {
    outgoing.shouldKeepAlive = shouldKeepAlive
  })
  // Node calls this once the last answer of a connection is sent.
  socket.destroySoon = () => {
    if (incoming.complete) Socket.prototype.destroySoon.call(socket)
    else hangUp(socket, limits, waiting.has(incoming))
  }
}
