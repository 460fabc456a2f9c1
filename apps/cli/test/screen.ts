import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { clockOfPrograms } from './processes.ts'

const program = fileURLToPath(new URL('../bin/lotbook.mjs', import.meta.url))

/** The program on a screen of tmux, driven by keys alone. */
export interface TmuxScreen {
  /** What is on the screen now, without what a colour would add. */
  readonly text: () => string
  /** The same with colours and styles, as escape sequences. */
  readonly styled: () => string
  /** Sends keys by their names in tmux (`Enter`, `C-s`, `j`), and text as it is. */
  readonly keys: (...keys: readonly string[]) => void
  /** Sends a code and Enter at once, as a scanner does. */
  readonly scan: (code: string) => void
  /** Waits until the screen shows it, and returns the screen; fails with what is there instead. */
  readonly see: (wanted: string | RegExp) => Promise<string>
  /** Waits until something holds of the screen; fails with what is there instead. */
  readonly until: (holds: () => boolean, wanted?: string) => Promise<void>
  readonly resize: (columns: number, rows: number) => void
  readonly signal: (signal: NodeJS.Signals) => void
  readonly close: () => void
}

/** How a screen is made. */
export interface ScreenOptions {
  readonly columns: number
  readonly rows: number
  readonly env?: Readonly<Record<string, string>>
  /** A file for every byte that is written to the screen, from the first. */
  readonly raw?: string
}

const longest = 120_000
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
let count = 0

/** Starts the program with these arguments on a screen of its own. When it ends, the screen says `ended` and its code. */
export const openScreen = (args: readonly string[], { columns, rows, env = {}, raw }: ScreenOptions): TmuxScreen => {
  count += 1
  const server = `lotbook-${process.pid}-${count}`
  const { PATH = '', HOME = '' } = process.env
  const tmux = (...words: readonly string[]): string => {
    // Without CI, where Ink would draw its last frame only.
    const { status, stdout, stderr } = spawnSync('tmux', ['-L', server, '-f', '/dev/null', ...words], {
      env: { PATH, HOME, LANG: 'C.UTF-8', TERM: 'xterm-256color' },
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`tmux ${words.join(' ')}: ${stderr}`)
    return stdout
  }
  const set = Object.entries({ ...clockOfPrograms(), ...env }).map(([name, value]) => `${name}='${value}'`)
  const command = [...set, `'${process.execPath}'`, `'${program}'`, ...args.map((arg) => `'${arg}'`)].join(' ')
  const first = raw === undefined ? '' : 'tmux wait-for ready; '
  tmux(...['new-session', '-d', '-x', `${columns}`, '-y', `${rows}`], `${first}${command}; echo "ended $?"; exec cat`)
  if (raw !== undefined) {
    tmux('pipe-pane', '-O', `cat >> '${raw}'`)
    tmux('wait-for', '-S', 'ready')
  }
  const text = () => tmux('capture-pane', '-p')
  const until = async (holds: () => boolean, wanted = 'what was waited for') => {
    const last = Date.now() + longest
    while (!holds()) {
      if (Date.now() > last) throw new Error(`${wanted} did not come onto the screen:\n${text()}`)
      await pause(30)
    }
  }
  return {
    text,
    styled: () => tmux('capture-pane', '-p', '-e'),
    keys: (...keys) => {
      tmux('send-keys', ...keys)
    },
    scan: (code) => {
      tmux('send-keys', code, 'Enter')
    },
    see: async (wanted) => {
      let screen = ''
      await until(() => {
        screen = text()
        return typeof wanted === 'string' ? screen.includes(wanted) : wanted.test(screen)
      }, `${wanted}`)
      return screen
    },
    until,
    resize: (width, height) => {
      tmux('resize-window', '-x', `${width}`, '-y', `${height}`)
    },
    signal: (signal) => {
      const shell = Number(tmux('display-message', '-p', '#{pane_pid}'))
      const child = spawnSync('pgrep', ['-P', `${shell}`], { encoding: 'utf8' }).stdout.trim()
      process.kill(Number(child), signal)
    },
    close: () => {
      tmux('kill-server')
    },
  }
}
