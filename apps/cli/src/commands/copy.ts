import { Effect } from 'effect'
import { readArguments } from '../arguments.ts'
import { showCheckpoint } from '../checkpoint-text.ts'
import { exitCode, Stop } from '../exit-code.ts'
import { isLedgerName, withLedger } from '../ledger.ts'
import { SettingsReader } from '../settings.ts'
import type { Command } from '../surroundings.ts'
import { cannotRestore } from '../transfer/cannot-restore.ts'
import { makeProgress } from '../transfer/progress.ts'

const version = '{"kind":"version"'

/** The lines of an archive, one by one, telling after each how many versions have passed. */
async function* counted(text: AsyncIterable<string>, passed: (versions: number, lines: number) => void) {
  let versions = 0
  let lines = 0
  for await (const part of text)
    for (const line of part.split('\n').slice(0, -1)) {
      lines += 1
      if (line.startsWith(version)) versions += 1
      yield line
      passed(versions, lines)
    }
}

/** Moves a ledger to another engine, or to another place. */
export const command: Command = {
  help: `Usage: lotbook copy --from LEDGER --to LEDGER

Makes the same ledger again, chain and all, in another place: a SQLite file or postgres://user:password@host:port/database,
each way. What is copied is one moment of it, while servers go on writing; for a move, stop them first.
The other ledger must be empty or not there yet. It is verified at the end, and what is printed is its checkpoint. All
of it is copied or nothing: after a crash the other ledger refuses to be used until it is copied into again.
API keys, webhooks and kept answers (Idempotency-Key) stay behind: keys and webhooks are made anew.`,
  run: async ({ args, env, print, tell }) => {
    const { flags, errors } = readArguments(args, { from: 'text', to: 'text' })
    const reader = new SettingsReader(env, errors)
    const { from = '', to = '' } = flags
    for (const [name, value] of Object.entries({ from, to }))
      if (!isLedgerName(value))
        reader.refuse(`--${name} must be a SQLite file or postgres://user:password@host:port/database`)
    reader.finish()
    const copied = await withLedger(
      { filename: from, policy: null },
      { exists: true },
      async ({ archive, store, info }) => {
        const { count } = await Effect.runPromise(store.checkpoint())
        return await withLedger({ filename: to, policy: null }, { exists: false }, async (target) => {
          if (info.filename === target.info.filename)
            throw new Stop('--from and --to are the same ledger', { code: exitCode.usage })
          const progress = makeProgress({
            total: count,
            isTerminal: process.stderr.isTTY === true,
            write: (text) => process.stderr.write(text),
            now: Date.now,
          })
          try {
            const place = target.info.filename
            const lines = counted(archive.write(), progress.at)
            const checkpoint = await target.archive.restore(lines).catch(cannotRestore(info.filename, place))
            return { checkpoint, place }
          } finally {
            progress.end()
          }
        })
      },
    )
    print(showCheckpoint(copied.checkpoint))
    tell(`copied into ${copied.place} and verified: ${copied.checkpoint.count} versions`)
    return exitCode.ok
  },
}
