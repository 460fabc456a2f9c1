import { Buffer, isUtf8 } from 'node:buffer'
import { PermissionDenied, permits, readName } from '@lotbook/domain'
import type { ValidKey } from './authenticate.ts'
import type { Problem } from './problem.ts'
import { malformed } from './problems.ts'
import { refusalProblem } from './refusal-problem.ts'

// A header comes as one character per byte; names are UTF-8.
const decoded = (value: string): string => {
  const bytes = Buffer.from(value, 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : value
}

/** Who is written as the author: the key, or whom `Lotbook-Actor` names where the key may write on behalf of others. */
export const actorOf = (header: string | null, key: ValidKey): string | Problem => {
  if (header === null) return key.name
  if (!permits(key.grants, 'INVENTORY.WRITE.ON_BEHALF'))
    return refusalProblem(new PermissionDenied({ permission: 'INVENTORY.WRITE.ON_BEHALF' }))
  return readName(decoded(header)) ?? malformed('Lotbook-Actor must be a name: 1 to 255 visible characters without "/"')
}
