import type { Engine } from '../engines/engine.ts'
import type { Bar, Finding } from '../finding.ts'
import { median, ratioInTurns } from '../rounds.ts'
import { makeBare } from './bare-database.ts'
import { type Answered, load, warmUp } from './load.ts'
import { startServers, type Target, type TargetName } from './targets.ts'

const rounds = 5
const secondsOn = { SQLite: 3, PostgreSQL: 2 } as const

/** What came back, and what a request cost the server, in microseconds of processor time. */
interface Round extends Answered {
  readonly cost: number
}

type Rounds = Readonly<Record<TargetName, readonly Round[]>>

/** Loads the servers one after the other, round by round, beginning with another one each time. */
const inTurns = async (targets: readonly Target[], connections: number, seconds: number): Promise<Rounds> => {
  const answered: Record<TargetName, Round[]> = { single: [], group: [], consume: [], changeStatus: [] }
  for (let round = 0; round < rounds; round++)
    for (let place = 0; place < targets.length; place++) {
      const { name, url, next, processorTime } = targets[(round + place) % targets.length] as Target
      const before = await processorTime()
      const came = await load({ url, next, connections, seconds })
      answered[name].push({ ...came, cost: ((await processorTime()) - before) / came.count })
    }
  return answered
}

const verbs = { consume: 'consume', changeStatus: 'change-status' } as const

/** What is compared with which bare server, and what it is called. */
interface Compared {
  readonly name: string
  readonly what: (verb: string) => string
  readonly against: 'single' | 'group'
  readonly measured: (round: Round) => number
  readonly show: (value: number) => string
  readonly bar?: Bar | undefined
}

const findings = (answered: Rounds, { name, what, against, measured, show, bar }: Compared): Finding[] =>
  (['consume', 'changeStatus'] as const).map((verb) => {
    const ours = answered[verb].map(measured)
    const theirs = answered[against].map(measured)
    return {
      name,
      what: `${what(verbs[verb])} / bare ${against}`,
      ratio: ratioInTurns(ours, theirs),
      ...(bar !== undefined && { bar }),
      figures: `${show(median(ours))} / ${show(median(theirs))}`,
    }
  })

const rates = (name: string, answered: Rounds, connections: number, against: 'single' | 'group', bar?: Bar) =>
  findings(answered, {
    ...{ name, against, bar },
    what: (verb) => `durable POST ${verb} at ${connections}`,
    measured: ({ perSecond }) => perSecond,
    show: (value) => `${value.toFixed(0)}/s`,
  })

const slowest = (answered: Rounds) =>
  findings(answered, {
    ...{ name: 'B2', against: 'single', bar: { sense: 'at most', must: 1.2, goal: 0.6 } },
    what: (verb) => `p99 of POST ${verb} at 16`,
    measured: ({ p99 }) => p99,
    show: (value) => `${value.toFixed(1)} ms`,
  })

/** No bar: what of B1 can be compared on a machine that has other work. */
const costs = (answered: Rounds, against: 'single' | 'group') =>
  findings(answered, {
    ...{ name: 'B1', against },
    what: (verb) => `processor time of a POST ${verb} at 16`,
    measured: ({ cost }) => cost,
    show: (value) => `${value.toFixed(0)} µs`,
  })

const atLeast = (must: number, goal: number): Bar => ({ sense: 'at least', must, goal })

// B1 is said of SQLite, for PostgreSQL there is B11 and nothing more.
const bars = {
  SQLite: { at16: ['B1', atLeast(1.6, 2.2)], at64: atLeast(2, 2.8), at1: atLeast(0.6, 0.9) },
  PostgreSQL: { at16: ['B11', atLeast(1, 1.5)], at64: undefined, at1: undefined },
} as const

/** B1, B2 and B11: durable writes over HTTP with a key and an idempotency key, against Hono and the driver. */
export const writingOverHttp = async (engine: Engine): Promise<readonly Finding[]> => {
  const plant = await engine.plant('consume')
  await engine.copy('consume', 'changeStatus')
  for (const mode of engine.bareModes) await makeBare(engine, mode, plant)
  const { targets, stop } = await startServers(engine, plant)
  try {
    const withoutGroup = targets.filter(({ name }) => name !== 'group')
    const hasGroup = withoutGroup.length < targets.length
    const seconds = secondsOn[engine.name]
    await warmUp(targets, 16)
    const at16 = await inTurns(targets, 16, seconds)
    const at64 = await inTurns(withoutGroup, 64, seconds)
    const at1 = await inTurns(withoutGroup, 1, seconds)
    const bar = bars[engine.name]
    const [name, barAt16] = bar.at16
    return [
      ...rates(name, at16, 16, 'single', barAt16),
      ...rates('B1', at64, 64, 'single', bar.at64),
      ...rates('B1', at1, 1, 'single', bar.at1),
      ...(hasGroup ? rates('B1', at16, 16, 'group', atLeast(0.55, 0.8)) : []),
      ...slowest(at16),
      ...costs(at16, hasGroup ? 'group' : 'single'),
    ]
  } finally {
    await stop()
  }
}
