import { type Grant, grants, readName, showInstant } from '@lotbook/domain'
import type { ApiKey } from '@lotbook/repository'
import { Effect } from 'effect'
import { isLocal, localActor } from '../actor.ts'
import { readArguments } from '../arguments.ts'
import { dateRule, readDate } from '../dates.ts'
import { exitCode } from '../exit-code.ts'
import { readLedgerSettings, withLedger } from '../ledger.ts'
import { oneOf, SettingsReader } from '../settings.ts'
import type { Command, Surroundings } from '../surroundings.ts'
import { table } from '../table.ts'

type Subcommand = (surroundings: Surroundings) => ReturnType<Command['run']>

const create: Subcommand = async ({ args, env, print, tell }) => {
  const { flags, words, errors } = readArguments(
    args,
    { grant: 'texts', expires: 'text', db: 'text' },
    { least: 1, names: ['NAME'] },
  )
  const reader = new SettingsReader(env, errors)
  const settings = readLedgerSettings(reader, flags)
  const name = readName(words[0] ?? '')
  if (words[0] !== undefined && name === undefined)
    reader.refuse('NAME must be 1 to 255 visible characters without “/”, and not look like an id')
  if (name !== undefined && isLocal(name))
    reader.refuse('NAME must not begin with “local:”: so are called those who write on the command line')
  const given = flags.grant.flatMap((text) => text.split(','))
  const held = given.flatMap((text): readonly Grant[] => {
    const grant = oneOf(grants)(text)
    if (grant === undefined) reader.refuse(`--grant must be one of ${grants.join(', ')}, not “${text}”`)
    return grant === undefined ? [] : [grant]
  })
  if (given.length === 0) reader.refuse('--grant is missing: a key may do nothing that it is not granted')
  const expires = flags.expires === undefined ? null : readDate(flags.expires)
  if (expires === undefined) reader.refuse(`--expires ${dateRule}, not “${flags.expires}”`)
  else if (expires !== null && expires <= Date.now()) reader.refuse(`--expires must lie ahead, not be ${flags.expires}`)
  reader.finish()
  const key = { name: name as string, grants: held, expires: expires as number | null }
  const { secret } = await withLedger(settings, { exists: false }, ({ keys }) =>
    Effect.runPromise(keys.create({ ...key, createdBy: localActor(), now: Date.now() })),
  )
  print(secret)
  tell(`the API key ${key.name} may ${held.join(', ')}; its secret is shown only now`)
  return exitCode.ok
}

const stateOf = ({ revokedDate, expires }: ApiKey, now: number): string =>
  revokedDate !== null ? 'revoked' : expires !== null && expires <= now ? 'expired' : 'good'

const list: Subcommand = async ({ args, env, print }) => {
  const { flags, errors } = readArguments(args, { json: 'yes', db: 'text' })
  const reader = new SettingsReader(env, errors)
  const settings = readLedgerSettings(reader, flags)
  reader.finish()
  const all = await withLedger(settings, { exists: true }, ({ keys }) => Effect.runPromise(keys.list()))
  const now = Date.now()
  const date = (instant: number | null): string | null => (instant === null ? null : showInstant(instant))
  const rows = all.map((key) => ({
    name: key.name,
    state: stateOf(key, now),
    grants: key.grants,
    created: date(key.createdDate),
    createdBy: key.createdBy,
    expires: date(key.expires),
    revoked: date(key.revokedDate),
    revokedBy: key.revokedBy,
  }))
  if (flags.json) print(JSON.stringify(rows, null, 2))
  else
    for (const line of table(
      ['NAME', 'STATE', 'MAY', 'CREATED', 'BY', 'EXPIRES'],
      rows.map((row) => [row.name, row.state, row.grants.join(' '), row.created, row.createdBy, row.expires]),
    ))
      print(line)
  return exitCode.ok
}

const revoke: Subcommand = async ({ args, env, tell }) => {
  const { flags, words, errors } = readArguments(args, { db: 'text' }, { least: 1, names: ['NAME'] })
  const reader = new SettingsReader(env, errors)
  const settings = readLedgerSettings(reader, flags)
  reader.finish()
  const by = { actor: localActor(), now: Date.now() }
  const key = await withLedger(settings, { exists: true }, ({ keys }) =>
    Effect.runPromise(keys.revoke(words[0] as string, by)),
  )
  tell(`the API key ${key.name} is revoked`)
  return exitCode.ok
}

const subcommands: Readonly<Record<string, Subcommand>> = { create, list, revoke }

/** Makes, lists and revokes API keys. */
export const command: Command = {
  help: `Usage: lotbook keys create NAME --grant GRANT … [--expires DATE] [--db FILE]
       lotbook keys list [--json] [--db FILE]
       lotbook keys revoke NAME [--db FILE]

create prints the secret of the key, once: only its hash is kept. A key expires with the first moment (UTC) of a DATE, or
at an instant. A GRANT is a permission or a parent of some:
${grants.join(', ')}.`,
  run: async (surroundings) => {
    const [verb = '', ...args] = surroundings.args
    const subcommand = Object.hasOwn(subcommands, verb) ? subcommands[verb] : undefined
    if (subcommand !== undefined) return await subcommand({ ...surroundings, args })
    const reader = new SettingsReader(surroundings.env)
    reader.refuse(verb === '' ? 'say what to do: create, list or revoke' : `“${verb}” must be create, list or revoke`)
    reader.finish()
    return exitCode.usage
  },
}
