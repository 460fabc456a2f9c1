import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { limits } from './limits.ts'
import { Problem, problemBody, problemType } from './problem.ts'
import { malformed } from './problems.ts'
import { securityHeaders } from './security-headers.ts'

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
    ...securityHeaders,
    'Content-Type': problemType,
    'Content-Length': Buffer.byteLength(body),
    'X-Request-Id': requestId,
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`)
  return problem
}
