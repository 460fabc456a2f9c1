import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A program on a screen of tmux, which is told of every byte that the program writes. */
export interface ControlScreen {
  /** Starts a program on the screen; resolves to the milliseconds until what it wrote fits. */
  readonly start: (command: readonly string[], fits: (written: string) => boolean) => Promise<number>
  /** Sends keys by their names in tmux; resolves to the milliseconds until what was written since fits. */
  readonly key: (key: string, fits: (written: string) => boolean) => Promise<number>
  /** What was written since the last key, without escape sequences. */
  readonly written: () => string
  /** The greatest memory that the program ever had, in MiB, as Linux says it. */
  readonly peakMemory: () => number
  readonly close: () => Promise<void>
}

// Nobody waits longer than this for a paint.
const longest = 30_000
const escapes = /\u001b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>])/gu
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/gu, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

let count = 0

/** Opens a screen of this size. Control mode tells of output as it is written, so that waiting costs nothing. */
export const openControlScreen = async (columns: number, rows: number): Promise<ControlScreen> => {
  count += 1
  const server = `lotbook-bench-${process.pid}-${count}`
  const { PATH = '', HOME = '' } = process.env
  const size = ['-x', `${columns}`, '-y', `${rows}`]
  const client = spawn('tmux', ['-L', server, '-f', '/dev/null', '-C', 'new-session', ...size, 'exec cat'], {
    env: { PATH, HOME, LANG: 'C.UTF-8', TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let written = ''
  let pid = 0
  let waiting: (() => void) | undefined
  const say = (line: string) => client.stdin.write(`${line}\n`)
  createInterface({ input: client.stdout }).on('line', (line) => {
    const output = /^%output %\d+ (.*)$/u.exec(line)?.[1]
    if (output !== undefined) {
      written += unescaped(output).replaceAll(escapes, '')
      waiting?.()
    }
    const found = /^program (\d+)$/u.exec(line)?.[1]
    if (found !== undefined) pid = Number(found)
  })
  const until = (fits: (written: string) => boolean, act: () => void): Promise<number> =>
    new Promise((resolve, reject) => {
      written = ''
      const timer = setTimeout(() => reject(new Error(`this never came:\n${written.slice(-2000)}`)), longest)
      waiting = () => {
        if (!fits(written)) return
        clearTimeout(timer)
        waiting = undefined
        resolve(performance.now() - from)
      }
      const from = performance.now()
      act()
    })
  say(`refresh-client -C ${columns}x${rows}`)
  return {
    start: (command, fits) =>
      until(fits, () => {
        say(`respawn-window -k "exec ${command.map(quoted).join(' ')}"`)
        say('display-message -p "program #{pane_pid}"')
      }),
    key: (key, fits) => until(fits, () => say(`send-keys ${quoted(key)}`)),
    written: () => written,
    peakMemory: () => Number(/VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    close: async () => {
      const closed = once(client, 'close')
      say('kill-server')
      await closed
    },
  }
}
