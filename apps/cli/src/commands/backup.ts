import { Effect } from 'effect'
import { readArguments } from '../arguments.ts'
import { showCheckpoint } from '../checkpoint-text.ts'
import { exitCode } from '../exit-code.ts'
import { openLedger, readLedgerSettings, withLedger } from '../ledger.ts'
import { SettingsReader } from '../settings.ts'
import type { Command } from '../surroundings.ts'
import { notWritten, refuseExisting } from '../transfer/new-file.ts'

/** Copies the ledger. */
export const command: Command = {
  help: `Usage: lotbook backup FILE [--db FILE]

Copies the ledger into FILE, which must not exist yet, while servers go on reading and writing.
Prints the checkpoint of the copy. lotbook verify --db FILE looks through it.`,
  run: async ({ args, env, print, tell }) => {
    const { flags, words, errors } = readArguments(args, { db: 'text' }, { least: 1, names: ['FILE'] })
    const reader = new SettingsReader(env, errors)
    const settings = readLedgerSettings(reader, flags)
    if (words[0] === '-')
      reader.refuse('FILE must be a file, not “-”: lotbook export writes the ledger to the standard output')
    reader.finish()
    const filename = words[0] as string
    refuseExisting(filename)
    await withLedger(settings, { exists: true }, async ({ backup }) => {
      try {
        await backup(filename)
      } catch (error) {
        throw notWritten(filename, error)
      }
    })
    const copy = await openLedger({ ...settings, filename })
    try {
      print(showCheckpoint(await Effect.runPromise(copy.store.checkpoint())))
    } finally {
      await copy.close()
    }
    tell(`copied into ${filename}`)
    return exitCode.ok
  },
}
