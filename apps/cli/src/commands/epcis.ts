import { isUtf8 } from 'node:buffer'
import { makeEpcis, makeInventory, makeUlidSource, mostEvents, type Refusal, readUlid } from '@lotbook/domain'
import { exportEpcis, sha256, whyAmbiguous } from '@lotbook/exchange'
import { Effect, Result } from 'effect'
import { localActor } from '../actor.ts'
import { readArguments } from '../arguments.ts'
import { dateRule, readDate, readLastDate } from '../dates.ts'
import { type ExitCode, exitCode, Stop } from '../exit-code.ts'
import { readLedgerSettings, withLedger } from '../ledger.ts'
import { asTyped, optionsOf } from '../plain/as-typed.ts'
import { findLot } from '../plain/find-lot.ts'
import { SettingsReader } from '../settings.ts'
import type { Command, Surroundings } from '../surroundings.ts'
import { openSource } from '../transfer/source-file.ts'
import { writeOut } from '../transfer/write-out.ts'

type Subcommand = (surroundings: Surroundings) => Promise<ExitCode>

const mostListed = 100

const makeOver = (store: Parameters<typeof makeEpcis>[0]['store']) =>
  makeEpcis({ store, now: Date.now, newUlid: makeUlidSource(), sha256 })

const tellEvents: Subcommand = async ({ args, env, tell }) => {
  const known = {
    ...({ lot: 'text', material: 'text', direction: 'text', depth: 'text' } as const),
    ...({ from: 'text', to: 'text', base: 'text', db: 'text' } as const),
  }
  const { flags, words, errors } = readArguments(args, known, { least: 0, names: ['FILE'] })
  const reader = new SettingsReader(env, errors)
  const settings = readLedgerSettings(reader, flags)
  const dateOf = (name: 'from' | 'to'): string | undefined => {
    const text = flags[name]
    if (text === undefined) return undefined
    const date = (name === 'to' ? readLastDate : readDate)(text)
    if (date === undefined) reader.refuse(`--${name} ${dateRule}, not “${text}”`)
    return date === undefined ? undefined : new Date(date).toISOString()
  }
  const [from, to] = [dateOf('from'), dateOf('to')]
  reader.finish()
  const { lot, material, direction, depth, base } = flags
  const query = { lot, material, direction, depth, from, to, base }
  const [file] = words
  await withLedger(settings, { exists: true }, async (open) => {
    const { store, close } = await open.snapshot()
    try {
      const caller = { actor: localActor(), grants: ['INVENTORY.READ.GET'] as const }
      await asTyped(optionsOf(known), async () => {
        const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
        // As in a trace and a recall: the material is needed only where several lots have the name.
        const isName = lot !== undefined && material === undefined && readUlid(lot) === undefined
        const named = isName ? ((await findLot({ inventory, caller }, lot, undefined)).id ?? lot) : lot
        await writeOut(exportEpcis(makeOver(store), caller, { ...query, lot: named }, Date.now), file)
      })
    } finally {
      await close()
    }
  })
  if (file !== undefined && file !== '-') tell(`exported into ${file}`)
  return exitCode.ok
}

const readDocument = async (name: string): Promise<unknown> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of openSource(name).bytes()) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  const called = name === '-' ? 'the input' : name
  if (!isUtf8(bytes)) throw new Stop(`${called} is not UTF-8`, { code: exitCode.usage })
  try {
    const text = bytes.toString('utf8').replace(/^\ufeff/u, '')
    const document: unknown = JSON.parse(text)
    const ambiguous = whyAmbiguous(text, document)
    if (ambiguous !== undefined) throw new Stop(`${called} ${ambiguous}`, { code: exitCode.usage })
    return document
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new Stop(`${called} is not JSON: ${cause.message}`, { code: exitCode.usage, cause })
  }
}

/** Tells what is wrong, one line for each place, as many as a person reads. */
const listFaults = (refusal: Refusal, tell: Surroundings['tell']): ExitCode => {
  const faults = refusal._tag === 'ValidationFailed' ? Object.entries(refusal.violations) : []
  if (faults.length === 0) throw refusal
  for (const [pointer, messages] of faults.slice(0, mostListed)) tell(`${pointer}: ${messages.join('; ')}`)
  if (faults.length > mostListed) tell(`and ${faults.length - mostListed} more`)
  tell('nothing was written')
  return exitCode.refused
}

const readEvents: Subcommand = async ({ args, env, print, tell }) => {
  const known = { 'dry-run': 'yes', db: 'text' } as const
  const { flags, words, errors } = readArguments(args, known, { least: 1, names: ['FILE'] })
  const reader = new SettingsReader(env, errors)
  const settings = readLedgerSettings(reader, flags)
  reader.finish()
  const document = await readDocument(words[0] ?? '-')
  return await withLedger(settings, { exists: true }, async ({ store }) => {
    const call = { actor: localActor(), grants: ['INVENTORY'] as const }
    const done = await Effect.runPromise(
      Effect.result(makeOver(store).importDocument(document, call, flags['dry-run'])),
    )
    if (Result.isFailure(done)) return listFaults(done.failure, tell)
    const { events, saved, alreadyThere, declaredInError, lotsMade } = done.success
    print(
      `${events} events: ${saved} records saved, ${alreadyThere} already there, ${declaredInError} events declared errors, ${lotsMade} lots made`,
    )
    if (flags['dry-run']) tell('a dry run: nothing was written')
    return exitCode.ok
  })
}

const subcommands: Readonly<Record<string, Subcommand>> = { export: tellEvents, import: readEvents }

/** Writes and reads events of EPCIS 2.0. */
export const command: Command = {
  help: `Usage: lotbook epcis export [FILE] [--lot LOT [--material PATH] [--direction DIRECTION [--depth N]]]
                      [--from DATE] [--to DATE] [--base URI] [--db FILE]
       lotbook epcis import FILE|- [--dry-run] [--db FILE]

export writes one document of EPCIS 2.0 in JSON-LD into FILE, which must not exist yet, or to the standard output, while
servers go on writing: the events of a lot, with a DIRECTION (ancestors, descendants, both) those of all lots of its
trace, those of a period, or all. A DATE is an instant, or a day (UTC): from its first moment on, to its last one. URIs of
ours begin with urn:lotbook: or with --base. The same ledger gives the same bytes.
import writes what a document says as lots and lot records, by the rules of every other request; you are the author. All
of it or nothing: every fault is told with its JSON pointer, and the command ends with 3. Each event is written once,
whichever document it comes in. At most ${mostEvents} events a document.
How records are told and events are read stands in docs/reference/epcis.md.`,
  run: async (surroundings) => {
    const [verb = '', ...args] = surroundings.args
    const subcommand = Object.hasOwn(subcommands, verb) ? subcommands[verb] : undefined
    if (subcommand !== undefined) return await subcommand({ ...surroundings, args })
    const reader = new SettingsReader(surroundings.env)
    reader.refuse(verb === '' ? 'say what to do: export or import' : `“${verb}” must be export or import`)
    reader.finish()
    return exitCode.usage
  },
}
