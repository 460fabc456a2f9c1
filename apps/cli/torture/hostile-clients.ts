import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { exampleConsumeLotId } from '../src/sample-plant/lots.ts'
import { adminKey } from '../test/client.ts'
import { attacks, type Target } from './attacks.ts'
import { seedPlant, serve, verifyPlant } from './plant.ts'
import type { Torture } from './torture.ts'

interface Load {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly statuses: readonly (number | string)[]
}

/** A program in a process of its own, which answers each line with a line of JSON. */
const startProgram = (name: string, { url, key }: Target, ...args: readonly string[]) => {
  const program = fileURLToPath(new URL(name, import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', program, url, key, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    ask: async (line: string): Promise<unknown> => {
      child.stdin.write(`${line}\n`)
      const { value, done } = await lines.next()
      ok(done !== true, `${name} has ended`)
      return JSON.parse(value)
    },
    end: () => child.kill(),
  }
}

/** Others at work: 200 requests a second, for as long as each call says. */
const startOthers = (target: Target) => {
  const { ask, end } = startProgram('steady-load.ts', target, exampleConsumeLotId)
  return { work: async (seconds: number) => (await ask(String(seconds))) as Load, end }
}

/** An attacker, who begins an attack, and ends it with what it was answered. */
const startAttacker = (target: Target) => {
  const { ask, end } = startProgram('attacker.ts', target)
  return {
    begin: (name: string) => ask(name),
    cease: async () => new Map((await ask('')) as readonly (readonly [string, number])[]),
    end,
  }
}

const mebibytesOf = (pid: number | undefined, field: 'VmRSS' | 'VmHWM'): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`, 'u').exec(status)?.[1] ?? 0) / 1024)
}

const middle = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN

const showAnswers = (answers: ReadonlyMap<string, number>): string =>
  Array.from(answers, ([what, count]) => `${count} × ${what}`).join(', ') || 'no answer yet'

/**
 * T10: slow, idle and huge clients. Others go on as if they were not there, and the memory of the server is bounded.
 * Others and attackers are processes of their own; attackers yield to the rest, as they share its processors here and
 * nowhere else. How many of them reached the server is told.
 */
export const hostileClients: Torture = async ({ folder, tell, form, args }) => {
  const [rounds, seconds] = form === 'long' ? [5, 2] : [1, 0.5]
  const db = join(folder, 'attacked.db')
  await seedPlant(db)
  const server = await serve(db)
  const target = { url: server.url, key: adminKey }
  const { pid } = server.child
  const others = startOthers(target)
  const attacker = startAttacker(target)
  await others.work(seconds)
  const atFirst = mebibytesOf(pid, 'VmRSS')
  const slower: string[] = []

  for (const [name, { as }] of Object.entries(attacks)) {
    if (args[0] !== undefined && !name.includes(args[0])) continue
    const ratios: number[] = []
    const seen: [number, number][] = []
    let said = ''
    for (let round = 0; round < rounds; round++) {
      const calm = await others.work(seconds)
      await attacker.begin(name)
      // The attack is on before the load begins.
      await pause(100)
      const attacked = await others.work(seconds)
      const answers = await attacker.cease()
      for (const { statuses } of [calm, attacked])
        deepStrictEqual(
          statuses.map(String).toSorted(),
          ['200', '201'],
          `${name}: others were answered ${statuses.join()}`,
        )
      for (const answer of answers.keys())
        ok(as.includes(answer) || /^E/u.test(answer), `${name} was answered ${answer}`)
      said = showAnswers(answers)
      ratios.push(attacked.p99 / calm.p99)
      seen.push([calm.p99, attacked.p99])
    }
    const ratio = middle(ratios)
    const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`
    const p99 = `${middle(seen.map(([calm]) => calm)).toFixed(1)} → ${middle(seen.map(([, hit]) => hit)).toFixed(1)} ms`
    tell(`${name}: p99 of the others × ${ratio.toFixed(2)} [${spread}] (${p99}); answers: ${said}`)
    if (ratio >= 2) slower.push(`${name} × ${ratio.toFixed(2)}`)
  }

  if (form === 'long' && (args[0] ?? 'answers') === 'answers') {
    // Who is slow is answered in the end, and the connection is closed.
    const slow = ['slow headers', 'slow bodies', 'idle sockets'].map((name) => ({ name, ...attacks[name] }))
    for (const { name, start } of slow) {
      const attack = start?.(target)
      const count = () => attack?.answers.get('408') ?? 0
      const until = performance.now() + 45_000
      while (count() < 300 && performance.now() < until) await pause(200)
      ok(count() >= 300, `${name}: only ${count()} were answered 408`)
      tell(`${name}: ${showAnswers(attack?.answers ?? new Map())} in the end`)
      await attack?.end()
    }
  }
  others.end()
  attacker.end()
  const most = mebibytesOf(pid, 'VmHWM')
  tell(`memory of the server: ${atFirst} MiB under the load alone, ${most} MiB at most`)
  ok(most < 400, `the server took ${most} MiB`)
  strictEqual((await server.kill('SIGTERM')).code, 0)
  await verifyPlant(db)
  // Times say something on a machine that does nothing else only.
  if (form === 'long') deepStrictEqual(slower, [], 'the others were twice as slow or worse')
}
