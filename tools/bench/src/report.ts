import { type Bar, type Finding, standing } from './finding.ts'
import { type Machine, realSync } from './machine.ts'

const number = (value: number): string => value.toFixed(2)

const limits = ({ sense, must, goal }: Bar): string => `${sense} ${must}; goal ${goal}`

const words = { goal: 'goal', met: 'met', 'not met': 'NOT met', 'no bar': '' } as const

const cellsOf = (finding: Finding): readonly string[] => [
  finding.name,
  finding.engine ?? '',
  finding.what,
  number(finding.ratio.median),
  `${number(finding.ratio.least)}–${number(finding.ratio.greatest)}`,
  finding.bar === undefined ? '' : limits(finding.bar),
  words[standing(finding)],
  finding.figures,
]

const head = ['Bar', 'On', 'What', 'Ratio', 'Spread', 'Must be', '', 'Medians']

/** The findings as lines of aligned columns. */
export const textTable = (findings: readonly Finding[]): string => {
  const rows = [head, ...findings.map(cellsOf)]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The machine in a few words. */
export const machineLine = ({ cores, node, sqlite, sync }: Machine): string =>
  `${cores} cores, Node ${node}, SQLite ${sqlite}, disk sync ${number(sync)} ms (p50 of a 4 KiB append)${
    sync < realSync ? ': the disk does not really sync, so only what is against the bare group says something' : ''
  }`

const markdownTable = (findings: readonly Finding[]): string =>
  [head, head.map(() => '---'), ...findings.map(cellsOf)].map((row) => `| ${row.join(' | ')} |`).join('\n')

/** `docs/performance.md`. */
export const markdown = (findings: readonly Finding[], machine: Machine, date: string): string => `# Performance

Written by \`npm run bench -- --write\` on ${date}: ${machineLine(machine)}.

Machines differ and are noisy, so only ratios count: both sides of one are measured in turns, round by round, in one run. Servers are loaded for eight seconds before that: in their first seconds they mostly compile what they run. Ratio is the median over the rounds, Spread the least and the greatest. Each bar is a promise; a run that breaks one fails.

${markdownTable(findings)}

- On PostgreSQL both sides are databases of one server on this machine, which waits for the disk at every commit. Bars are the same on both engines, but for B1: its bars speak of SQLite, and B11 of PostgreSQL at 16 connections. B8 and B12 have no store, and B9 is in memory.
- B1, B2, B11: every store begins with 10,000 lots on a real disk, and lots are drawn at random, all equally likely. Lotbook runs as \`lotbook serve\`, with its log, a key, and an idempotency key on every write. Bare is Hono and the driver alone with the same durability: one record of 22 columns and one balance, with a transaction for each POST (single; on PostgreSQL on 16 connections of a pool: BEGIN, two prepared statements, COMMIT), or on SQLite one for all that arrive in the same turn of the event loop (group). Servers and client are processes of their own. An answer other than 2xx ends the run. Processor time is that of all threads of the server, without PostgreSQL's.
- B3: the raw loop runs in this process, statement by statement in one durable transaction, each prepared once: on PostgreSQL each is a way there and back, where Lotbook writes a table at a time.
- B6, B10: the million records are copies of one, written by SQL; on PostgreSQL the cursor gives 1,000 rows at a time. Memory is that of \`lotbook serve\`.
- B7: 16 connections, pages drawn at random from the 20,000 records of 10,000 lots, all of which were read before. Ours has a key and answers records of 55 fields with the names behind their ids, whose texts it keeps (docs/adr/0036); bare is Hono's \`c.json\` over the rows of one table of 22 columns.
- B8, B9 and B12 run in this process and wait for nothing; what is compared is processor time, that of the collector included.
- B8: no store and no HTTP. The record has the 22 documented fields.
- B9: the decision is prepared, so the time is the repository's. The raw side has the same tables, indexes, triggers and statements, prepared once, the same JSON and the same hash.
- B4, B5: genealogies in a store, traced downstream by the library and written as JSON piece by piece; raw is the driver with a recursive query over the same table that lists the ids of the lots and nothing else. On SQLite processor time is compared, on PostgreSQL all time that passes, since two processes share the work. Lengths of time are caps.
- B12: what writes make most: an id in another millisecond than the one before.
`
