import { type RecallView, recallFormats, recallText } from '@lotbook/domain'
import { Effect } from 'effect'
import { type Access, accessHelp, readAccess, withAccess } from '../access.ts'
import { readArguments } from '../arguments.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { asTyped, optionsOf } from '../plain/as-typed.ts'
import { findLot } from '../plain/find-lot.ts'
import { type Drill, drill, drillJson, drillLines } from '../recall/drill.ts'
import { holdLines, recallLines } from '../recall/recall-lines.ts'
import { SettingsReader } from '../settings.ts'
import type { Command } from '../surroundings.ts'
import { forTerminal } from '../terminal-text.ts'

const flags = {
  material: 'text',
  'as-of': 'text',
  limit: 'text',
  format: 'text',
  hold: 'yes',
  'dry-run': 'yes',
  notes: 'text',
  reason: 'text',
  drill: 'yes',
  db: 'text',
  url: 'text',
} as const

const names = { ...optionsOf(flags), materialReasonCodeId: '--reason' }

type Flags = ReturnType<typeof readArguments<typeof flags>>['flags']

interface Said {
  readonly lines: readonly string[]
  /** Beside the data, on stderr. */
  readonly told: readonly string[]
  readonly code: ExitCode
}

// What is left out, or does not add up, must not pass for a good answer.
const codeOf = ({ complete, balanced }: RecallView): ExitCode =>
  complete && balanced ? exitCode.ok : exitCode.mismatch

const asText = (pieces: Iterable<string>): readonly string[] => [[...pieces].join('').replace(/(?:\r?\n)+$/u, '')]

const recalled = (recall: RecallView, format: string | undefined): Said => {
  const word = recallFormats.find((name) => name === format)
  const heading = `recall of lot ${recall.lotName} (${recall.materialPath}): ${recall.complete ? 'complete' : 'INCOMPLETE'}`
  return {
    lines: word === undefined ? recallLines(recall) : asText(recallText[word](recall)),
    told: [heading, ...recall.warnings].map(forTerminal),
    code: codeOf(recall),
  }
}

const drilled = (done: Drill, format: string | undefined): Said => ({
  lines: format === 'JSON' ? [JSON.stringify(drillJson(done), null, 2)] : drillLines(done),
  told: done.recall.warnings.map(forTerminal),
  code: codeOf(done.recall),
})

const held = async (access: Access, id: string, typed: Flags, format: string | undefined): Promise<Said> => {
  const { inventory, caller } = access
  const request = { limit: typed.limit, notes: typed.notes, materialReasonCodeId: typed.reason }
  const hold = typed['dry-run'] ? inventory.dryRun.holdRecalledLots : inventory.holdRecalledLots
  const done = await Effect.runPromise(hold(id, request, caller))
  const count = `${done.held.length} ${done.held.length === 1 ? 'lot' : 'lots'}`
  return {
    lines: format === 'JSON' ? [JSON.stringify(done, null, 2)] : holdLines(done),
    told: [typed['dry-run'] ? `${count} would be put on QA_HOLD; nothing was written` : `${count} put on QA_HOLD`],
    code: exitCode.ok,
  }
}

const run = async (
  access: Access,
  typed: Flags,
  word: string | undefined,
  format: string | undefined,
): Promise<Said> => {
  const id = word === undefined ? undefined : ((await findLot(access, word, typed.material)).id ?? '')
  if (typed.drill) return drilled(await drill(access, id), format)
  if (typed.hold) return held(access, id ?? '', typed, format)
  const query = { asOf: typed['as-of'], limit: typed.limit }
  return recalled(await Effect.runPromise(access.inventory.recallLot(id ?? '', query, access.caller)), format)
}

const refuseTogether = (typed: Flags, reader: SettingsReader, format: string | undefined): void => {
  const given = (names: readonly (keyof Flags)[]): readonly string[] =>
    names.filter((name) => typed[name] !== undefined && typed[name] !== false).map((name) => `--${name}`)
  const refuse = (names: readonly (keyof Flags)[], why: string): void => {
    for (const name of given(names)) reader.refuse(`${name} ${why}`)
  }
  if (typed.drill) refuse(['hold', 'dry-run', 'notes', 'reason', 'as-of', 'limit'], 'does not go with --drill')
  else if (typed.hold) refuse(['as-of'], 'does not go with --hold: what is held is what is affected now')
  else refuse(['dry-run', 'notes', 'reason'], 'goes with --hold only')
  if ((typed.hold || typed.drill) && format !== undefined && format !== 'JSON')
    reader.refuse(`--format ${format.toLowerCase()} is for the recall itself`)
}

/** Says what a lot reached, holds it, or tries how long that takes. */
export const command: Command = {
  help: `Usage: lotbook recall LOT [--material PATH] [--as-of TIME] [--limit N] [--format json|csv|html]
       lotbook recall LOT --hold [--dry-run] [--notes TEXT] [--reason ID] [--format json]
       lotbook recall --drill [LOT] [--format json]

Recalls a lot: every lot that something of it went into, where it lies, what was shipped and to whom, what is held, and
whether all of it adds up. --format html is a report that prints on A4.

  --hold        put every affected lot that has stock on QA_HOLD, all or nothing; --dry-run only says which
  --drill       take the time of a recall, of a lot drawn at random unless one is named; nothing is written
${accessHelp}

Ends with 1 where the recall is incomplete or does not add up.`,
  run: async ({ args, env, print, tell }) => {
    const first = readArguments(args, flags, { least: 0, names: ['LOT'] })
    const typed = first.flags.drill ? first : readArguments(args, flags, { least: 1, names: ['LOT'] })
    const reader = new SettingsReader(env, typed.errors)
    const settings = readAccess(reader, typed.flags)
    const format = typed.flags.format?.toUpperCase()
    if (format !== undefined && !recallFormats.some((name) => name === format))
      reader.refuse('--format must be json, csv or html')
    refuseTogether(typed.flags, reader, format)
    reader.finish()
    const { lines, told, code } = await withAccess(settings, (access) =>
      asTyped(names, () => run(access, typed.flags, typed.words[0], format)),
    )
    for (const line of told) tell(line)
    for (const line of lines) print(line)
    return code
  },
}
