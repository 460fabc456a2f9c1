import { type LogLevel, logLevels } from '@lotbook/http'
import { readArguments } from '../arguments.ts'
import { type LedgerSettings, readLedgerSettings } from '../ledger.ts'
import { oneOf, readHost, readPort, SettingsReader } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'

/** All that a server needs to know. */
export interface ServerSettings extends LedgerSettings {
  readonly host: string
  readonly port: number
  /** The secret of the first key; null = make one. */
  readonly adminKey: string | null
  readonly logLevel: LogLevel
  /** Whether webhooks may be delivered to addresses that are not public. */
  readonly webhookPrivate: 'allow' | 'refuse'
  /** How many requests a second each key may send; null = as many as it likes. */
  readonly rateLimit: number | null
}

/** What `--help` says of the settings. */
export const serverHelp = `Options, each with the variable that it wins over:
  --db FILE        LOTBOOK_DB      a SQLite file, :memory: or postgres://… (./lotbook.db)
  --host HOST      HOST            (127.0.0.1)
  --port PORT      PORT            0 picks a free one (3000)
  --policy POLICY  LOTBOOK_POLICY  of a new ledger: permissive, standard, strict (standard)
  --log LEVEL      LOTBOOK_LOG     ${logLevels.join(', ')} (info); JSON lines on stderr
                   LOTBOOK_WEBHOOK_PRIVATE  allow, refuse (refuse): webhooks at addresses that are not public
                   LOTBOOK_RATE_LIMIT  requests a second of one API key, or off (off); more are answered 429
                   LOTBOOK_ADMIN_KEY  becomes the first API key where there is none yet; else one is made and printed once`

const readSecret = (text: string): string | undefined => (/^[\u0021-\u007e]{16,512}$/u.test(text) ? text : undefined)

const readRate = (text: string): number | null | undefined => {
  if (text === 'off') return null
  return /^[1-9]\d{0,5}$/u.test(text) ? Number(text) : undefined
}

/** Reads the settings of a server. All that is wrong is found at once. */
export const readServerSettings = ({ args, env }: Surroundings): ServerSettings => {
  const { flags, errors } = readArguments(args, { db: 'text', host: 'text', port: 'text', policy: 'text', log: 'text' })
  const reader = new SettingsReader(env, errors)
  const settings: ServerSettings = {
    ...readLedgerSettings(reader, flags, true),
    host: reader.read({
      flag: { name: 'host', value: flags.host },
      variable: 'HOST',
      read: readHost,
      rule: 'must be the name of a host or an IP address',
      otherwise: '127.0.0.1',
    }),
    port: reader.read({
      flag: { name: 'port', value: flags.port },
      variable: 'PORT',
      read: readPort,
      rule: 'must be a whole number from 0 to 65535',
      otherwise: 3000,
    }),
    adminKey: reader.read({
      variable: 'LOTBOOK_ADMIN_KEY',
      read: readSecret,
      rule: 'must be 16 to 512 visible ASCII characters',
      otherwise: null,
      secret: true,
    }),
    logLevel: reader.read({
      flag: { name: 'log', value: flags.log },
      variable: 'LOTBOOK_LOG',
      read: oneOf(logLevels),
      rule: `must be one of ${logLevels.join(', ')}`,
      otherwise: 'info',
    }),
    webhookPrivate: reader.read({
      variable: 'LOTBOOK_WEBHOOK_PRIVATE',
      read: oneOf(['allow', 'refuse']),
      rule: 'must be allow or refuse',
      otherwise: 'refuse',
    }),
    rateLimit: reader.read({
      variable: 'LOTBOOK_RATE_LIMIT',
      read: readRate,
      rule: 'must be off or a whole number from 1 to 999999',
      otherwise: null,
    }),
  }
  reader.finish()
  return settings
}
