import { runTerminal } from '@lotbook/tui'
import { accessHelp, readAccess, withAccess } from '../access.ts'
import { readArguments } from '../arguments.ts'
import { exitCode, Stop } from '../exit-code.ts'
import { SettingsReader } from '../settings.ts'
import type { Command } from '../surroundings.ts'

/** Opens the terminal on the screen that the program was started on. */
export const command: Command = {
  help: `Usage: lotbook [terminal] [--db FILE | --url URL]

Opens the terminal: every lot, what may be done with it, and why the rest may not. ? shows the keys.

${accessHelp}`,
  run: async ({ args, env }) => {
    const { flags, errors } = readArguments(args, { db: 'text', url: 'text' })
    const reader = new SettingsReader(env, errors)
    const settings = readAccess(reader, flags)
    reader.finish()
    const { stdin, stdout } = process
    if (env['TERM'] === 'dumb')
      throw new Stop(
        'TERM is dumb, and the terminal moves the cursor: lotbook lots, lot, records, stock and trace print plain text',
        { code: exitCode.usage },
      )
    if (!stdin.isTTY || !stdout.isTTY)
      throw new Stop('the terminal needs a screen and a keyboard: see lotbook --help for what prints plain text', {
        code: exitCode.usage,
      })
    const endedBy = await withAccess(settings, ({ inventory, caller, where }) =>
      runTerminal({ inventory, caller, where, stdin, stdout, env }),
    )
    if (endedBy !== undefined) {
      // Whoever started the program sees what ended it, now that the screen is given back and the ledger closed.
      // Libraries may still listen for the signal, which would then end nothing.
      process.removeAllListeners(endedBy)
      process.kill(process.pid, endedBy)
    }
    return exitCode.ok
  },
}
