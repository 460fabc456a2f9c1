import type { ViewRef } from '../app/view-ref.ts'

/** What a command comes to: a view, or something that the app does itself. */
export type CommandResult =
  | ViewRef
  | { readonly does: 'help' | 'quit' | 'undo' }
  | { readonly scan: string; readonly view?: 'recall' }

/** One command of the command bar. */
export interface Command {
  readonly name: string
  readonly aliases: readonly string[]
  /** What may follow, for people; empty for nothing. */
  readonly words: string
  readonly help: string
  readonly run: (words: readonly string[]) => CommandResult
}

const filters = (words: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=')
      return at > 0 ? [word.slice(0, at), word.slice(at + 1)] : ['nameContains', word]
    }),
  )

const form = (name: string): CommandResult => ({ view: 'form', params: { form: name, filled: {} } })

/** The commands, in the order in which they are completed. */
export const commandTable: readonly Command[] = [
  {
    name: 'lots',
    aliases: ['l'],
    words: '[part of a name] [status=… material=… location=… onHand=true]',
    help: 'Shows the lots.',
    run: (words) => ({ view: 'lots', params: { query: filters(words) } }),
  },
  {
    name: 'lot',
    aliases: ['open'],
    words: 'NAME',
    help: 'Opens a lot by its name or id, as a scan does.',
    run: (words) => ({ scan: words.join(' ') }),
  },
  {
    name: 'records',
    aliases: ['r', 'history'],
    words: '[lotRecordType=… createdBy=… location=…]',
    help: 'Shows the lot records, newest first.',
    run: (words) => ({ view: 'records', params: { query: filters(words) } }),
  },
  {
    name: 'stock',
    aliases: ['s', 'where'],
    words: '[LOCATION]',
    help: 'Shows what lies where.',
    run: (words) => ({ view: 'stock', params: { location: words.length === 0 ? null : words.join(' ') } }),
  },
  {
    name: 'recall',
    aliases: [],
    words: 'NAME',
    help: 'Shows what a lot reached, and holds all of it.',
    run: (words) => ({ scan: words.join(' '), view: 'recall' }),
  },
  {
    name: 'actions',
    aliases: ['a', 'do'],
    words: '',
    help: 'Lists everything that can be done.',
    run: () => ({ view: 'actions', params: {} }),
  },
  { name: 'receive', aliases: [], words: '', help: 'Takes a delivery in.', run: () => form('receive') },
  { name: 'produce', aliases: [], words: '', help: 'Adds what was made to a lot.', run: () => form('produce') },
  {
    name: 'consume',
    aliases: [],
    words: '',
    help: 'Uses up, by the strategy of the location.',
    run: () => form('consume'),
  },
  { name: 'new', aliases: [], words: '', help: 'Makes a lot.', run: () => form('saveLot') },
  {
    name: 'undo',
    aliases: ['u'],
    words: '',
    help: 'Takes back the last action of this session.',
    run: () => ({ does: 'undo' }),
  },
  {
    name: 'help',
    aliases: ['h', '?'],
    words: '',
    help: 'Shows every key that works here.',
    run: () => ({ does: 'help' }),
  },
  { name: 'quit', aliases: ['q', 'exit'], words: '', help: 'Leaves.', run: () => ({ does: 'quit' }) },
]

/** Finds what was typed; a message where there is no such command. Quotes keep words together: `location="Dry store"`. */
export const readCommand = (line: string): CommandResult | { readonly refused: string } => {
  const [name = '', ...words] = [...line.matchAll(/(?:[^\s"]+|"[^"]*")+/gu)].map(([word]) => word.replaceAll('"', ''))
  const command = commandTable.find((one) => one.name === name || one.aliases.includes(name))
  return command?.run(words) ?? { refused: `there is no command “${name}”: ? lists all` }
}

/** The names that begin with what was typed, the fitting one first. */
export const completions = (line: string): readonly string[] =>
  /\s/u.test(line) ? [] : commandTable.map(({ name }) => name).filter((name) => name.startsWith(line))
