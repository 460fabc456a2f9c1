import { readFileSync } from 'node:fs'
import type { Checkpoint, Mismatch, Verification } from '@lotbook/domain'
import { Effect } from 'effect'
import { readArguments } from '../arguments.ts'
import { readCheckpoint, showCheckpoint } from '../checkpoint-text.ts'
import { exitCode } from '../exit-code.ts'
import { readLedgerSettings, withLedger } from '../ledger.ts'
import { SettingsReader } from '../settings.ts'
import type { Command } from '../surroundings.ts'

const progressEvery = 5_000

/** Runs something that may take long, and says now and then that it still runs. */
const withProgress = async <A>(tell: (line: string) => void, work: () => Promise<A>): Promise<A> => {
  const started = Date.now()
  const timer = setInterval(
    () => tell(`still verifying, ${Math.round((Date.now() - started) / 1000)} s so far`),
    progressEvery,
  )
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

const readAgainst = (text: string | undefined, reader: SettingsReader): Checkpoint | undefined => {
  if (text === undefined) return undefined
  const fromFile = (): Checkpoint | undefined => {
    try {
      return readCheckpoint(readFileSync(text, 'utf8'))
    } catch (error) {
      if (error instanceof Error && 'code' in error) return undefined
      throw error
    }
  }
  const checkpoint = readCheckpoint(text) ?? fromFile()
  if (checkpoint === undefined)
    reader.refuse(
      `--against must be COUNT:HASH as lotbook checkpoint prints it, or a file that holds it, not “${text}”`,
    )
  return checkpoint
}

const show = ({ subject, sequence, problem }: Mismatch): string =>
  sequence === null ? `${subject}: ${problem}` : `${subject} (sequence ${sequence}): ${problem}`

const report = ({ checkpoint, records, lots, inventoryRows, mismatches }: Verification): readonly string[] => {
  const [first, ...others] = mismatches
  const looked = `${records} records in ${checkpoint.count} versions, ${lots} lots, ${inventoryRows} rows of stock`
  return first === undefined
    ? [`all fits: ${looked}`, showCheckpoint(checkpoint)]
    : [
        `the first that does not fit: ${show(first)}`,
        ...others.map((other) => `then: ${show(other)}`),
        `looked at ${looked}`,
      ]
}

/** Recomputes everything that follows from something else. */
export const command: Command = {
  help: `Usage: lotbook verify [--against COUNT:HASH|FILE] [--json] [--db FILE]

Recomputes balances, totals, statuses and the chain of hashes, compares lots, master data and the policy with the log of
their changes (what it tells of must be there unless it was deleted, and it must tell of the making of what is there), and
names the first that does not fit.
Not covered: that log itself, which is in no chain, what lots held since their making without a change, who changed
something last, labels and notes of stock, which other lots a record named in earlier versions, keys, webhooks and the
answers kept for repeated requests.
--against also compares with a checkpoint that was kept elsewhere: it finds a ledger that was rewritten as a whole.
Exit codes: 0 all fits, 1 something does not.`,
  run: async ({ args, env, print, tell }) => {
    const { flags, errors } = readArguments(args, { against: 'text', json: 'yes', db: 'text' })
    const reader = new SettingsReader(env, errors)
    const settings = readLedgerSettings(reader, flags)
    const against = readAgainst(flags.against, reader)
    reader.finish()
    const found = await withLedger(settings, { exists: true }, ({ store }) =>
      withProgress(tell, () => Effect.runPromise(store.verify(against))),
    )
    for (const line of flags.json ? [JSON.stringify(found)] : report(found)) print(line)
    return found.mismatches.length === 0 ? exitCode.ok : exitCode.mismatch
  },
}
