import pg from 'pg'
import type { Call } from '../program.ts'
import { type Columns, WideRow } from '../wide-row.ts'
import { socketOf } from './lane.ts'

const bigint = 20

/** A bigint as a number. All that Lotbook keeps in one fits: quantities have 15 digits, instants fewer. */
const readBigint = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is too large to be one of ours`)
  return value
}

/** How columns are read: integers as numbers, all else as the driver does. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === bigint ? readBigint : pg.types.getTypeParser(oid, format),
}

// One name a text, in the whole process: the server plans a statement once a connection.
const names = new Map<string, string>()
/** A short name for a text, the same for the same text. */
export const statementName = (sql: string): string => {
  const known = names.get(sql)
  if (known !== undefined) return known
  const name = `lotbook_${names.size + 1}`
  names.set(sql, name)
  return name
}

const columnsOf = new Map<string, Columns>()
const columnsIn = (sql: string, fields: readonly { readonly name: string }[]): Columns => {
  const known = columnsOf.get(sql)
  if (known !== undefined) return known
  const columns = new Map(fields.map(({ name }, at) => [name, at]))
  columnsOf.set(sql, columns)
  return columns
}

/** Sends what one turn of the event loop has to send at once: each way into the kernel costs as much as a statement. */
const sendTogether = (client: pg.ClientBase): void => {
  const socket = socketOf(client)
  socket.cork()
  process.nextTick(() => socket.uncork())
}

// A plan of a list takes up to half a megabyte of the session, and sessions live long.
const mostChosen = 100
const chosenOn = new WeakMap<pg.ClientBase, Set<string>>()

/** Whether a session keeps a statement: all, but of those that filters choose among only the first so many. */
const isKept = (client: pg.ClientBase, { sql, chosen }: Call<unknown>): boolean => {
  if (chosen !== true) return true
  const known = chosenOn.get(client) ?? new Set()
  chosenOn.set(client, known)
  if (known.size < mostChosen) known.add(sql)
  return known.has(sql)
}

/**
 * Asks by a callback. The driver's own promise is made so that what came of it outlives every collection of the young
 * objects, whoever has let go of it: megabytes of rows would wait for a collection of the whole heap.
 */
const ask = <R extends pg.QueryResultRow>(
  client: pg.ClientBase,
  query: pg.QueryConfig & { readonly rowMode?: 'array' },
): Promise<pg.QueryResult<R>> =>
  new Promise((resolve, reject) => {
    client.query<R>(query, (error: Error | null, result) => {
      if (error === null) resolve(result)
      else reject(error)
    })
  })

/** Runs one statement on a connection, prepared once there where it is kept, and returns its rows. */
export const answerOn =
  (client: pg.ClientBase) =>
  async (call: Call<unknown>): Promise<readonly unknown[]> => {
    const { sql, parameters, wide } = call
    const query = { text: sql, values: [...parameters], ...(isKept(client, call) && { name: statementName(sql) }) }
    sendTogether(client)
    if (wide !== true) return (await ask(client, query)).rows
    const { rows, fields } = await ask<(string | number | null)[]>(client, { ...query, rowMode: 'array' })
    const columns = columnsIn(sql, fields)
    return rows.map((values) => new WideRow(columns, values))
  }
