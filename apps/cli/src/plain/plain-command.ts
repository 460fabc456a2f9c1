import { type Access, accessHelp, readAccess, withAccess } from '../access.ts'
import { type Flags, readArguments, type Typed, type Words } from '../arguments.ts'
import { exitCode } from '../exit-code.ts'
import { SettingsReader } from '../settings.ts'
import type { Command } from '../surroundings.ts'
import { asTyped, optionsOf } from './as-typed.ts'

/** What a plain command prints: data for programs, or lines for people, and what is said beside it on stderr. */
export interface Printed {
  readonly json: unknown
  readonly lines: readonly string[]
  readonly said?: readonly string[]
}

const common = { db: 'text', url: 'text', json: 'yes' } as const

/** A command that reads the ledger and prints it: a table, or with --json what the ledger answered. */
export const plainCommand = <const F extends Flags>(options: {
  /** The command and its words, as in `lot NAME`. */
  readonly usage: string
  readonly about: string
  readonly words: Words
  readonly flags: F
  /** What was typed for a field of the request that has another name there. */
  readonly typedAs?: Readonly<Record<string, string>>
  readonly read: (access: Access, typed: Pick<Typed<F>, 'flags' | 'words'>) => Promise<Printed>
}): Command => ({
  help: `Usage: lotbook ${options.usage} [options]

${options.about}

  --json                    what the ledger answers, as JSON
${Object.keys(options.flags)
  .map((name) => `  --${name}${options.flags[name] === 'yes' ? '' : ' VALUE'}`)
  .join('\n')}
${accessHelp}`,
  run: async ({ args, env, print, tell }) => {
    const typed = readArguments(args, { ...options.flags, ...common }, options.words)
    const reader = new SettingsReader(env, typed.errors)
    const flags = typed.flags as Typed<typeof common & F>['flags'] & Typed<typeof common>['flags']
    const settings = readAccess(reader, flags)
    reader.finish()
    const ownFlags = Object.entries(flags).filter(([name]) => Object.hasOwn(options.flags, name))
    const own = { flags: Object.fromEntries(ownFlags) as Typed<F>['flags'], words: typed.words }
    const names = { ...optionsOf(options.flags), ...options.typedAs }
    const {
      json,
      lines,
      said = [],
    } = await withAccess(settings, (access) => asTyped(names, () => options.read(access, own)))
    if (flags.json) print(JSON.stringify(json, null, 2))
    else for (const line of lines) print(line)
    for (const line of said) tell(line)
    return exitCode.ok
  },
})

/** What is said below a page that is not the last. */
export const moreOf = ({ next }: { readonly next: string | null }): readonly string[] =>
  next === null ? [] : [`there is more: --cursor ${next}`]

/** The flags that are given, as a query: `on-hand` → `onHand`. */
export const queryOf = (
  flags: Readonly<Record<string, string | boolean | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(flags)
      .filter(([, value]) => value !== undefined && value !== false)
      .map(([name, value]) => [
        name.replaceAll(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase()),
        String(value),
      ]),
  )
