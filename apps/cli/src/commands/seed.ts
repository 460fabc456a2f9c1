import { Effect } from 'effect'
import { readArguments } from '../arguments.ts'
import { showCheckpoint } from '../checkpoint-text.ts'
import { dateRule, readDate } from '../dates.ts'
import { exitCode, Stop } from '../exit-code.ts'
import { readLedgerSettings, withLedger } from '../ledger.ts'
import { earliestToday } from '../sample-plant/calendar.ts'
import { writeSample } from '../sample-plant/write-sample.ts'
import { SettingsReader } from '../settings.ts'
import type { Command } from '../surroundings.ts'

/** Writes the sample plant. */
export const command: Command = {
  help: `Usage: lotbook seed [--now DATE] [--policy POLICY] [--db FILE]

Writes the sample plant into a ledger that is empty or not there yet: a small dairy with 12 materials, 15 locations,
40 lots and 300 records over the six weeks before DATE (today). The same DATE gives the same ledger, hash for hash.`,
  run: async ({ args, env, print, tell }) => {
    const { flags, errors } = readArguments(args, { now: 'text', policy: 'text', db: 'text' })
    const reader = new SettingsReader(env, errors)
    const settings = readLedgerSettings(reader, flags)
    const today = flags.now === undefined ? Date.now() : readDate(flags.now)
    if (today === undefined) reader.refuse(`--now ${dateRule}, not “${flags.now}”`)
    else if (today < earliestToday || today > Date.now()) reader.refuse('--now must lie between 1970-02-13 and today')
    reader.finish()
    return await withLedger(settings, { exists: false }, async (open) => {
      const { filename } = open.info
      if (!(await writeSample(open, today as number)))
        throw new Stop(`${filename} is not empty: name another`, { code: exitCode.refused })
      print(showCheckpoint(await Effect.runPromise(open.store.checkpoint())))
      tell(`wrote the sample plant into ${filename}`)
      return exitCode.ok
    })
  },
}
