import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// `npm run docs:screens` writes docs/terminal.md: what the running program shows in tmux, on the sample plant.

const root = join(import.meta.dirname, '..', '..', '..')
const program = join(root, 'apps', 'cli', 'bin', 'lotbook.mjs')
const today = '2026-11-23'
// The clock of the program starts at that moment: what is expired does not depend on when this is run.
const clock = `const behind = Date.now() - Date.parse('${today}T08:00:00Z'); const now = Date.now; Date.now = () => now() - behind`
const withClock = ['--import', './clock.mjs']
const longest = 20_000

interface Shot {
  readonly title: string
  readonly about: string
  readonly columns?: number
  readonly rows?: number
  /** What is pressed, in turn, and what is waited for after each. */
  readonly steps: readonly (readonly [keys: readonly string[], wanted: RegExp])[]
}

const held = 'SALT-2026-11-01'
const openHeld = [[held, 'Enter'], /1000 kg on hand/u] as const

const shots: readonly Shot[] = [
  {
    title: 'Lots',
    about: 'Every lot, what it may be used for, and where it lies. `/` filters, `s` goes through the statuses.',
    steps: [[['j', 'k'], /Dry store/u]],
  },
  {
    title: 'A lot',
    about: 'What may be done with it, and why the rest may not. The keys work in every part.',
    steps: [openHeld, [['Tab'], /already/u], [['j', 'j', 'j'], /Release it first/u]],
  },
  {
    title: 'A lot on a small screen',
    about: 'The key of an action that is off says why.',
    columns: 40,
    rows: 12,
    steps: [openHeld, [['c'], /Release it first/u]],
  },
  {
    title: 'A trace',
    about: 'What a lot was made of, with quantities and shares; Tab shows what it went into.',
    steps: [
      [['BUTTER-2026-10-22', 'Enter'], /80 kg on hand/u],
      [['t'], /CONSUME/u],
      [['j', 'j', 'j'], /^> +▾/mu],
    ],
  },
  {
    title: 'Stock',
    about: 'Where everything is, as a tree of locations.',
    steps: [
      [[':'], /^:/mu],
      [['stock', 'Enter'], /▸ Dairy/u],
      [['Enter'], /▸ Warehouse/u],
      [['G', 'Enter'], /▸ Dry store/u],
      [['G', 'Enter'], /reading|kg|Dispatch/u],
      [['k', 'Enter'], /SALT-2026-11-01/u],
    ],
  },
  {
    title: 'A form',
    about: 'Tab completes. What the ledger refuses stands beside its field, and nothing that was typed is lost.',
    steps: [openHeld, [['m'], /quantity\*/u], [['1,5', 'C-s'], /is required/u]],
  },
  {
    title: 'A question',
    about: 'What cannot be taken back easily asks first, with what would be afterwards. The default is No.',
    steps: [openHeld, [['x'], /quantity\*/u], [['2', 'C-s'], /Do it\?/u]],
  },
  {
    title: 'Help',
    about: 'Every key that works in the view; those that are off say why. All keys: [keys](reference/keys.md).',
    steps: [openHeld, [['?'], /One row down/u], [['Space'], /Sends a quantity/u]],
  },
]

const folder = mkdtempSync(join(tmpdir(), 'lotbook-screens-'))

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150))
const server = `lotbook-screens-${process.pid}`
const isOpen = (): boolean => spawnSync('tmux', ['-L', server, 'has-session'], { stdio: 'ignore' }).status === 0

const command = (name: string, args: readonly string[]): string => {
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, LANG: 'C.UTF-8', TERM: 'xterm-256color' }
  const { status, stdout, stderr } = spawnSync(name, args, { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name} ${args.join(' ')}: ${stderr}`)
  return stdout
}

const take = async ({ title, columns = 80, rows = 24, steps }: Shot): Promise<string> => {
  const tmux = (...words: readonly string[]) => command('tmux', ['-L', server, '-f', '/dev/null', ...words])
  const screen = () => tmux('capture-pane', '-p')
  const see = async (wanted: RegExp): Promise<string> => {
    const until = Date.now() + longest
    let last = ''
    // Twice the same, so that nothing is being read any more.
    for (let now = screen(); !wanted.test(now) || now !== last; now = screen()) {
      if (Date.now() > until) throw new Error(`${title}: ${wanted} did not come onto the screen:\n${now}`)
      last = now
      await pause()
    }
    return last
  }
  const start = [process.execPath, ...withClock, program, 'terminal', '--db', 'plant.db']
  tmux('new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, start.map((word) => `'${word}'`).join(' '))
  try {
    let last = await see(/^> SALT-2026-10-12 .*406/mu)
    for (const [keys, wanted] of steps) {
      tmux('send-keys', ...keys)
      last = await see(wanted)
    }
    return last.replaceAll(/[ ]+$/gmu, '').trimEnd()
  } finally {
    // The screen goes away when the program has left.
    tmux('send-keys', 'C-c')
    while (isOpen()) await pause()
  }
}

try {
  writeFileSync(join(folder, 'clock.mjs'), clock)
  command(process.execPath, [...withClock, program, 'seed', '--now', today, '--db', 'plant.db'])
  const parts: string[] = []
  for (const shot of shots) parts.push(`## ${shot.title}\n\n${shot.about}\n\n\`\`\`\n${await take(shot)}\n\`\`\`\n`)
  const head = `# The terminal

Written by \`npm run docs:screens\` from the running program, on the sample plant of ${today}. Start it with \`npx lotbook\`.
`
  writeFileSync(join(root, 'docs', 'terminal.md'), [head, ...parts].join('\n'))
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
