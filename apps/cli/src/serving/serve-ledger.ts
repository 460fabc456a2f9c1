import { makeInventory, makeUlidSource, makeWebhooks } from '@lotbook/domain'
import {
  type Deliverer,
  type Log,
  limits,
  makeApp,
  makeLog,
  makePost,
  makeTransfer,
  type Served,
  serve,
  startDeliverer,
  systemResolve,
} from '@lotbook/http'
import type { OpenStore } from '@lotbook/repository'
import { Effect } from 'effect'
import { localActor } from '../actor.ts'
import { type ExitCode, exitCode, Stop } from '../exit-code.ts'
import { openLedger } from '../ledger.ts'
import { writeSample } from '../sample-plant/write-sample.ts'
import type { Surroundings } from '../surroundings.ts'
import { ensureFirstKey, type FirstKey } from './first-key.ts'
import { readServerSettings, type ServerSettings } from './server-settings.ts'
import { stopSignal } from './stop-signal.ts'
import { welcome } from './welcome.ts'

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'code' in error

const listen = async (open: OpenStore, { host, port, rateLimit }: ServerSettings, log: Log): Promise<Served> => {
  const { store, keys, webhooks } = open
  const own = { now: Date.now, newUlid: makeUlidSource() }
  const inventory = makeInventory({ store, ...own })
  const app = makeApp({
    inventory,
    keys,
    webhooks: makeWebhooks({ webhooks, ...own }),
    transfer: makeTransfer(open, own),
    ready: store.policy,
    checkpoint: store.checkpoint,
    now: Date.now,
    log,
    rateLimit: { perSecond: rateLimit, clock: () => performance.now() },
  })
  try {
    return await serve({ app, host, port, log })
  } catch (error) {
    if (!isSystemError(error)) throw error
    const why =
      error.code === 'EADDRINUSE' ? 'it is in use: stop what uses it, or set another with --port' : error.message
    throw new Stop(`cannot listen on ${host}:${port}: ${why}`, { code: exitCode.unavailable, cause: error })
  }
}

/** Delivers webhooks, as the one process that does so for this ledger. */
const deliver = ({ store, webhooks }: OpenStore, { webhookPrivate }: ServerSettings, log: Log): Deliverer =>
  startDeliverer({
    store,
    webhooks,
    post: makePost({
      timeoutMilliseconds: limits.webhookMilliseconds,
      answerBytes: limits.webhookAnswerBytes,
      allowsPrivate: webhookPrivate === 'allow',
      resolve: systemResolve,
    }),
    now: Date.now,
    monotonic: () => performance.now(),
    random: Math.random,
    log,
    retry: { first: 1000, most: limits.webhookRetryMilliseconds },
    leaseMilliseconds: limits.leaseMilliseconds,
    pageSize: limits.webhookPage,
  })

/** Settings for a new ledger that find another one: said, since they would otherwise be believed. */
const warnOfUnused = async (
  { store }: OpenStore,
  { policy, adminKey }: ServerSettings,
  key: FirstKey,
  log: Log,
): Promise<void> => {
  const own = await Effect.runPromise(store.policy())
  if (policy !== null && policy !== own)
    log({ level: 'warn', message: `the policy of this ledger is ${own}, not ${policy}: see lotbook policy set` })
  if (adminKey !== null && key.kind === 'there')
    log({ level: 'warn', message: 'LOTBOOK_ADMIN_KEY is no key of this ledger: see lotbook keys create' })
}

/** Opens the ledger, serves it until the process is asked to stop, and closes it. */
export const serveLedger = async (
  surroundings: Surroundings,
  { sample }: { readonly sample: boolean },
): Promise<ExitCode> => {
  const settings = readServerSettings(surroundings)
  const stopped = stopSignal()
  const log = makeLog(settings.logLevel)
  const open = await openLedger(settings)
  try {
    if (sample) await writeSample(open, Date.now())
    for (const message of open.warnings) log({ level: 'warn', message })
    const key = await ensureFirstKey(open.keys, settings.adminKey, localActor())
    await warnOfUnused(open, settings, key, log)
    const { url, close } = await listen(open, settings, log)
    const deliverer = deliver(open, settings, log)
    surroundings.print(`lotbook listening on ${url}`)
    for (const line of welcome(url, key, sample)) surroundings.print(line)
    log({ level: 'info', message: 'listening', url, ...open.info })
    log({ level: 'info', message: 'stopping', signal: await stopped })
    await Promise.all([close(), deliverer.stop()])
  } finally {
    await open.close()
  }
  log({ level: 'info', message: 'stopped' })
  return exitCode.ok
}
