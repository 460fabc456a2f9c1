import { type Page, type Policy, policies, type Refusal } from '@lotbook/domain'
import { NoLedger, type OpenStore, openStore, SchemaTooNew } from '@lotbook/repository'
import { Effect } from 'effect'
import { exitCode, Stop } from './exit-code.ts'
import { oneOf, type SettingsReader } from './settings.ts'

/** Where the ledger is kept, and the policy that a new one gets; null = none was asked for. */
export interface LedgerSettings {
  readonly filename: string
  readonly policy: Policy | null
}

const memory = ':memory:'

const isAddress = (text: string): boolean => /^postgres(?:ql)?:/u.test(text)
const isNoAddress = (text: string): boolean =>
  isAddress(text) ? !URL.canParse(text) : /^(?:[a-z][\w+.-]*:\/\/|file:)/iu.test(text)

/** Whether a text can name a ledger that is kept: a SQLite file, or the address of a PostgreSQL database. */
export const isLedgerName = (text: string): boolean => text !== '' && text !== memory && !isNoAddress(text)

/** Reads where the ledger is. Only a server may keep it in memory. */
export const readLedgerSettings = (
  reader: SettingsReader,
  flags: { readonly db: string | undefined; readonly policy?: string | undefined },
  takesMemory = false,
): LedgerSettings => ({
  filename: reader.read({
    flag: { name: 'db', value: flags.db },
    variable: 'LOTBOOK_DB',
    read: (text) => (isLedgerName(text) || (text === memory && takesMemory) ? text : undefined),
    rule: takesMemory
      ? 'must be a SQLite file, :memory: or postgres://user:password@host:port/database'
      : 'must be a SQLite file or postgres://user:password@host:port/database (:memory: ends with the server)',
    otherwise: './lotbook.db',
    secret: true,
  }),
  policy: reader.read({
    flag: { name: 'policy', value: flags.policy },
    variable: 'LOTBOOK_POLICY',
    read: oneOf(policies),
    rule: `must be one of ${policies.join(', ')}`,
    otherwise: null,
  }),
})

const openAt = async ({ filename, policy }: LedgerSettings, mustExist: boolean, hint: string): Promise<OpenStore> => {
  try {
    return await openStore({ filename, policy: policy ?? 'standard', mustExist })
  } catch (error) {
    if (error instanceof NoLedger)
      throw new Stop(`${error.message}: ${hint}`, { code: exitCode.notFound, cause: error })
    if (error instanceof SchemaTooNew) throw new Stop(error.message, { code: exitCode.unavailable, cause: error })
    throw error
  }
}

/** Opens the ledger, making a new one where there is none. */
export const openLedger = (settings: LedgerSettings): Promise<OpenStore> => openAt(settings, false, '')

/** Opens a ledger that is there and whole. Stops where there is none; rejects where a restore into it is unfinished. */
export const openExisting = async (settings: LedgerSettings, hint = 'name another with --db'): Promise<OpenStore> => {
  const open = await openAt(settings, true, hint)
  try {
    // Lists would show nothing of what was half restored, as if nothing had ever been written.
    await Effect.runPromise(open.store.checkpoint())
    return open
  } catch (error) {
    await open.close()
    throw error
  }
}

/** Works with a ledger and closes it. `exists`: one that is not there, or is half restored, is not worked with. */
export const withLedger = async <A>(
  settings: LedgerSettings,
  { exists }: { readonly exists: boolean },
  work: (open: OpenStore) => Promise<A>,
): Promise<A> => {
  const open = await (exists ? openExisting(settings) : openLedger(settings))
  try {
    return await work(open)
  } finally {
    await open.close()
  }
}

/** Whether nothing has been written yet: no records, no lots and no master data. */
export const isEmpty = async ({ store }: OpenStore): Promise<boolean> => {
  const page = { limit: 1, after: null }
  const lists: readonly Effect.Effect<Page<unknown>, Refusal>[] = [
    store.findUnits(page),
    store.findMaterials(page),
    store.findLocations(page),
    store.findReasonCodes(page),
  ]
  for (const list of lists) if ((await Effect.runPromise(list)).items.length > 0) return false
  return (await Effect.runPromise(store.checkpoint())).count === 0
}
