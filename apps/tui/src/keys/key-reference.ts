import { commandTable } from '../commands/command-table.ts'
import { shortestCode, waits } from '../input/keyboard.ts'
import { allKeys } from './all-keys.ts'
import { showKey } from './key-row.ts'

const code = (text: string): string => `\`${text}\``

/** Every key and every command of the terminal, as a page. */
export const writeKeyReference = (): string =>
  [
    '# Keys of the terminal',
    '',
    'Written by `npm run docs` from the tables that the program itself uses. `?` shows those of the view you are in.',
    '',
    `A scanned lot opens from any view: a burst of ${shortestCode.keys} characters or more that ends with Enter. The second comes within ${waits.key} ms of the first (${waits.move} ms where the first is a key that moves in a list), each later one and Enter within ${waits.burst} ms: a scanner that is slower types keys, so set it faster. A burst without Enter does nothing, nor does a Tab that ends it, except that \`:\` and what follows are a command.`,
    '',
    `In a form the code goes into the field, and its Enter or Tab to the next one, never further than the last line. On the last line, \`[ … ]\`, a code does nothing, and an Enter that comes after characters there does nothing either; the form says so. At a question a code is No. On that line and at a question every character waits ${waits.burst} ms for the next one.`,
    ...Object.entries(allKeys).flatMap(([where, rows]) => [
      '',
      `## ${where}`,
      '',
      '| Key | | What it does |',
      '| --- | --- | --- |',
      ...rows.map(
        ({ keys, label, help, dangerous }) =>
          `| ${keys.map((key) => code(showKey(key))).join(' ')} | ${label} | ${help}${dangerous === true ? ' Asks first.' : ''} |`,
      ),
    ]),
    '',
    '## Commands',
    '',
    'After `:`; Tab completes. Filters are written as `name=value`, by the names of the HTTP API.',
    '',
    '| Command | Also | What it does |',
    '| --- | --- | --- |',
    ...commandTable.map(
      ({ name, aliases, words, help }) =>
        `| ${code(words === '' ? `:${name}` : `:${name} ${words}`)} | ${aliases.map((alias) => code(`:${alias}`)).join(' ')} | ${help} |`,
    ),
    '',
  ].join('\n')
