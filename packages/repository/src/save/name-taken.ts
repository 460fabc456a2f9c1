import type { Dialect } from '../dialect.ts'
import { type Call, type Program, first } from '../program.ts'
import type { Ulid } from '@lotbook/domain'

/** A name that the database holds to be unique is taken: somebody else was faster. It becomes a DuplicateName. */
export class NameTaken extends Error {
  override readonly name = 'NameTaken'
  readonly kind: string
  readonly taken: string
  /** Finds who has the name; to be run once the failed change is rolled back. */
  readonly holder: Call<{ readonly ulid: Ulid }>

  constructor(kind: string, taken: string, holder: Call<{ readonly ulid: Ulid }>, cause: unknown) {
    super(`the ${kind} ${taken} exists already`, { cause })
    this.kind = kind
    this.taken = taken
    this.holder = holder
  }
}

/** What an entity is called, and how to find who is called so. */
export interface Naming {
  readonly kind: string
  readonly taken: string
  readonly holder: Call<{ readonly ulid: Ulid }>
}

/** Runs a statement that gives an entity its name, and tells a taken name from any other failure. */
export function* naming<R>(
  { isUniqueViolation }: Dialect,
  call: Call<R>,
  { kind, taken, holder }: Naming,
): Program<R | undefined> {
  try {
    return yield* first(call)
  } catch (error) {
    if (isUniqueViolation(error)) throw new NameTaken(kind, taken, holder, error)
    throw error
  }
}
