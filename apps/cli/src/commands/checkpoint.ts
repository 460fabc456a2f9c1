import { Effect } from 'effect'
import { readArguments } from '../arguments.ts'
import { showCheckpoint } from '../checkpoint-text.ts'
import { exitCode } from '../exit-code.ts'
import { readLedgerSettings, withLedger } from '../ledger.ts'
import { SettingsReader } from '../settings.ts'
import type { Command } from '../surroundings.ts'

/** Prints the end of the chain. */
export const command: Command = {
  help: `Usage: lotbook checkpoint [--json] [--db FILE]

Prints how many versions the ledger has and the hash of the last, as COUNT:HASH.
Keep it elsewhere: lotbook verify --against finds even a ledger that was rewritten as a whole.`,
  run: async ({ args, env, print }) => {
    const { flags, errors } = readArguments(args, { db: 'text', json: 'yes' })
    const reader = new SettingsReader(env, errors)
    const settings = readLedgerSettings(reader, flags)
    reader.finish()
    const checkpoint = await withLedger(settings, { exists: true }, ({ store }) =>
      Effect.runPromise(store.checkpoint()),
    )
    print(flags.json ? JSON.stringify(checkpoint) : showCheckpoint(checkpoint))
    return exitCode.ok
  },
}
