import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '@lotbook/repository'
import type { Bar, Finding } from '../finding.ts'
import { seedPlant } from '../plant.ts'
import { median, ratioOf } from '../rounds.ts'
import { inScratch } from '../scratch.ts'
import { makeBareFile } from './bare-file.ts'
import { type Answered, load, warmUp } from './load.ts'
import { startServers, type Target, type TargetName } from './targets.ts'

const rounds = 5
const seconds = 3

/** What came back, and what a request cost the server, in microseconds of processor time. */
interface Round extends Answered {
  readonly cost: number
}

type Rounds = Readonly<Record<TargetName, readonly Round[]>>

/** Loads the servers one after the other, round by round, beginning with another one each time. */
const inTurns = async (targets: readonly Target[], connections: number): Promise<Rounds> => {
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

const rateFindings = (answered: Rounds, connections: number, against: 'single' | 'group', bar: Bar): Finding[] =>
  (['consume', 'changeStatus'] as const).map((verb) => {
    const ours = answered[verb].map(({ perSecond }) => perSecond)
    const theirs = answered[against].map(({ perSecond }) => perSecond)
    return {
      name: 'B1',
      what: `durable POST ${verbs[verb]} at ${connections} / bare ${against}`,
      ratio: ratioOf(ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN))),
      bar,
      figures: `${median(ours).toFixed(0)}/s / ${median(theirs).toFixed(0)}/s`,
    }
  })

const p99Findings = (answered: Rounds): Finding[] =>
  (['consume', 'changeStatus'] as const).map((verb) => {
    const ours = answered[verb].map(({ p99 }) => p99)
    const theirs = answered.single.map(({ p99 }) => p99)
    return {
      name: 'B2',
      what: `p99 of POST ${verbs[verb]} at 16 / bare single`,
      ratio: ratioOf(ours.map((time, round) => time / (theirs[round] ?? Number.NaN))),
      bar: { sense: 'at most', must: 1.2, goal: 0.6 },
      figures: `${median(ours).toFixed(1)} ms / ${median(theirs).toFixed(1)} ms`,
    }
  })

/** No bar: what of B1 can be compared on a machine that has other work. */
const costFindings = (answered: Rounds): Finding[] =>
  (['consume', 'changeStatus'] as const).map((verb) => {
    const ours = answered[verb].map(({ cost }) => cost)
    const theirs = answered.group.map(({ cost }) => cost)
    return {
      name: 'B1',
      what: `processor time of a POST ${verbs[verb]} at 16 / bare group`,
      ratio: ratioOf(ours.map((time, round) => time / (theirs[round] ?? Number.NaN))),
      figures: `${median(ours).toFixed(0)} µs / ${median(theirs).toFixed(0)} µs`,
    }
  })

const atLeast = (must: number, goal: number): Bar => ({ sense: 'at least', must, goal })

/** B1 and B2: durable writes over HTTP with a key and an idempotency key, against Hono and raw SQLite. */
export const writingOverHttp = (): Promise<readonly Finding[]> =>
  inScratch(async (folder) => {
    const file = (name: string): string => join(folder, `${name}.db`)
    const { store, close } = await openStore({ filename: file('consume') })
    const plant = await seedPlant(store)
    await close()
    copyFileSync(file('consume'), file('changeStatus'))
    makeBareFile(file('single'), plant)
    makeBareFile(file('group'), plant)
    const { targets, stop } = await startServers(folder, plant)
    try {
      const withoutGroup = targets.filter(({ name }) => name !== 'group')
      await warmUp(targets, 16)
      const at16 = await inTurns(targets, 16)
      const at64 = await inTurns(withoutGroup, 64)
      const at1 = await inTurns(withoutGroup, 1)
      return [
        ...rateFindings(at16, 16, 'single', atLeast(1.6, 2.2)),
        ...rateFindings(at64, 64, 'single', atLeast(2, 2.8)),
        ...rateFindings(at1, 1, 'single', atLeast(0.6, 0.9)),
        ...rateFindings(at16, 16, 'group', atLeast(0.55, 0.8)),
        ...p99Findings(at16),
        ...costFindings(at16),
      ]
    } finally {
      await stop()
    }
  })
