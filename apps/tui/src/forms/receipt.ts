import { createHash, randomUUID } from 'node:crypto'
import type { Receipt } from '@lotbook/domain'

const keptMilliseconds = 24 * 60 * 60 * 1000

/**
 * Makes the receipts of one form, or of what is taken back. What is sent unchanged has the same key each time, whatever
 * was sent in between, so that it happens once even where the first answer was lost; another request has another.
 */
export const makeReceipts = (now: () => number) => {
  const keys = new Map<string, string>()
  return (request: unknown): Receipt => {
    const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('hex')
    const key = keys.get(fingerprint) ?? randomUUID()
    keys.set(fingerprint, key)
    // That it was a replay needs no word here: what was asked for has happened, once.
    const at = now()
    return { scope: 'terminal', fingerprint, key, now: at, expires: at + keptMilliseconds, onReplay: () => undefined }
  }
}
