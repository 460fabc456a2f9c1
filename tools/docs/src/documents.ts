import { openApiText } from '@lotbook/http'
import { writeKeyReference } from '@lotbook/tui/keys'
import { writeEpcis } from './epcis.ts'
import { writeFunctions } from './functions.ts'
import { writeLimits } from './limits.ts'
import { writeRefusals } from './refusals.ts'
import { writeTransitions } from './transitions.ts'

/** A generated file: where it stands, and how to write it. */
export type GeneratedDocument = {
  /** Relative to the root of the repository, such as `docs/reference/refusals.md`. */
  readonly path: string
  readonly write: () => string | Promise<string>
}

/** Everything that `npm run docs` writes. */
export const documents: readonly GeneratedDocument[] = [
  { path: 'docs/reference/statuses.md', write: writeTransitions },
  { path: 'docs/reference/refusals.md', write: writeRefusals },
  { path: 'docs/reference/limits.md', write: writeLimits },
  { path: 'docs/reference/keys.md', write: writeKeyReference },
  { path: 'docs/reference/functions.md', write: writeFunctions },
  { path: 'docs/reference/epcis.md', write: writeEpcis },
  { path: 'docs/reference/openapi.json', write: openApiText },
]
