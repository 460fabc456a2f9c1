import { policies } from '@lotbook/domain'
import { Effect } from 'effect'
import { localActor } from '../actor.ts'
import { readArguments } from '../arguments.ts'
import { exitCode } from '../exit-code.ts'
import { readLedgerSettings, withLedger } from '../ledger.ts'
import { oneOf, SettingsReader } from '../settings.ts'
import type { Command } from '../surroundings.ts'

/** Shows or sets the policy. */
export const command: Command = {
  help: `Usage: lotbook policy [get] [--db FILE]
       lotbook policy set POLICY [--db FILE]

The policy belongs to the ledger: ${policies.join(', ')}. Setting it is logged with your name.`,
  run: async ({ args, env, print, tell }) => {
    const { flags, words, errors } = readArguments(args, { db: 'text' }, { least: 0, names: ['get or set', 'POLICY'] })
    const [verb = 'get', wanted] = words
    const reader = new SettingsReader(env, errors)
    const policy = wanted === undefined ? undefined : oneOf(policies)(wanted)
    if (verb !== 'get' && verb !== 'set') reader.refuse(`“${verb}” must be get or set`)
    if (verb === 'set' && policy === undefined) reader.refuse(`POLICY must be one of ${policies.join(', ')}`)
    if (verb === 'get' && wanted !== undefined) reader.refuse(`“${wanted}” is one word too many`)
    const settings = readLedgerSettings(reader, flags)
    reader.finish()
    return await withLedger(settings, { exists: true }, async ({ store }) => {
      if (policy !== undefined) {
        await Effect.runPromise(store.setPolicy(policy, localActor(), Date.now()))
        tell(`the policy is ${policy} from now on`)
      } else print(await Effect.runPromise(store.policy()))
      return exitCode.ok
    })
  },
}
