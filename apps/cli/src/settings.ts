import { exitCode, Stop } from './exit-code.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Reads settings from flags and the environment, and keeps what is wrong until all have been read. */
export class SettingsReader {
  readonly #env: Environment
  readonly #errors: string[]

  constructor(env: Environment, errors: readonly string[] = []) {
    this.#env = env
    this.#errors = [...errors]
  }

  /** Notes something that is wrong. */
  refuse(message: string): void {
    this.#errors.push(message)
  }

  /**
   * The value of a setting: its flag, else its variable, else the default. `read` gives undefined for what it does not
   * take; `rule` then says what would be right.
   */
  read<A>(setting: {
    readonly flag?: { readonly name: string; readonly value: string | undefined }
    readonly variable: string
    readonly read: (text: string) => A | undefined
    readonly rule: string
    readonly otherwise: A
    /** What is set must not be shown. */
    readonly secret?: true
  }): A {
    const { flag, variable, rule, otherwise } = setting
    const fromFlag = flag?.value !== undefined
    const text = fromFlag ? flag.value : this.#env[variable]
    if (text === undefined || text === '') return otherwise
    const value = setting.read(text)
    if (value !== undefined) return value
    const name = fromFlag ? `--${flag.name}` : variable
    this.refuse(setting.secret === true ? `${name} ${rule}` : `${name} ${rule}, not “${text}”`)
    return otherwise
  }

  /** Ends the command where anything was wrong, and says all of it. */
  finish(): void {
    if (this.#errors.length > 0) throw new Stop(this.#errors.join('\n'), { code: exitCode.usage })
  }
}

/** One of a list of words. */
export const oneOf =
  <const L extends readonly string[]>(words: L) =>
  (text: string): L[number] | undefined =>
    words.find((word) => word === text)

/** A whole number from 0 to 65535. */
export const readPort = (text: string): number | undefined => {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : undefined
  return port !== undefined && port <= 65_535 ? port : undefined
}

/** The name of a host or an IP address. */
export const readHost = (text: string): string | undefined =>
  /^[0-9A-Za-z:._%-]{1,255}$/u.test(text) ? text : undefined
