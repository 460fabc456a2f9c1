import { spawnSync } from 'node:child_process'
import { lookAtMachine } from '../machine.ts'
import { machineLine } from '../report.ts'
import { median } from '../rounds.ts'
import { inScratch } from '../scratch.ts'
import { type ControlScreen, openControlScreen } from './control-screen.ts'
import { lotName, makeLargePlant, program } from './large-plant.ts'

// `npm run bench:terminal` makes a ledger of 100,000 lots and 1,000,000 records, which takes minutes, and drives the
// terminal over it; `-- --db FILE` takes one that an earlier run made.
const size = { lots: 100_000, records: 900_000 }
const runs = 10
const node = process.execPath

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
const report = (what: string, times: readonly number[]): void => {
  const figures = [median(times), percentile(times, 0.99), Math.max(...times)].map((time) => time.toFixed(0))
  tell(`${what.padEnd(46)} median ${figures[0]} ms, p99 ${figures[1]} ms, max ${figures[2]} ms (${times.length})`)
}

const chosen = (written: string): string | undefined => [...written.matchAll(/> (LOT-\d{6})/gu)].at(-1)?.[1]

/** Presses a key so often, each time until another lot is chosen. */
const press = async (screen: ControlScreen, keys: readonly string[], first: string): Promise<readonly number[]> => {
  let now = first
  const times: number[] = []
  for (const key of keys) {
    times.push(await screen.key(key, (written) => (chosen(written) ?? now) !== now))
    now = chosen(screen.written()) ?? now
  }
  return times
}
const often = (times: number, ...keys: readonly string[]): readonly string[] =>
  Array.from({ length: times }, () => keys).flat()

const measureStart = async (words: readonly string[], wanted: string): Promise<readonly number[]> => {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const screen = await openControlScreen(80, 24)
    times.push(await screen.start([node, program, ...words], (written) => written.includes(wanted)))
    await screen.close()
  }
  return times
}

const measureVersion = (): readonly number[] =>
  Array.from({ length: runs }, () => {
    const from = performance.now()
    spawnSync(node, [program, '--version'])
    return performance.now() - from
  })

const measureLots = async (db: string): Promise<void> => {
  const screen = await openControlScreen(80, 24)
  const last = lotName(size.lots - 1)
  await screen.start([node, program, '--db', db], (written) => written.includes(lotName(0)))
  const atFirst = screen.peakMemory()
  await screen.key('j', (written) => chosen(written) === lotName(1))
  report('lots: j', await press(screen, often(200, 'j'), lotName(1)))
  report('lots: PgDn', await press(screen, often(200, 'PageDown'), chosen(screen.written()) ?? ''))
  report('lots: PgUp', await press(screen, often(100, 'PageUp'), chosen(screen.written()) ?? ''))
  report('lots: G, then g', await press(screen, often(20, 'G', 'g'), chosen(screen.written()) ?? ''))
  await screen.key('G', (written) => chosen(written) === last)
  report('lots: PgUp from the end', await press(screen, often(100, 'PageUp'), last))

  const filter = async (text: string): Promise<readonly number[]> => {
    await screen.key('/', () => true)
    const times: number[] = []
    for (let length = 1; length <= text.length; length++)
      times.push(await screen.key(text[length - 1] ?? '', (written) => written.includes(`/${text.slice(0, length)}`)))
    return times
  }
  const typed = [...(await filter('LOT-0777'))]
  const answered = await screen.key('7', (written) => chosen(written)?.startsWith('LOT-07777') === true)
  await screen.key('Escape', () => true)
  typed.push(...(await filter('nothing is called like this')))
  report('lots: a letter of a filter shows', typed)
  report('lots: a filter that few fit is answered', [answered])
  await screen.key('Escape', () => true)
  for (const [key, wanted] of [
    ['s', 'effectiveStatus=OPEN'],
    ['s', 'effectiveStatus=AVAILABLE'],
    ['s', 'effectiveStatus=QA_HOLD'],
  ] as const)
    report(`lots: ${wanted}`, [
      await screen.key(key, (written) => written.includes(wanted) && /> LOT|no lot/u.test(written)),
    ])

  await screen.key(':', () => true)
  const open: readonly (readonly [string, string])[] = [
    ['records', 'newest first'],
    ['stock', 'Stock'],
  ]
  for (const [name, wanted] of open) {
    for (const letter of name) await screen.key(letter, () => true)
    report(`:${name}`, [await screen.key('Enter', (written) => written.includes(wanted))])
    await screen.key('G', () => true)
    await screen.key(':', () => true)
  }
  tell(`memory: ${atFirst.toFixed(0)} MiB at the first screen, ${screen.peakMemory().toFixed(0)} MiB at most`)
  await screen.close()
}

const measure = async (db: string): Promise<void> => {
  report('lotbook --version', measureVersion())
  report('first screen', await measureStart(['--db', db], lotName(0)))
  await measureLots(db)
}

const at = process.argv.indexOf('--db')
tell(machineLine(await lookAtMachine()))
if (at !== -1) await measure(process.argv[at + 1] ?? '')
else await inScratch(async (folder) => measure(await makeLargePlant(folder, size)))
