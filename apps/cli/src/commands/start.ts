import { serveLedger } from '../serving/serve-ledger.ts'
import { serverHelp } from '../serving/server-settings.ts'
import type { Command } from '../surroundings.ts'

/** Serves the HTTP API, with the sample plant where there is nothing yet. */
export const command: Command = {
  help: `Usage: lotbook start [options]

Like lotbook serve; a ledger that is empty gets the sample plant first, and two calls to try are printed.

${serverHelp}`,
  run: (surroundings) => serveLedger(surroundings, { sample: true }),
}
