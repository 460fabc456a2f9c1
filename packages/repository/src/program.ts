import type { Merging } from './merging.ts'

/** What a column or a parameter may hold. Instants are milliseconds, quantities millionths, flags 0 or 1. */
export type Value = string | number | null

/** One statement with its values, ready to run. `R` is the type of the rows that come back. */
export interface Call<R> {
  readonly sql: string
  readonly parameters: readonly Value[]
  /** The rows come as `WideRow`s. */
  readonly wide?: true
  /** Nobody looks at its rows, so a driver may go on before it is done. `settled` waits for it. */
  unawaited?: true
  readonly merging?: Merging | undefined
  /** Stands for these, of which none depends on another. Its rows are the rows of each. */
  readonly atOnce?: readonly Call<unknown>[]
  /** Never there at run time: it carries the type of the rows. */
  readonly row?: R
}

/**
 * Work on the database, written once for every engine: it yields statements and is given their rows.
 * A driver runs it, SQLite's within one turn of the event loop. An error of a statement is thrown where it was yielded.
 */
export type Program<A> = Generator<Call<unknown>, A, readonly unknown[]>

/** Runs a statement for its rows. The one place where rows get their type. */
export function* all<R>(call: Call<R>): Program<readonly R[]> {
  return (yield call) as readonly R[]
}

/** Runs a statement for its first row, if there is one. */
export function* first<R>(call: Call<R>): Program<R | undefined> {
  return ((yield call) as readonly R[])[0]
}

/** Runs statements of which none depends on another, and gives the rows of each. */
export function* atOnce(calls: readonly Call<unknown>[]): Program<readonly (readonly unknown[])[]> {
  return (yield { sql: '', parameters: [], atOnce: calls }) as readonly (readonly unknown[])[]
}

/** Runs a statement for its effect. An error of it is thrown here, or later where the program next waits for a row. */
export function* execute(call: Call<unknown>): Program<void> {
  call.unawaited = true
  yield call
}

/** Stands for no statement: whoever yields it goes on when all statements before are done. */
const barrier: Call<unknown> = { sql: '', parameters: [] }

/** The call for the ledger's turn and the like are words to a driver: nothing is sent. */
const isWord = ({ sql }: Call<unknown>): boolean => sql === ''

/** Waits for the statements that were run for their effect. Their error, if there is one, is thrown here. */
export function* settled(): Program<void> {
  yield barrier
}

/** Runs a program to its end in this turn, with a driver that answers at once. */
export const runNow = <A>(program: Program<A>, answer: (call: Call<unknown>) => readonly unknown[]): A => {
  let step = program.next()
  while (step.done !== true) {
    let rows: readonly unknown[] = []
    try {
      if (!isWord(step.value)) rows = answer(step.value)
      else if (step.value.atOnce !== undefined) rows = step.value.atOnce.map(answer)
    } catch (error) {
      step = program.throw(error)
      continue
    }
    step = program.next(rows)
  }
  return step.value
}

interface Failed {
  readonly error: unknown
}

/**
 * Runs a program to its end with a driver that answers later, and in order: what nobody waits for is only sent, so that
 * the next statement does not wait for its way there and back.
 */
export const runInTurn = async <A>(
  program: Program<A>,
  answer: (call: Call<unknown>) => Promise<readonly unknown[]>,
): Promise<A> => {
  // The first that fails is the one to tell of: those after it fail because of it.
  let failed: Promise<Failed | undefined> = Promise.resolve(undefined)
  const send = (call: Call<unknown>): void => {
    const before = failed
    const here = answer(call).then(
      () => undefined,
      (error: unknown): Failed => ({ error }),
    )
    failed = before.then(async (first) => first ?? (await here))
  }
  const ask = (call: Call<unknown>): readonly unknown[] | Promise<readonly unknown[]> => {
    if (!isWord(call)) return answer(call)
    return call.atOnce === undefined ? [] : Promise.all(call.atOnce.map(answer))
  }
  const wait = async (call: Call<unknown>): Promise<readonly unknown[]> => {
    const [here] = await Promise.allSettled([ask(call)])
    const before = await failed
    failed = Promise.resolve(undefined)
    if (before !== undefined) throw before.error
    if (here.status === 'rejected') throw here.reason
    return here.value
  }
  let step = program.next()
  while (step.done !== true) {
    let rows: readonly unknown[] = []
    try {
      if (step.value.unawaited === true) send(step.value)
      else rows = await wait(step.value)
    } catch (error) {
      step = program.throw(error)
      continue
    }
    step = program.next(rows)
  }
  await wait(barrier)
  return step.value
}
