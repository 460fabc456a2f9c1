import type { Ulid } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import { type Call, first, type Program } from '../program.ts'
import { isIdViolation } from './id-taken.ts'

/** What an entity is called, and how to find who is called so. */
export interface Naming {
  readonly kind: string
  readonly name: string
  readonly holder: Call<{ readonly ulid: Ulid }>
}

/** A name that the database holds to be unique is taken: somebody else was faster. It becomes a DuplicateName. */
export class NameTaken extends Error {
  readonly naming: Naming

  constructor(naming: Naming, options: ErrorOptions) {
    super(`a ${naming.kind} called ${naming.name} exists already`, options)
    this.naming = naming
  }
}

/** Runs a statement that gives an entity its name, and tells a taken name from any other failure. */
export function* giveName<R>(dialect: Dialect, call: Call<R>, naming: Naming): Program<R | undefined> {
  try {
    return yield* first(call)
  } catch (cause) {
    if (dialect.isUniqueViolation(cause) && !isIdViolation(dialect, cause)) throw new NameTaken(naming, { cause })
    throw cause
  }
}
