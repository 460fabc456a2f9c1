import { type Caller, type Inventory, makeInventory, makeUlidSource } from '@lotbook/domain'
import { makeHttpInventory } from '@lotbook/http-client'
import { localActor } from './actor.ts'
import { type LedgerSettings, openExisting, readLedgerSettings } from './ledger.ts'
import type { SettingsReader } from './settings.ts'

/** Where a ledger is worked on: in a file here, or on a server. */
export type AccessSettings = { readonly url: string; readonly key: string } | LedgerSettings

/** A ledger that is open to work on. */
export interface Access {
  readonly inventory: Inventory
  readonly caller: Caller
  /** The file or the server, for people. */
  readonly where: string
  /** See `OpenStore.warnings`; a server tells them in its own log. */
  readonly warnings: readonly string[]
  readonly close: () => Promise<void>
}

/** What `--help` says of where the ledger is. */
export const accessHelp = `  --db FILE   LOTBOOK_DB    a SQLite file (./lotbook.db)
  --url URL   LOTBOOK_URL   a server instead, with the API key from LOTBOOK_KEY`

const readUrl = (text: string): string | undefined =>
  URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol) ? text.replace(/\/+$/u, '') : undefined

/** Reads where the ledger is. */
export const readAccess = (
  reader: SettingsReader,
  flags: { readonly db: string | undefined; readonly url: string | undefined },
): AccessSettings => {
  const url = reader.read<string | null>({
    flag: { name: 'url', value: flags.url },
    variable: 'LOTBOOK_URL',
    read: (text) => (flags.db === undefined ? readUrl(text) : undefined),
    rule: flags.db === undefined ? 'must be such as http://127.0.0.1:3000' : 'and --db cannot both be given',
    otherwise: null,
    // What it is does not matter then.
    ...(flags.db !== undefined && { secret: true }),
  })
  if (url === null) return readLedgerSettings(reader, flags)
  const key = reader.read<string>({
    variable: 'LOTBOOK_KEY',
    read: (text) => (/^[\u0021-\u007e]{1,512}$/u.test(text) ? text : undefined),
    rule: 'must be the secret of an API key',
    otherwise: '',
    secret: true,
  })
  if (key === '') reader.refuse('LOTBOOK_KEY is missing: a server wants an API key')
  return { url, key }
}

const openFile = async (settings: LedgerSettings): Promise<Access> => {
  const { store, close, info, warnings } = await openExisting(
    settings,
    'name another with --db, or make the sample plant with lotbook seed',
  )
  return {
    inventory: makeInventory({ store, now: Date.now, newUlid: makeUlidSource() }),
    caller: { actor: localActor(), grants: ['INVENTORY'] },
    where: info.filename,
    warnings,
    close,
  }
}

/** Opens the ledger. Whoever may write the file may do everything; on a server the key decides. */
export const openAccess = async (settings: AccessSettings): Promise<Access> => {
  if ('filename' in settings) return openFile(settings)
  return {
    inventory: makeHttpInventory({ ...settings, now: Date.now }),
    caller: { actor: localActor(), grants: ['INVENTORY'] },
    where: settings.url,
    warnings: [],
    close: async () => undefined,
  }
}

/** Works with the ledger and closes it. */
export const withAccess = async <A>(settings: AccessSettings, work: (access: Access) => Promise<A>): Promise<A> => {
  const access = await openAccess(settings)
  try {
    return await work(access)
  } finally {
    await access.close()
  }
}
