import { parseArgs } from 'node:util'

/** The flags of a command: `text` takes a value, `texts` one each time it is given, `yes` none. */
export type Flags = Readonly<Record<string, 'text' | 'texts' | 'yes'>>

type ValueOf<K> = K extends 'text' ? string | undefined : K extends 'texts' ? readonly string[] : boolean

/** What was typed after a command, and all that is wrong with it. */
export interface Typed<F extends Flags> {
  readonly flags: { readonly [K in keyof F]: ValueOf<F[K]> }
  readonly words: readonly string[]
  readonly errors: readonly string[]
}

/** How many words (arguments that are no flags) a command takes, and what they are called. */
export interface Words {
  readonly least: number
  readonly names: readonly string[]
}

/** Reads what was typed after a command. All mistakes are found at once. */
export const readArguments = <const F extends Flags>(
  args: readonly string[],
  known: F,
  { least, names }: Words = { least: 0, names: [] },
): Typed<F> => {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, kind]) => [
      name,
      { type: kind === 'yes' ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true })
  const errors: string[] = []
  const words: string[] = []
  const flags: Record<string, unknown> = {}
  for (const [name, kind] of Object.entries(known))
    flags[name] = kind === 'texts' ? [] : kind === 'yes' ? false : undefined
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const kind = Object.hasOwn(known, name) ? known[name] : undefined
    if (kind === undefined) errors.push(`${rawName} is not an option of this command`)
    else if (kind === 'yes') {
      if (inlineValue === true) errors.push(`${rawName} takes no value`)
      flags[name] = true
    } else if (value === undefined || value === '' || (inlineValue === false && value.startsWith('-')))
      errors.push(`${rawName} needs a value`)
    else if (kind === 'texts') flags[name] = [...(flags[name] as readonly string[]), value]
    else if (flags[name] !== undefined) errors.push(`${rawName} is given twice`)
    else flags[name] = value
  }
  for (const name of names.slice(words.length, least)) errors.push(`${name} is missing`)
  for (const word of words.slice(names.length)) errors.push(`“${word}” is one word too many`)
  return { flags: flags as Typed<F>['flags'], words, errors }
}
