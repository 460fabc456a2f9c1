import {
  type ArchiveHead,
  type ArchiveLine,
  type Checkpoint,
  type Known,
  type Sha256,
  ValidationFailed,
  type Verification,
} from '@lotbook/domain'
import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { type LedgerHead, makeLedgerHead, newStamp } from '../ledger-head.ts'
import { type Loaded, nothingLoaded } from '../load/loaded.ts'
import { execute, first, type Program, settled } from '../program.ts'
import { makeChangeLog } from '../save/change-log.ts'
import { makeMeet } from '../save/keys.ts'
import { makeSaveLots } from '../save/save-lots.ts'
import { makeSaveMasterData } from '../save/save-master-data.ts'
import { makeSaveVersions } from '../save/save-versions.ts'
import { statement } from '../statement.ts'
import { makeVerify } from '../verify/verify-ledger.ts'

/** A line of an archive, with its number, from 1. */
export interface NumberedLine {
  readonly number: number
  readonly line: ArchiveLine
}

/** Refuses a restore for what a line says. */
export const refuseLine = (number: number, why: string): ValidationFailed =>
  new ValidationFailed({ violations: { [`line ${number}`]: [why] } })

const idOf = ({ item }: ArchiveLine): unknown => ('lot' in item ? item.lot.id : 'id' in item ? item.id : undefined)

const whole = 'an archive has its head first and its end last, and nothing after it'

/** Makes the programs that fill an empty store with what an archive holds, through what saves every other change. */
export const makeRestore = (dialect: Dialect, sha256: Sha256) => {
  const { db } = dialect
  const { lockHead, writeHead } = makeLedgerHead(dialect, { isRestoring: true })
  const meet = makeMeet(db)
  const saveMasterData = makeSaveMasterData(dialect, meet)
  const { saveLots } = makeSaveLots(dialect, meet)
  const saveVersions = makeSaveVersions(db, sha256, meet)
  const changeRow = makeChangeLog(db)
  const verify = makeVerify(dialect, sha256, { isRestoring: true })
  const anyRow = statement(() =>
    db.selectNoFrom(
      sql<number>`(select count(*) from (
        select 1 as one from unit union all select 1 from material union all select 1 from location
        union all select 1 from reason_code union all select 1 from lot
        union all select 1 from change_log where entity <> 'api key') as something)`.as('rows'),
    ),
  )
  const mark = statement(() => db.insertInto('restoration').values({ id: 1 }))
  const unmark = statement(() => db.deleteFrom('restoration').where('id', '=', 1))

  /** Holds the store; refuses one that is not empty. */
  function* begin(): Program<LedgerHead> {
    const head = yield* lockHead()
    const rows = (yield* first(anyRow({})))?.rows ?? 0
    if (head.count > 0 || rows > 0)
      throw new ValidationFailed({
        violations: { '(root)': ['the store is not empty: an archive is restored into a new one'] },
      })
    return { ...head, masterData: newStamp() }
  }

  /** From here on nobody uses the store, until a restore has come to its end. */
  function* announce(): Program<void> {
    const head = yield* begin()
    yield* execute(unmark({}))
    yield* execute(mark({}))
    // Another head: whoever has read before this and is about to write finds that it may not.
    yield* writeHead(head)
  }

  let loaded: Loaded = nothingLoaded('standard', undefined)
  const knownWith = (change: Partial<Known>): Known => ({ ...loaded, ...change })

  function* save(number: number, line: ArchiveLine, head: LedgerHead): Program<LedgerHead> {
    switch (line.kind) {
      case 'unit':
        yield* saveMasterData(loaded, knownWith({ units: new Map([[line.item.id, line.item]]) }))
        return head
      case 'material':
        yield* saveMasterData(loaded, knownWith({ materials: new Map([[line.item.id, line.item]]) }))
        return head
      case 'unitConversion':
        yield* saveMasterData(loaded, knownWith({ conversions: new Map([[line.item.id, line.item]]) }))
        return head
      case 'location':
        yield* saveMasterData(loaded, knownWith({ locations: new Map([[line.item.id, line.item]]) }))
        return head
      case 'reasonCode':
        yield* saveMasterData(loaded, knownWith({ reasonCodes: new Map([[line.item.id, line.item]]) }))
        return head
      case 'lot': {
        const { lot, rows } = line.item
        const item = { lot, rows: new Map(rows.map((row) => [row.locationId, row])) }
        yield* saveLots(loaded, new Map([[lot.id, item]]))
        return head
      }
      case 'version': {
        // What it posted, what the record says now, its hash: all of it is made anew from its content.
        const after = yield* saveVersions(loaded, [line.item.version], head)
        if (after.count !== line.item.sequence || after.head !== line.item.hash)
          throw refuseLine(number, 'the hash does not follow from the content and the version before it')
        return after
      }
      case 'change': {
        const { sequence, ...change } = line.item
        yield* execute(changeRow(change, sequence))
        return head
      }
      default:
        throw refuseLine(number, whole)
    }
  }

  /** Saves some lines. What they refer to was saved before. */
  function* saveAll(lines: readonly NumberedLine[], before: LedgerHead): Program<LedgerHead> {
    // The keys of what was met are remembered for these lines only.
    loaded = nothingLoaded(before.policy, undefined)
    let head = before
    const ids = new Set<unknown>()
    for (const { number, line } of lines) {
      const id = idOf(line)
      if (id !== undefined && ids.has(id))
        throw refuseLine(number, 'it does not fit what came before: it is there twice')
      ids.add(id)
      try {
        head = yield* save(number, line, head)
        yield* settled()
      } catch (cause) {
        if (cause instanceof ValidationFailed || dialect.whyUnavailable(cause) !== undefined) throw cause
        throw refuseLine(
          number,
          `it does not fit what came before: ${cause instanceof Error ? cause.message : 'it cannot be saved'}`,
        )
      }
    }
    return head
  }

  /** Recomputes everything. Only what fits in every respect is let in; then the store may be used. */
  function* end(promised: ArchiveHead, head: LedgerHead): Program<Checkpoint> {
    yield* writeHead({ ...head, policy: promised.policy })
    const found: Verification = yield* verify({ count: promised.count, head: promised.head })
    if (found.mismatches.length > 0)
      throw new ValidationFailed({
        violations: { '(root)': found.mismatches.map(({ subject, problem }) => `${subject}: ${problem}`) },
      })
    yield* execute(unmark({}))
    return found.checkpoint
  }

  return { begin, announce, saveAll, end }
}
