import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { limits } from './limits.ts'
import { Problem, problemBody } from './problem.ts'
import { expectationFailed, malformed } from './problems.ts'
import { problemHeaders } from './respond.ts'

const problemOf = (code: string | undefined): Problem => {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Problem({
      status: 431,
      type: 'headers-too-large',
      title: 'The headers are too large',
      detail: `request line and headers have at most ${limits.headerBytes} bytes`,
    })
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Problem({
      status: 408,
      type: 'request-timeout',
      title: 'The request took too long to arrive',
      detail: 'the request was not complete in time: send it again',
    })
  return malformed('this is not HTTP/1.1')
}

/** Answers what never became a request, such as a broken request line or headers that came too slowly, and hangs up. */
export const answerClientError = (
  error: { readonly code?: string | undefined },
  socket: Duplex,
  requestId: string,
): Problem | undefined => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return undefined
  }
  const problem = problemOf(error.code)
  const body = problemBody(problem, '', requestId)
  const headers = {
    ...problemHeaders(problem, requestId),
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`)
  return problem
}

/** Answers an `Expect` header that this server cannot meet. */
export const answerExpectation = (outgoing: ServerResponse, requestId: string): void => {
  const problem = expectationFailed()
  const body = problemBody(problem, '', requestId)
  const headers = { ...problemHeaders(problem, requestId), 'Content-Length': Buffer.byteLength(body) }
  outgoing.writeHead(problem.status, headers).end(body)
}
