import type { Socket } from 'node:net'
import type pg from 'pg'

/** Connections for one kind of work, which waits for none of another kind. */
export interface Lane {
  readonly pool: pg.Pool
  /** For how many milliseconds the database may say nothing to who waits for it; undefined: as long as it takes. */
  readonly silence: number | undefined
}

/** The driver's own connection, whose socket it does not show. */
interface Connected {
  readonly connection: { readonly stream: Socket }
}

/** The socket of a connection. */
export const socketOf = (client: pg.ClientBase): Socket => (client as unknown as Connected).connection.stream

/**
 * Breaks a connection off where nothing comes or goes on it for so many milliseconds: its host hangs, or a cable was cut,
 * and nobody would ever say so. All that is asked on it fails with ETIMEDOUT. Call what it returns when nothing is asked.
 */
export const breakOffIfSilent = (client: pg.ClientBase, milliseconds: number | undefined): (() => void) => {
  if (milliseconds === undefined) return () => undefined
  const socket = socketOf(client)
  let isWaiting = true
  const silent = (): void => {
    const read = socket.bytesRead
    // What came while this process was busy, or was stopped itself, is read ahead of this.
    setImmediate(() => {
      if (!isWaiting || socket.bytesRead !== read) return
      const message = `the database has said nothing for ${milliseconds} ms`
      socket.destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }))
    })
  }
  socket.on('timeout', silent)
  socket.setTimeout(milliseconds)
  return () => {
    isWaiting = false
    socket.setTimeout(0)
    socket.off('timeout', silent)
  }
}

/** Works on a connection of a lane. Where that fails the connection is in a state that nobody knows, and is given up. */
export const onConnection = async <A>(
  { pool, silence }: Lane,
  work: (client: pg.ClientBase) => Promise<A>,
): Promise<A> => {
  const client = await pool.connect()
  const end = breakOffIfSilent(client, silence)
  let isBroken = true
  try {
    const result = await work(client)
    isBroken = false
    return result
  } finally {
    end()
    client.release(isBroken)
  }
}
