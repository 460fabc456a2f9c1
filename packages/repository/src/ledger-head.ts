import { randomInt } from 'node:crypto'
import type { Policy } from '@lotbook/domain'
import { sql } from 'kysely'
import type { Dialect } from './dialect.ts'
import { migrations } from './migrations/migrations.ts'
import { execute, first, type Program } from './program.ts'
import { statement } from './statement.ts'

/** The one row that all writing goes through: the end of the chain, and the policy. */
export interface LedgerHead {
  readonly count: number
  readonly head: string
  /** The greatest writing time of any version; 0 before the first. */
  readonly knownAt: number
  readonly policy: Policy
  /** Another number whenever any master data were changed: what was read of them under the same number still holds. */
  readonly masterData: number
}

/**
 * A number for master data that were changed. It is drawn, so that one that was taken back never comes again for
 * something else.
 */
export const newStamp = (): number => randomInt(2 ** 48 - 1)

/** Why this process may do nothing with the ledger for now. */
export class LedgerNotUsable extends Error {
  override readonly name: string = 'LedgerNotUsable'
}

/** A later Lotbook has changed the schema since this process opened it: what this one writes would be missing in what is new. */
export class SchemaOutgrown extends LedgerNotUsable {
  override readonly name = 'SchemaOutgrown'
  constructor() {
    super('a later Lotbook has changed the schema of this ledger since: stop this one, and start the later one')
  }
}

/** A restore has begun in this store and has not come to its end. */
export class RestoreUnfinished extends LedgerNotUsable {
  override readonly name = 'RestoreUnfinished'
  constructor() {
    super('a restore into it did not finish or was refused: restore again (lotbook import --restore), or remove it')
  }
}

/**
 * Reads and writes the ledger's head. Whoever writes holds the write lock from reading it to commit. Everybody is refused
 * whose schema is no longer this one, and everybody but the restore itself while a restore is unfinished.
 */
export const makeLedgerHead = (
  { db, lockForChange }: Dialect,
  { isRestoring }: { readonly isRestoring: boolean } = { isRestoring: false },
) => {
  const row = db
    .selectFrom('ledger_head')
    .select(['count', 'head', 'known_at as knownAt', 'policy', 'master_data as masterData'])
  const restoring = sql<number>`(select count(*) from restoration)`.as('restoring')
  const steps = sql<number>`(select count(*) from migration)`.as('steps')
  const head = row.select([restoring, steps])
  const reading = statement(() => head)
  const locking = statement(() => head.modifyEnd(lockForChange))
  // Where a statement waits for a row, it sees the row as it is then and all else as it was before.
  const lockingRow = statement(() => row.modifyEnd(lockForChange))
  const marks = statement(() => db.selectNoFrom([restoring, steps]))
  const writing = statement((p: LedgerHead) =>
    db
      .updateTable('ledger_head')
      .set({ count: p.count, head: p.head, known_at: p.knownAt, policy: p.policy, master_data: p.masterData })
      .where('id', '=', 1),
  )
  type Row = NonNullable<ReturnType<typeof reading>['row']>
  type Marks = NonNullable<ReturnType<typeof marks>['row']>
  const headOf = (row: Row | undefined): LedgerHead => {
    if (row === undefined) throw new Error('the ledger has lost its head')
    const { restoring, steps, ...found } = row
    if (steps > migrations.length) throw new SchemaOutgrown()
    if (restoring > 0 && !isRestoring) throw new RestoreUnfinished()
    return found
  }
  function* read(call: ReturnType<typeof reading>): Program<LedgerHead> {
    return headOf(yield* first(call))
  }
  return {
    readHead: () => read(reading({})),
    /** Reads it and holds it: what is read after this is what all earlier writers left. */
    lockHead: () => read(locking({})),
    /** What `readHead` runs, for who runs it together with others. */
    readCalls: () => [reading({})],
    /** What locks the head where others may hold it, and then asks what has begun, or was changed, meanwhile. */
    lockCalls: () => [lockingRow({}), marks({})],
    /** What the rows of either say. */
    headIn: (answers: readonly (readonly unknown[])[]) => {
      const [head, marks] = answers.map(([row]) => row)
      return headOf(head === undefined ? undefined : { ...(head as Row), ...(marks as Marks | undefined) })
    },
    writeHead: (head: LedgerHead) => execute(writing(head)),
  }
}
