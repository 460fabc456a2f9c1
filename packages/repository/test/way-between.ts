import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** What becomes of the bytes of one connection; `end` breaks it off on both sides. */
export type Passing = (client: Socket, server: Socket, end: () => void) => void

/** A way to a server of PostgreSQL that does with the bytes what a test wants. Gives its address. */
export const wayBetween = async (address: string, pass: Passing): Promise<string> => {
  const target = new URL(address)
  const sockets = new Set<Socket>()
  const way = createServer((client) => {
    const server = connect(Number(target.port), target.hostname)
    const end = () => {
      client.destroy()
      server.destroy()
    }
    pass(client, server, end)
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', end)
    }
  })
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    way.close()
  })
  const through = new URL(address)
  through.hostname = '127.0.0.1'
  through.port = String((way.address() as AddressInfo).port)
  return through.href
}
