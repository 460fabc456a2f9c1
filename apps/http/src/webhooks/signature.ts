import { createHmac } from 'node:crypto'
import { type Delivery, type Instant, signedContent } from '@lotbook/domain'

const prefix = 'whsec_'

/** The headers of Standard Webhooks: the id, the time of sending, and the signature (HMAC-SHA256 under the secret). */
export const signedHeaders = (
  { id, body }: Delivery,
  secret: string,
  now: Instant,
): Readonly<Record<string, string>> => {
  const seconds = Math.floor(now / 1000)
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  const signature = createHmac('sha256', key)
    .update(signedContent(id, seconds, body))
    .digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` }
}
