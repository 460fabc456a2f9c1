import { type Job, makeOneChange, NeedsSavepoints, type Settle } from '../group.ts'
import { type LedgerHead, makeLedgerHead } from '../ledger-head.ts'
import type { Call, Program } from '../program.ts'
import type { Settlement } from '../settlement.ts'
import { type Decided, isTurn } from '../turn.ts'
import { postgresDialect } from './dialect.ts'
import { foresee, nameOf } from './foresee.ts'
import { lookUp } from './look-up.ts'
import { makePendingWrites, type PendingWrites } from './pending-writes.ts'
import { Touched } from './touched.ts'

type Change = Program<Settlement<Settle>>

/** A change while the group reads. */
interface Reading {
  readonly job: Job
  /** Undefined for a change that has to be done by itself. */
  change: Change | undefined
  /** What it waits for. */
  call: Call<unknown> | undefined
  decided: Decided | undefined
}

const { lockCall, headIn, writeHead } = makeLedgerHead(postgresDialect)
const oneChange = makeOneChange(postgresDialect)

/** Gives a change the rows that it waits for. It goes on until it waits for others, has decided, or has to be alone. */
const goOn = (reading: Reading, rows: readonly unknown[] | undefined): void => {
  const { change } = reading
  if (change === undefined) return
  reading.call = undefined
  try {
    const step = rows === undefined ? change.next() : change.next(rows)
    if (step.done !== true && isTurn(step.value)) reading.decided = step.value.decided
    else if (step.done !== true && step.value.unawaited !== true && step.value.sql !== '') reading.call = step.value
    else reading.change = undefined
  } catch {
    // It will be so again when it is done by itself, where that touches no other.
    reading.change = undefined
  }
}

const foreseenFor = ({ call }: Reading, foreseen: Answers): readonly unknown[] | undefined =>
  call && foreseen.get(nameOf(call))

type Answers = ReadonlyMap<string, readonly unknown[]>

function* readAll(readings: readonly Reading[], foreseen: Answers): Program<void> {
  for (const reading of readings) {
    goOn(reading, undefined)
    for (let known = foreseenFor(reading, foreseen); known !== undefined; known = foreseenFor(reading, foreseen))
      goOn(reading, known)
  }
  for (;;) {
    const waiting = readings.filter(({ call }) => call !== undefined)
    if (waiting.length === 0) return
    const answers = yield* lookUp(waiting.map(({ call }) => call as Call<unknown>))
    waiting.forEach((reading, index) => {
      goOn(reading, answers[index] ?? [])
    })
  }
}

/** Writes what a change has decided, or has it read again first where others have written what it read. */
function* write(reading: Reading, change: Change, head: LedgerHead, touched: Touched, writes: PendingWrites): Change {
  const stale = reading.decided === undefined || touched.isStale(reading.decided)
  const running = stale ? reading.job.run(head) : change
  let { decided } = reading
  let step = stale ? running.next() : running.next([head])
  while (step.done !== true) {
    const call = step.value
    if (isTurn(call)) {
      decided = call.decided
      step = running.next([head])
    } else if (call.unawaited === true) {
      yield* writes.add(call)
      step = running.next([])
    } else {
      yield* writes.send()
      step = running.next(yield call)
    }
  }
  const ended = step.value
  if (decided === undefined || (!ended.keep && ended.wrote !== false))
    throw new NeedsSavepoints('a change has to be taken back')
  if (ended.keep) touched.add(decided)
  return ended
}

/**
 * The program of a group whose changes read at the same time, each statement once for all of them, and then write one
 * after another, in their order. A change that has read what one before it writes reads again when its turn comes, so
 * each decides on what all before it left. What they write is sent together. There are no savepoints: where the
 * database refuses a statement, nothing of the group is kept and the error is thrown.
 */
export function* sideBySide(jobs: readonly Job[]): Program<readonly Settle[]> {
  // The lock comes first: what is asked for with it is answered once it is held.
  const foreseen = jobs.flatMap(({ readsAhead }) => (readsAhead === undefined ? [] : foresee(readsAhead)))
  const [locked = [], ...answers] = yield* lookUp([lockCall(), ...foreseen])
  const before = headIn(locked)
  const readings = jobs.map((job): Reading => {
    const change = job.readsAhead && job.run(before)
    return { job, change, call: undefined, decided: undefined }
  })
  yield* readAll(readings, new Map(foreseen.map((call, index) => [nameOf(call), answers[index] ?? []])))
  let head = before
  const touched = new Touched()
  const writes = makePendingWrites()
  const settle: Settle[] = []
  for (const reading of readings) {
    if (reading.change === undefined) {
      yield* writes.send()
      const ended = yield* oneChange(reading.job, head, true)
      if (ended.kept) touched.addEverything()
      head = ended.head
      settle.push(ended.settle)
    } else {
      const ended = yield* write(reading, reading.change, head, touched, writes)
      if (ended.keep) head = ended.head
      settle.push(ended.answer)
    }
  }
  yield* writes.send()
  if (head !== before) yield* writeHead(head)
  return settle
}
