/** What a column or a parameter may hold. Instants are milliseconds, quantities millionths, flags 0 or 1. */
export type Value = string | number | null

/** One statement with its values, ready to run. `R` is the type of the rows that come back. */
export interface Call<R> {
  readonly sql: string
  readonly parameters: readonly Value[]
  /** The rows come as `WideRow`s. */
  readonly wide?: true
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

/** Runs a statement for its effect. */
export function* execute(call: Call<unknown>): Program<void> {
  yield call
}

/** Runs a program to its end in this turn, with a driver that answers at once. */
export const runNow = <A>(program: Program<A>, answer: (call: Call<unknown>) => readonly unknown[]): A => {
  let step = program.next()
  while (step.done !== true) {
    let rows: readonly unknown[]
    try {
      rows = answer(step.value)
    } catch (error) {
      step = program.throw(error)
      continue
    }
    step = program.next(rows)
  }
  return step.value
}

/** Runs a program to its end with a driver that answers later. */
export const runInTurn = async <A>(
  program: Program<A>,
  answer: (call: Call<unknown>) => Promise<readonly unknown[]>,
): Promise<A> => {
  let step = program.next()
  while (step.done !== true) {
    let rows: readonly unknown[]
    try {
      rows = await answer(step.value)
    } catch (error) {
      step = program.throw(error)
      continue
    }
    step = program.next(rows)
  }
  return step.value
}
