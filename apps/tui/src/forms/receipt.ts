import { createHash, randomUUID } from 'node:crypto'
import type { Receipt } from '@lotbook/domain'

const keptMilliseconds = 24 * 60 * 60 * 1000

/**
 * Makes the receipts of one form. What is sent twice unchanged has the same key, so that it happens once even where the
 * first answer was lost; what was changed in between has another.
 */
export const makeReceipts = (now: () => number) => {
  let last: { readonly fingerprint: string; readonly key: string } | undefined
  return (request: unknown): Receipt => {
    const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('hex')
    if (last?.fingerprint !== fingerprint) last = { fingerprint, key: randomUUID() }
    // That it was a replay needs no word here: what was asked for has happened, once.
    const at = now()
    return { scope: 'terminal', ...last, now: at, expires: at + keptMilliseconds, onReplay: () => undefined }
  }
}
