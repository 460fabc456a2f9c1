import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { clockOfPrograms } from './processes.ts'

const program = fileURLToPath(new URL('../bin/lotbook.mjs', import.meta.url))

/** The program on a screen of tmux, driven by keys alone. */
export interface TmuxScreen {
  /** Sends keys by their names in tmux (`Enter`, `C-s`, `j`), and text as it is. */
  readonly keys: (...keys: readonly string[]) => void
  /** Sends a code and Enter at once, as a scanner does. */
  readonly scan: (code: string) => void
  /** Waits until one screen shows all of it, and returns that screen; fails with what is there instead. */
  readonly see: (...wanted: readonly (string | RegExp)[]) => Promise<string>
  /** Waits until something holds of a whole screen, and returns that screen; fails with what is there instead. */
  readonly until: (holds: (screen: string) => boolean, wanted?: string) => Promise<string>
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
/** Starts the program with these arguments on a screen of its own. When it ends, the screen says `ended` and its code. */
export const openScreen = (args: readonly string[], { columns, rows, env = {}, raw }: ScreenOptions): TmuxScreen => {
  const server = `lotbook-${randomUUID()}`
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
  const capture = () => {
    const lines = tmux('capture-pane', '-p', ';', 'display-message', '-p', '#{alternate_on} #{pane_height}').split('\n')
    const [state = ''] = lines.splice(-2)
    return { screen: lines.join('\n'), state }
  }
  const text = () => {
    const { screen, state } = capture()
    const [isProgram, height] = state.split(' ').map(Number)
    // A frame is wiped from below and drawn from above: it is whole where its last line is there, that of the keys.
    const isWhole = isProgram !== 1 || screen.split('\n')[Number(height) - 2]?.trim() !== ''
    return isWhole ? screen : undefined
  }
  const until = async (holds: (screen: string) => boolean, wanted = 'what was waited for') => {
    const last = performance.now() + longest
    for (;;) {
      const screen = text()
      if (screen !== undefined && holds(screen)) return screen
      if (performance.now() > last) throw new Error(`${wanted} did not come onto the screen:\n${capture().screen}`)
      await pause(30)
    }
  }
  return {
    keys: (...keys) => {
      tmux('send-keys', ...keys)
    },
    scan: (code) => {
      tmux('send-keys', code, 'Enter')
    },
    see: (...wanted) =>
      until(
        (screen) => wanted.every((one) => (typeof one === 'string' ? screen.includes(one) : one.test(screen))),
        wanted.join(' and '),
      ),
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
