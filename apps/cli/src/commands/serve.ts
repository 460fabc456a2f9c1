import { serveLedger } from '../serving/serve-ledger.ts'
import { serverHelp } from '../serving/server-settings.ts'
import type { Command } from '../surroundings.ts'

/** Serves the HTTP API. */
export const command: Command = {
  help: `Usage: lotbook serve [options]

Serves the HTTP API until it is stopped (SIGTERM, SIGINT), making an empty ledger where there is none.
Once it listens it prints one line: lotbook listening on http://127.0.0.1:3000

${serverHelp}`,
  run: (surroundings) => serveLedger(surroundings, { sample: false }),
}
