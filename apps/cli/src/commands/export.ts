import { importKinds, makeInventory, makeUlidSource } from '@lotbook/domain'
import { type ExportKind, exportKindOf, exportRows, exportWords, type Format, formats } from '@lotbook/exchange'
import type { OpenStore } from '@lotbook/repository'
import { localActor } from '../actor.ts'
import { readArguments } from '../arguments.ts'
import { exitCode } from '../exit-code.ts'
import { readLedgerSettings, withLedger } from '../ledger.ts'
import { oneOf, SettingsReader } from '../settings.ts'
import type { Command } from '../surroundings.ts'
import { formatOf } from '../transfer/source-file.ts'
import { writeOut } from '../transfer/write-out.ts'

async function* rowsOf(open: OpenStore, kind: ExportKind, format: Format): AsyncGenerator<string> {
  const { store, close } = await open.snapshot()
  try {
    const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
    yield* exportRows(inventory, { actor: localActor(), grants: ['INVENTORY'] }, kind, format)
  } finally {
    await close()
  }
}

/** Exports the ledger. */
export const command: Command = {
  help: `Usage: lotbook export [FILE] [--kind KIND] [--format ndjson|csv] [--db FILE]

Writes one moment of the ledger into FILE, which must not exist yet, or to the standard output, while servers go on
writing.
Without --kind, all of it as NDJSON: what lotbook import --restore makes the same ledger of, chain and all. API keys are
not in it.
With --kind (${importKinds.join(', ')}, stock; or the list: lots, records …), what people and lotbook import read. In CSV, a text that a spreadsheet would take
for a formula gets an apostrophe in front, which lotbook import takes away again.`,
  run: async ({ args, env, tell }) => {
    const known = { kind: 'text', format: 'text', db: 'text' } as const
    const { flags, words, errors } = readArguments(args, known, { least: 0, names: ['FILE'] })
    const reader = new SettingsReader(env, errors)
    const settings = readLedgerSettings(reader, flags)
    const [file] = words
    const kind = exportKindOf(flags.kind ?? '')
    const format = oneOf(formats)(flags.format ?? formatOf(file ?? '') ?? 'ndjson')
    if (flags.kind !== undefined && kind === undefined) reader.refuse(`--kind must be one of ${exportWords.join(', ')}`)
    if (format === undefined) reader.refuse(`--format must be one of ${formats.join(', ')}`)
    if (format === 'csv' && flags.kind === undefined) reader.refuse('--kind is needed: CSV holds one kind a file')
    reader.finish()
    await withLedger(settings, { exists: true }, (open) =>
      writeOut(kind === undefined ? open.archive.write() : rowsOf(open, kind, format ?? 'ndjson'), file),
    )
    if (file !== undefined && file !== '-') tell(`exported into ${file}`)
    return exitCode.ok
  },
}
