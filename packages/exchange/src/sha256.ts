import { createHash } from 'node:crypto'
import type { Sha256 } from '@lotbook/domain'

/** The SHA-256 of a text, for the ids of what others told. */
export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex')
