import { hash } from 'node:crypto'
import { type Instant, type Receipt, readUlid, showUlid } from '@lotbook/domain'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import type { Problem } from './problem.ts'
import { malformed } from './problems.ts'

const visible = /^[\u0021-\u007e]+$/u

/** What tells one request from another: who sends it, where to, and what. */
export interface Sent {
  readonly keyId: string
  readonly actor: string
  readonly method: string
  /** See `canonicalPath`. */
  readonly path: string
  readonly query: string
  readonly body: Uint8Array
}

const spelled = (value: string): string => {
  const id = readUlid(value)
  return id === undefined ? encodeURIComponent(value) : showUlid(id)
}

/**
 * The path of a request as the document writes it, however the caller did: percent-encoded, or an id in another form.
 * One operation on one thing has one such path. Ids are grouped, as answers show them, and so as most callers write them.
 */
export const canonicalPath = ({ path }: Pick<Operation, 'path'>, params: Readonly<Record<string, string>>): string =>
  path.includes('{') ? path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => spelled(params[name] ?? '')) : path

const scopeOf = ({ keyId, method, path }: Sent): string => `${keyId} ${method} ${path}`

/** A digest of all that decides what the request does: the same key with another one is refused. */
const fingerprintOf = ({ actor, query, body }: Sent): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${actor}\n${query}\n`), body]))

/** The receipt of a request that happens once by what it is: the same one sent again is the same. */
export const ownReceipt = (sent: Sent, now: Instant, onReplay: () => void): Receipt => {
  const fingerprint = fingerprintOf(sent)
  return {
    scope: scopeOf(sent),
    key: fingerprint,
    fingerprint,
    now,
    expires: now + limits.receiptMilliseconds,
    onReplay,
  }
}

/** The receipt that an `Idempotency-Key` asks for; undefined where none was sent. */
export const receiptOf = (
  header: string | null,
  sent: Sent,
  now: Instant,
  onReplay: () => void,
): Receipt | Problem | undefined => {
  if (header === null) return undefined
  const most = limits.idempotencyKeyCharacters
  if (header.length > most || !visible.test(header))
    return malformed(`Idempotency-Key must be 1 to ${most} visible ASCII characters`)
  return {
    scope: scopeOf(sent),
    key: header,
    fingerprint: fingerprintOf(sent),
    now,
    expires: now + limits.receiptMilliseconds,
    onReplay,
  }
}
