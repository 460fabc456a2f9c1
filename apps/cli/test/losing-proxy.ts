import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A way to a server on which answers can get lost. */
export interface LosingProxy {
  readonly url: string
  /** From now on writes reach the server, and their answers nobody; or all is well again. */
  readonly lose: (on: boolean) => void
  /** From now on it leads to another server. */
  readonly lead: (target: string) => void
  /** The headers of every POST that reached the server. */
  readonly posts: readonly IncomingHttpHeaders[]
  readonly close: () => void
}

/** Opens a way to the server at `first`. Where that is not there, what is asked gets no answer. */
export const openLosingProxy = async (first: string): Promise<LosingProxy> => {
  let loses = false
  let target = first
  const posts: IncomingHttpHeaders[] = []
  const server = createServer((asked, answer) => {
    const { method = 'GET', headers, url = '/' } = asked
    if (method === 'POST') posts.push(headers)
    const isLost = loses && method === 'POST'
    const onward = request(target + url, { method, headers }, (answered) => {
      if (isLost) {
        answered.resume()
        answered.once('end', () => asked.socket.destroy())
        return
      }
      answered.once('error', () => asked.socket.destroy())
      answer.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.pipe(answer)
    })
    onward.once('error', () => asked.socket.destroy())
    asked.pipe(onward)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lose: (on) => {
      loses = on
    },
    lead: (to) => {
      target = to
    },
    posts,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
