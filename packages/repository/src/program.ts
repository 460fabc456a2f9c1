import type { Merging } from './merging.ts'

/** What a column or a parameter may hold. Instants are milliseconds, quantities millionths, flags 0 or 1. */
export type Value = string | number | null

/** One statement with its values, ready to run. `R` is the type of the rows that come back. */
export interface Call<R> {
  readonly sql: string
  readonly parameters: readonly Value[]
  /** The rows come as `WideRow`s. */
  readonly wide?: true
  /** One of the many that filters choose among: a session of PostgreSQL keeps only so many of them. */
  readonly chosen?: true
  /** Nobody looks at its rows, so a driver may go on before it is done. `settled` waits for it. */
  unawaited?: true
  readonly merging?: Merging | undefined
  /** Stands for these, of which none depends on another. Its rows are the rows of each. */
  readonly atOnce?: readonly Call<unknown>[]
  /** Never there at run time: it carries the type of the rows. */
  readonly row?: R
}

/**
 * Work on the database, written once for every engine: it yields statements and is given their rows, or is given them
 * at once by a driver such as SQLite's. An error of a statement is thrown where it was yielded.
 */
export type Program<A> = Generator<Call<unknown>, A, readonly unknown[]>

type Answer = (call: Call<unknown>) => readonly unknown[]

/** Part of a program, for `yield*`. */
export type Step<A> = Iterable<Call<unknown>, A, readonly unknown[]>

// While a driver that answers at once runs a program, here is what answers. A statement that went up through a dozen
// generators that delegate to each other, and its rows down again, would cost more than running it.
let answering: Answer | undefined

/** A step that is done: it has no statement left, and this is what it came to. */
class Done<A> {
  readonly done = true
  readonly value: A
  constructor(value: A) {
    this.value = value
  }
  next(): this {
    return this
  }
  [Symbol.iterator](): this {
    return this
  }
}
const done = new Done<void>(undefined)

function* allLater<R>(call: Call<R>): Program<readonly R[]> {
  return (yield call) as readonly R[]
}

function* firstLater<R>(call: Call<R>): Program<R | undefined> {
  return ((yield call) as readonly R[])[0]
}

function* atOnceLater(calls: readonly Call<unknown>[]): Program<readonly (readonly unknown[])[]> {
  return (yield { sql: '', parameters: [], atOnce: calls }) as readonly (readonly unknown[])[]
}

function* executeLater(call: Call<unknown>): Program<void> {
  call.unawaited = true
  yield call
}

/** Runs a statement for its rows. Here and in `first` rows get their type. */
export const all = <R>(call: Call<R>): Step<readonly R[]> =>
  answering === undefined ? allLater(call) : new Done(answering(call) as readonly R[])

/** Runs a statement for its first row, if there is one. */
export const first = <R>(call: Call<R>): Step<R | undefined> =>
  answering === undefined ? firstLater(call) : new Done((answering(call) as readonly R[])[0])

/** Runs statements of which none depends on another, and gives the rows of each. */
export const atOnce = (calls: readonly Call<unknown>[]): Step<readonly (readonly unknown[])[]> =>
  answering === undefined ? atOnceLater(calls) : new Done(calls.map(answering))

/** Runs a statement for its effect. An error of it is thrown here, or later where the program next waits for a row. */
export const execute = (call: Call<unknown>): Step<void> => {
  if (answering === undefined) return executeLater(call)
  answering(call)
  return done
}

/** Stands for no statement: whoever yields it goes on when all statements before are done. */
const barrier: Call<unknown> = { sql: '', parameters: [] }

/** The call for the ledger's turn and the like are words to a driver: nothing is sent. */
const isWord = ({ sql }: Call<unknown>): boolean => sql === ''

function* settledLater(): Program<void> {
  yield barrier
}

/** Waits for the statements that were run for their effect. Their error, if there is one, is thrown here. */
export const settled = (): Step<void> => (answering === undefined ? settledLater() : done)

/** Runs a program to its end in this turn, with a driver that answers at once. */
export const runNow = <A>(program: Program<A>, answer: Answer): A => {
  const before = answering
  answering = (call) => (isWord(call) ? [] : answer(call))
  try {
    const step = program.next()
    if (step.done !== true) throw new Error('a program yields a statement by itself')
    return step.value
  } finally {
    answering = before
  }
}

/** So many statements that nobody waits for are held back at most: then they are sent, and the program goes on. */
const mostHeld = 100

type Rows = readonly unknown[]

/** What goes to a driver that answers later. What nobody waits for goes out with what comes next. */
const makeSender = (answer: (calls: readonly Call<unknown>[]) => Promise<readonly Rows[]>) => {
  let held: Call<unknown>[] = []
  let underWay: Promise<readonly PromiseSettledResult<unknown>[]> | undefined

  /** Nothing is sent behind what may still fail. */
  const takeHeld = async (): Promise<readonly Call<unknown>[]> => {
    const [calls, before] = [held, underWay]
    held = []
    underWay = undefined
    const [ended] = (await before) ?? []
    if (ended?.status === 'rejected') throw ended.reason
    return calls
  }

  return {
    hold: (call: Call<unknown>): boolean => held.push(call) < mostHeld,
    sendHeld: async (): Promise<void> => {
      const calls = await takeHeld()
      // Whoever sends next hears how it ended.
      underWay = Promise.allSettled([answer(calls)])
    },
    ask: async (call: Call<unknown>): Promise<Rows | readonly Rows[]> => {
      const own = isWord(call) ? (call.atOnce ?? []) : [call]
      const before = await takeHeld()
      const calls = [...before, ...own]
      if (calls.length === 0) return []
      const rows = (await answer(calls)).slice(before.length)
      return call.atOnce === undefined ? (rows[0] ?? []) : rows
    },
  }
}

/**
 * Runs a program to its end with a driver that answers later, several statements at once and in order; where one fails it
 * does none of those behind it. What nobody waits for is sent with the next statement that somebody waits for.
 */
export const runInTurn = async <A>(
  program: Program<A>,
  answer: (calls: readonly Call<unknown>[]) => Promise<readonly Rows[]>,
): Promise<A> => {
  const { hold, sendHeld, ask } = makeSender(answer)
  let step = program.next()
  while (step.done !== true) {
    let rows: readonly unknown[] = []
    try {
      if (step.value.unawaited !== true) rows = await ask(step.value)
      else if (!hold(step.value)) await sendHeld()
    } catch (error) {
      step = program.throw(error)
      continue
    }
    step = program.next(rows)
  }
  await ask(barrier)
  return step.value
}
