import { readFileSync } from 'node:fs'
import { commands } from './commands.ts'
import { type ExitCode, exitCode, exitCodeOf, Stop } from './exit-code.ts'
import type { Surroundings } from './surroundings.ts'

export { endUntold, endUnwritten, goOnUntold } from './output-gone.ts'

const usage = (): string => {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  return [
    'Usage: lotbook COMMAND [options]',
    '',
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'lotbook COMMAND --help says more; lotbook --version prints the version.',
    'Exit codes: 0 done, 1 verify found something, 2 wrong command line or setting, 3 refused, 4 not found,',
    '5 somebody else was first, 6 the store is not available.',
  ].join('\n')
}

const version = (): string => {
  const { version: text } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly version: string
  }
  return text
}

const isHelp = (word: string): boolean => word === '--help' || word === '-h'

// Without a command, on a screen and a keyboard, the terminal opens. With a ledger only, it opens or says what it needs.
const withCommand = (words: readonly string[]): readonly string[] => {
  const [first] = words
  const opens = first === undefined ? process.stdin.isTTY && process.stdout.isTTY : /^--(?:db|url)(?:=|$)/u.test(first)
  return opens ? ['terminal', ...words] : words
}

const run = async (words: readonly string[], around: Omit<Surroundings, 'args'>): Promise<ExitCode> => {
  const [name, ...args] = withCommand(words)
  if (name === '--version') {
    around.print(version())
    return exitCode.ok
  }
  if (name === undefined || isHelp(name) || name === 'help') {
    around.print(usage())
    return name === undefined ? exitCode.usage : exitCode.ok
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (entry === undefined) throw new Stop(`“${name}” is not a command: see lotbook --help`, { code: exitCode.usage })
  const { command } = await entry.load()
  if (args.some(isHelp)) {
    around.print(command.help)
    return exitCode.ok
  }
  return await command.run({ ...around, args })
}

/** Runs the program: what was typed, and where to write. Everything that goes wrong ends here, as words and a number. */
export const main = async (argv: readonly string[], around: Omit<Surroundings, 'args'>): Promise<ExitCode> => {
  try {
    return await run(argv, around)
  } catch (error) {
    if (error instanceof Stop) {
      for (const line of error.message.split('\n')) around.tell(`lotbook: ${line}`)
      return error.code
    }
    const code = exitCodeOf(error)
    around.tell(
      `lotbook: ${code === undefined ? (error instanceof Error ? error.stack : String(error)) : (error as Error).message}`,
    )
    return code ?? exitCode.defect
  }
}
