import type { ExitCode } from './exit-code.ts'

/** What a command gets from the process: what was typed, what is set, and where to write. */
export interface Surroundings {
  /** What follows the name of the command. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** A line of data, on stdout. */
  readonly print: (line: string) => void
  /** A line for people, on stderr. */
  readonly tell: (line: string) => void
}

/** One command. Each has a file of its own, which is loaded when it is asked for. */
export interface Command {
  /** What `--help` prints. */
  readonly help: string
  readonly run: (surroundings: Surroundings) => Promise<ExitCode>
}
