import type pg from 'pg'
import type { Call } from '../program.ts'
import { type Prepared, RoundTrip, type Sent } from './round-trip.ts'

// A plan of a list takes up to half a megabyte of the session, and sessions live long.
const mostChosen = 100

let names = 0

/** The statements that a session has prepared: it plans each once. */
class Statements {
  readonly #prepared = new Map<string, Prepared>()
  #chosen = 0

  /** All are kept, but of those that filters choose among only the first so many. */
  #keeps({ chosen }: Call<unknown>): boolean {
    if (chosen !== true) return true
    this.#chosen += 1
    return this.#chosen <= mostChosen
  }

  toSend(call: Call<unknown>): Sent {
    const known = this.#prepared.get(call.sql)
    if (known !== undefined) return { call, prepared: known, isNew: false }
    const isKept = this.#keeps(call)
    // Of one that failed nobody knows whether the server has its name: so no name is given twice.
    if (isKept) names += 1
    const prepared: Prepared = { name: isKept ? `lotbook_${names}` : '', columns: new Map(), readers: [] }
    if (isKept) this.#prepared.set(call.sql, prepared)
    return { call, prepared, isNew: true }
  }

  forget({ call, prepared }: Sent): void {
    if (this.#prepared.get(call.sql) === prepared) this.#prepared.delete(call.sql)
  }
}

const statementsOn = new WeakMap<pg.ClientBase, Statements>()

const statementsOf = (client: pg.ClientBase): Statements => {
  const known = statementsOn.get(client) ?? new Statements()
  statementsOn.set(client, known)
  return known
}

/** Answers statements, in their order, with the rows of each. */
export type AnswerAll = (calls: readonly Call<unknown>[]) => Promise<readonly (readonly unknown[])[]>

/**
 * Sends statements on a connection together, each prepared once there where it is kept. Where one fails those behind it
 * are not done; `failed` is told which it was, or which was to be answered when the connection broke.
 */
export const answerOn = (client: pg.ClientBase, failed: (call: Call<unknown>) => void = () => undefined): AnswerAll => {
  const statements = statementsOf(client)
  return (calls) =>
    new Promise((resolve, reject) => {
      const sent = calls.map((call) => statements.toSend(call))
      const trip = new RoundTrip(sent, {
        answered: resolve,
        failed: (error, at) => {
          const open = sent.slice(at)
          for (const one of open) if (one.isNew) statements.forget(one)
          if (open[0] !== undefined) failed(open[0].call)
          reject(error)
        },
      })
      client.query(trip)
    })
}
