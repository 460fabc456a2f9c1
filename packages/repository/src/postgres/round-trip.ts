import type pg from 'pg'
import type { Call, Value } from '../program.ts'
import { type Columns, WideRow } from '../wide-row.ts'
import { readerOf } from './read-value.ts'

/** What a session knows of a statement. */
export interface Prepared {
  /** Empty: it is not kept, and prepared whenever it is sent. */
  readonly name: string
  /** The columns of its rows, once they were described, and how each is read. */
  columns: Columns
  readers: readonly ((text: string) => Value)[]
}

/** A statement that is sent. */
export interface Sent {
  readonly call: Call<unknown>
  readonly prepared: Prepared
  /** Whether it is prepared with this. */
  readonly isNew: boolean
}

/** Hears what became of a round trip. */
export interface Heard {
  readonly answered: (rows: readonly (readonly unknown[])[]) => void
  /** `at`: which of the statements was to be answered next. Those before it were, and those behind it are not done. */
  readonly failed: (error: unknown, at: number) => void
}

interface Described {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
}

const send = (connection: pg.Connection, { call, prepared: { name }, isNew }: Sent): void => {
  if (isNew) connection.parse({ name, text: call.sql, types: [] }, true)
  const values = call.parameters.map((value) => (value === null ? null : String(value)))
  connection.bind({ statement: name, portal: '', values }, true)
  if (isNew) connection.describe({ type: 'P', name: '' }, true)
  connection.execute({ portal: '', rows: '0' }, true)
}

// The server keeps its answers back until the Sync. Of what takes long it is to tell at once: who hears nothing for a
// while takes it that nobody is there.
const large = 50_000
const isLarge = ({ call }: Sent): boolean =>
  call.parameters.some((value) => typeof value === 'string' && value.length > large)

/**
 * Statements that are sent together, with one Sync behind them: where one fails the server does none of those behind it
 * (PostgreSQL, Frontend/Backend Protocol, Extended Query), and it answers all of them at once. The driver calls it back,
 * as it does its own queries.
 */
export class RoundTrip implements pg.Submittable {
  readonly #sent: readonly Sent[]
  readonly #heard: Heard
  readonly #rows: unknown[][]
  #done = 0
  #unreadable: { readonly error: unknown } | undefined

  constructor(sent: readonly Sent[], heard: Heard) {
    this.#sent = sent
    this.#heard = heard
    this.#rows = sent.map(() => [])
  }

  /** What is sent, in this order. */
  get calls(): readonly Call<unknown>[] {
    return this.#sent.map(({ call }) => call)
  }

  submit(connection: pg.Connection): void {
    // Each way into the kernel costs as much as a statement.
    connection.stream.cork()
    for (const sent of this.#sent) {
      send(connection, sent)
      if (isLarge(sent)) connection.flush()
    }
    connection.sync()
    connection.stream.uncork()
  }

  handleRowDescription({ fields }: Described): void {
    const prepared = this.#sent[this.#done]?.prepared
    if (prepared === undefined) return
    prepared.columns = new Map(fields.map(({ name }, at) => [name, at]))
    prepared.readers = fields.map(({ dataTypeID }) => readerOf(dataTypeID))
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const sent = this.#sent[this.#done]
    if (sent === undefined || this.#unreadable !== undefined) return
    const { columns, readers } = sent.prepared
    try {
      const values = fields.map((text, at) => (text === null ? null : (readers[at]?.(text) ?? null)))
      this.#rows[this.#done]?.push(sent.call.wide === true ? new WideRow(columns, values) : asObject(columns, values))
    } catch (error) {
      this.#unreadable = { error }
    }
  }

  handleCommandComplete(): void {
    this.#done += 1
  }

  handleEmptyQuery(): void {
    this.#done += 1
  }

  handleError(error: unknown): void {
    this.#heard.failed(error, this.#done)
  }

  handleReadyForQuery(): void {
    if (this.#unreadable === undefined) this.#heard.answered(this.#rows)
    else this.#heard.failed(this.#unreadable.error, this.#done)
  }
}

const asObject = (columns: Columns, values: readonly Value[]): Readonly<Record<string, Value>> => {
  const row: Record<string, Value> = {}
  for (const [name, at] of columns) row[name] = values[at] ?? null
  return row
}
