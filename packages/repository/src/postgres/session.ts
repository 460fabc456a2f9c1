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
const nameOf = (sql: string): string => {
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

/** Runs one statement on a connection, prepared once there, and returns its rows. */
export const answerOn =
  (client: pg.ClientBase) =>
  async ({ sql, parameters, wide }: Call<unknown>): Promise<readonly unknown[]> => {
    const query = { name: nameOf(sql), text: sql, values: [...parameters] }
    sendTogether(client)
    if (wide !== true) return (await client.query(query)).rows
    const { rows, fields } = await client.query<(string | number | null)[]>({ ...query, rowMode: 'array' })
    const columns = columnsIn(sql, fields)
    return rows.map((values) => new WideRow(columns, values))
  }
