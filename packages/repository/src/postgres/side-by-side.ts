import { type Job, makeOneChange, NeedsSavepoints, type Settle } from '../group.ts'
import { type LedgerHead, makeLedgerHead, newStamp } from '../ledger-head.ts'
import { atOnce, type Call, execute, type Program } from '../program.ts'
import type { Settlement } from '../settlement.ts'
import { type Decided, isTurn } from '../turn.ts'
import { postgresDialect } from './dialect.ts'
import { foresee, nameOf } from './foresee.ts'
import { holdHead, isSameHead } from './hold-head.ts'
import { lookUp } from './look-up.ts'
import type { OwnGroup, OwnGroups } from './own-groups.ts'
import { makePendingWrites, type PendingWrites } from './pending-writes.ts'
import { Touched } from './touched.ts'

type Change = Program<Settlement<Settle>>

/** A change while it reads, and until it is written. */
interface Reading {
  readonly job: Job
  /** Undefined for a change that has to be done by itself. */
  change: Change | undefined
  /** What it waits for. */
  call: Call<unknown> | undefined
  decided: Decided | undefined
  /** Whether it has sent anything after it had decided. */
  hasWritten: boolean
}

/** Changes that have read, all as of one moment. */
export interface Readings {
  readonly asOf: LedgerHead
  readonly readings: readonly Reading[]
}

/** A group that is written and about to be committed. */
export interface Written extends OwnGroup {
  readonly settle: readonly Settle[]
}

const { readCalls, lockCalls, headIn, writeHead } = makeLedgerHead(postgresDialect)
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
function* write(reading: Reading, change: Change, head: LedgerHead, isStale: boolean, writes: PendingWrites): Change {
  const running = isStale ? reading.job.run(head) : change
  let isWriting = !isStale
  let step = isStale ? running.next() : running.next([head])
  while (step.done !== true) {
    const call = step.value
    if (isWriting && call.sql !== '') reading.hasWritten = true
    if (isTurn(call)) {
      reading.decided = call.decided
      isWriting = true
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
  if (reading.decided === undefined || (!ended.keep && ended.wrote !== false))
    throw new NeedsSavepoints('a change has to be taken back')
  return ended
}

const readingOf = (job: Job, change: Change | undefined): Reading => ({
  job,
  change,
  call: undefined,
  decided: undefined,
  hasWritten: false,
})

function* readWith(headCalls: readonly Call<unknown>[], jobs: readonly Job[]): Program<Readings> {
  const foreseen = jobs.flatMap(({ readsAhead }) => (readsAhead === undefined ? [] : foresee(readsAhead)))
  const found = yield* lookUp([...headCalls, ...foreseen])
  const asOf = headIn(found.slice(0, headCalls.length))
  const answers = found.slice(headCalls.length)
  const readings = jobs.map((job) => readingOf(job, job.readsAhead && job.run(asOf)))
  yield* readAll(readings, new Map(foreseen.map((call, index) => [nameOf(call), answers[index] ?? []])))
  return { asOf, readings }
}

/** What was written since a change has read, or undefined where nobody knows. */
type Before = readonly Touched[] | undefined

function* writeAll(before: LedgerHead, readings: readonly (readonly [Reading, Before])[]): Program<Written> {
  let head = before
  let hasWritten = false
  const touched = new Touched()
  const writes = makePendingWrites()
  const settle: Settle[] = []
  for (const [reading, earlier] of readings) {
    const { job, change, decided } = reading
    if (change === undefined) {
      yield* writes.send()
      const ended = yield* oneChange(job, head, true)
      const isSeen = ended.kept && !ended.apart
      if (isSeen) touched.addEverything()
      hasWritten ||= isSeen
      head = ended.head
      settle.push(ended.settle)
    } else {
      const isStale =
        decided === undefined || earlier === undefined || [...earlier, touched].some((one) => one.isStale(decided))
      const ended = yield* write(reading, change, head, isStale, writes)
      if (ended.keep) {
        head = ended.head
        if (reading.decided !== undefined) touched.add(reading.decided)
        hasWritten ||= reading.hasWritten
      }
      settle.push(ended.answer)
    }
  }
  yield* writes.send()
  // What leaves the chain as it was (a lot that was made, a key) leaves another head as well, and one that never was:
  // see holdHead. The policy does not do that, since it may be set back.
  if (hasWritten && head.count === before.count && head.masterData === before.masterData)
    head = { ...head, masterData: newStamp() }
  if (head !== before) yield* writeHead(head)
  return { before, after: head, touched, settle }
}

/** The reading of a group, in a snapshot: nobody else is kept from writing meanwhile. */
export const readAhead = (jobs: readonly Job[]): Program<Readings> => readWith(readCalls(), jobs)

/**
 * The program that writes changes that have read ahead. It fails where a process has written meanwhile of which nothing
 * is known; what this process wrote is looked through, and who has read any of it reads again.
 */
export function* writeReadAhead(groups: readonly Readings[], own: OwnGroups): Program<Written> {
  const newest = groups.at(-1)
  if (newest === undefined) throw new Error('there is nothing to write')
  const { head } = own.since(newest.asOf)
  yield* execute(holdHead(head))
  const members = groups.flatMap(({ asOf, readings }) => {
    const since = own.since(asOf)
    const touched = isSameHead(since.head, head) ? since.touched : undefined
    return readings.map((reading) => [reading, touched] as const)
  })
  return yield* writeAll(head, members)
}

/**
 * The program of a group whose changes read at the same time, each statement once for all of them, and then write one
 * after another, in their order. A change that has read what one before it writes reads again when its turn comes, so
 * each decides on what all before it left. What they write is sent together. There are no savepoints: where the
 * database refuses a statement, nothing of the group is kept and the error is thrown.
 */
export function* sideBySide(jobs: readonly Job[]): Program<Written> {
  // The lock comes first: what is asked for with it is answered once it is held.
  const { asOf, readings } = yield* readWith(lockCalls(), jobs)
  return yield* writeAll(
    asOf,
    readings.map((reading) => [reading, []]),
  )
}

/** The program of a group in which each change reads and writes by itself, in a savepoint: what breaks is told apart. */
export function* oneByOne(jobs: readonly Job[]): Program<Written> {
  const head = headIn(yield* atOnce(lockCalls()))
  return yield* writeAll(
    head,
    jobs.map((job) => [readingOf(job, undefined), undefined]),
  )
}
