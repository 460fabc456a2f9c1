import { randomUUID } from 'node:crypto'
import { type ImportKey, importKinds, isImportKind, makeImporter, makeUlidSource } from '@lotbook/domain'
import {
  archiveLines,
  type Format,
  formats,
  readAhead,
  readCsv,
  readNdjson,
  runImport,
  UnreadableFile,
} from '@lotbook/exchange'
import { localActor } from '../actor.ts'
import { readArguments } from '../arguments.ts'
import { showCheckpoint } from '../checkpoint-text.ts'
import { type ExitCode, exitCode, Stop } from '../exit-code.ts'
import { type LedgerSettings, readLedgerSettings, withLedger } from '../ledger.ts'
import { SettingsReader } from '../settings.ts'
import type { Command, Surroundings } from '../surroundings.ts'
import { cannotRestore } from '../transfer/cannot-restore.ts'
import { makeProgress } from '../transfer/progress.ts'
import { openRefusedFile } from '../transfer/refused-file.ts'
import { digestOf, formatOf, openSource, type SourceFile } from '../transfer/source-file.ts'

const mostListed = 100
const oneWeek = 7 * 24 * 60 * 60 * 1000

const keyOf = async ({ name }: SourceFile, what: string): Promise<ImportKey> => {
  const scope = 'lotbook import'
  // What comes through a pipe cannot be read twice: it cannot be told whether it is the same.
  if (name === '-') return { scope, key: randomUUID(), fingerprint: what, expires: Date.now() + oneWeek }
  return { scope, key: await digestOf(name), fingerprint: what, expires: null }
}

const unreadable = (error: unknown): never => {
  if (error instanceof UnreadableFile) throw new Stop(error.message, { code: exitCode.usage, cause: error })
  throw error
}

const importRows = async (
  source: SourceFile,
  format: Format,
  kind: (typeof importKinds)[number],
  settings: LedgerSettings,
  into: string | undefined,
  { print, tell }: Surroundings,
): Promise<ExitCode> => {
  const key = await keyOf(source, format === 'csv' ? `csv ${kind}` : 'ndjson')
  const progress = makeProgress({
    total: source.size,
    isTerminal: process.stderr.isTTY === true,
    write: (text) => process.stderr.write(text),
    now: Date.now,
  })
  const refusedFile = into === undefined ? undefined : openRefusedFile(into)
  let listed = 0
  let unwritten = 0
  const work = async () => {
    // Before the ledger is opened: what is no file of rows makes none.
    const rows = await readAhead(
      format === 'csv' ? readCsv(source.bytes(), kind, refusedFile?.header) : readNdjson(source.bytes()),
    )
    return await withLedger(settings, { exists: false }, ({ store }) =>
      runImport({
        importer: makeImporter({ store, now: Date.now, newUlid: makeUlidSource() }),
        caller: { actor: localActor(), grants: ['INVENTORY'] },
        key,
        rows,
        onProgress: ({ rows }) => progress.at(source.position(), rows),
        onRefused: ({ line, text }, errors) => {
          if (text === null) unwritten += 1
          else refusedFile?.add(text)
          listed += 1
          if (listed > mostListed) return
          progress.end()
          for (const [field, messages] of Object.entries(errors))
            tell(`line ${line}: ${field === '(root)' ? '' : `${field} `}${messages.join('; ')}`)
        },
      }),
    )
  }
  const imported = work()
    .catch(unreadable)
    .finally(() => {
      progress.end()
      refusedFile?.end()
    })
  const { report, wasFinished } = await imported
  if (listed > mostListed) tell(`${listed - mostListed} more rows were refused`)
  if (into !== undefined && unwritten > 0)
    tell(`${unwritten} of the refused rows could not be read and are not in ${into}: take them from the file`)
  if (wasFinished) tell(`this file was imported before: nothing was done now`)
  print(`${report.rows} rows: ${report.saved} saved, ${report.alreadyThere} already there, ${report.refused} refused`)
  return report.refused > 0 ? exitCode.refused : exitCode.ok
}

const restore = async (
  source: SourceFile,
  settings: LedgerSettings,
  { print, tell }: Surroundings,
): Promise<ExitCode> => {
  const lines = await archiveLines(source.bytes()).catch(unreadable)
  const checkpoint = await withLedger(settings, { exists: false }, ({ archive, info }) =>
    archive.restore(lines).catch(cannotRestore(source.name, info.filename)),
  )
  print(showCheckpoint(checkpoint))
  tell(`restored and verified ${checkpoint.count} versions`)
  return exitCode.ok
}

/** Imports a file of rows. */
export const command: Command = {
  help: `Usage: lotbook import FILE|- [--kind KIND] [--format ndjson|csv] [--refused FILE] [--db FILE]
       lotbook import FILE|- --restore [--db FILE]

Saves what a file holds, row by row, each decided by the rules of every other request; you are the author.
NDJSON: one JSON object a line, with "kind" (${importKinds.join(', ')}) and the fields of that kind.
CSV: a header row of field names, one kind a file, named by --kind. A header that does not fit is answered
with the fields of its kind.
A row that is refused is reported with its line and changes nothing; the others are saved. What is already there with
the same fields is left as it is. The same file may be given again, also after a crash: it goes on where it stopped,
and nothing is saved twice. What comes through - cannot be taken up again.
Ends with 3 where rows were refused.
A lot gets its status now. To write the records of lots again that lotbook export --kind wrote, leave the status of the
lots out: their records bring it. Reversals and merges of whole lots are refused: the same ledger comes from --restore.
--refused FILE writes the rows that are refused now into a new FILE, as they were: correct and import that one. A
corrected copy of the whole file would be another file, and its records would be written again.
--restore makes the ledger anew that lotbook export wrote into the file, in a ledger that is empty or not there yet, and
verifies it. Until that is done the ledger refuses to be used.`,
  run: async (around) => {
    const known = { kind: 'text', format: 'text', refused: 'text', db: 'text', restore: 'yes' } as const
    const { flags, words, errors } = readArguments(around.args, known, { least: 1, names: ['FILE'] })
    const reader = new SettingsReader(around.env, errors)
    const settings = readLedgerSettings(reader, flags)
    const name = words[0] ?? '-'
    if (flags.restore) {
      if (flags.kind !== undefined || flags.format !== undefined || flags.refused !== undefined)
        reader.refuse('--restore takes what lotbook export wrote without --kind, and no --kind, --format or --refused')
      reader.finish()
      return await restore(openSource(name), settings, around)
    }
    const format = flags.format ?? formatOf(name)
    if (format === undefined || !formats.includes(format as Format))
      reader.refuse(`--format must be one of ${formats.join(', ')}: the name of the file does not tell`)
    if (format === 'csv' ? !isImportKind(flags.kind) : flags.kind !== undefined)
      reader.refuse(
        format === 'csv'
          ? `--kind must be one of ${importKinds.join(', ')}`
          : '--kind is for CSV: a line of NDJSON says its kind itself',
      )
    reader.finish()
    const kind = isImportKind(flags.kind) ? flags.kind : 'unit'
    return await importRows(openSource(name), format as Format, kind, settings, flags.refused, around)
  },
}
