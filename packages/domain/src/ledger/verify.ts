import { readUlid, showUlid, type Ulid } from '../identifiers/ulid.ts'
import { type FieldChange, rowKey } from '../known.ts'
import type { InventoryRow, Lot } from '../lot/lot.ts'
import type { Policy } from '../lot/lot-status.ts'
import { applyLotEntry } from '../lot-record/apply.ts'
import type { LotEntry, StockEntry } from '../lot-record/lot-record.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Checkpoint, Mismatch, Verification } from '../store.ts'
import { type Instant, readInstant } from '../time/instant.ts'
import { firstHash, type Sha256 } from './chain.ts'
import { type Changed, makeSaidChanges } from './verify-changes.ts'
import { problemsOfRecord, type StoredRecord } from './verify-record.ts'
import { problemsOfVersion, readStored, type StoredVersion } from './verify-version.ts'

/**
 * Recomputes what a ledger says of itself. A store tells it everything it holds, in this order: every lot, every version
 * by sequence, every change outside the ledger in the order of their writing, all master data and the policy, every row
 * of stock, every record, the count of links, and the end.
 * It remembers a sum per row, a lot per lot and what changes say last, so a store may read its tables page by page.
 */
export interface Verifier {
  readonly lot: (lot: Lot) => void
  readonly version: (stored: StoredVersion) => void
  /** Rows of entries that no version has. */
  readonly stray: (sequence: number) => void
  /** A change that came with no record, and how many versions there were by then. */
  readonly change: (change: FieldChange, sequence: number) => void
  readonly masterData: (thing: Exclude<Changed, Lot>) => void
  readonly policy: (policy: Policy) => void
  readonly row: (row: InventoryRow) => void
  readonly record: (stored: StoredRecord) => void
  /** How many links the store keeps for the trace, those of no record too. */
  readonly links: (count: number) => void
  /** `head` is what the store keeps as the end of its chain, `knownDate` from when on it keeps that all is known. */
  readonly end: (head: Checkpoint, knownDate: Instant) => Verification
}

// More are not looked for: a ledger in which nothing fits would have no end of them.
const greatestSearch = 1000
const greatestList = 100

interface LotState {
  readonly lot: Lot
  /** The lot's beginning, folded over its entries so far. */
  folded: Lot
  /** The last entry that set the expiration date. */
  expiration: { readonly sequence: number; readonly to: Instant | null } | undefined
  /** The last change of it that came with no record. */
  expirationChange: { readonly sequence: number; readonly to: Instant | null } | undefined
}

interface RowState {
  quantity: Quantity
  last: Instant
}

const subjectOfChain = 'chain'

// An instant stands in the change table in milliseconds, or as text.
const instantOf = (value: FieldChange['to']): Instant | null | undefined => {
  if (value === null || typeof value === 'number') return value
  return typeof value === 'string' ? readInstant(value) : undefined
}

const lotProblems = ({ lot, folded, expiration, expirationChange }: LotState): readonly string[] => {
  const problems: string[] = []
  for (const field of ['status', 'totalQuantity', 'closedDate'] as const)
    if (lot[field] !== folded[field])
      problems.push(`its ${field} is ${lot[field]}, and its entries make it ${folded[field]}`)
  // In one change both may have happened, and which came last is not kept: then either may hold.
  const changedSince = expirationChange !== undefined && expirationChange.sequence >= (expiration?.sequence ?? 0)
  // A lot that an EPCIS event made may begin with a date of which nothing else tells.
  const may = [...(expiration === undefined ? [] : [expiration.to]), ...(changedSince ? [expirationChange.to] : [])]
  if (may.length > 0 && !may.includes(lot.expirationDate))
    problems.push(`its expirationDate is ${lot.expirationDate}, and was last set to ${may.at(-1)}`)
  return problems
}

/** Makes a verifier. `against` is an earlier checkpoint, kept elsewhere: it finds even a history rewritten as a whole. */
export const makeVerifier = (sha256: Sha256, against?: Checkpoint): Verifier => {
  const found: Mismatch[] = []
  const lots = new Map<Ulid, LotState>()
  const rows = new Map<string, RowState>()
  const said = makeSaidChanges()
  const policies = new Set<Policy>()
  let before = { sequence: 0, hash: firstHash, knownDate: 0 }
  let records = 0
  let links = 0
  let inventoryRows = 0

  const note = (subject: string, sequence: number | null, problem: string): void => {
    if (found.length < greatestSearch) found.push({ subject, sequence, problem })
  }

  const foldStock = ({ locationId, lotId, quantity, effectiveDate }: StockEntry): void => {
    const key = rowKey(locationId, lotId)
    const row = rows.get(key)
    if (row === undefined) rows.set(key, { quantity, last: effectiveDate })
    else {
      row.quantity += quantity
      row.last = Math.max(row.last, effectiveDate)
    }
  }

  const foldLot = (sequence: number, entry: LotEntry): void => {
    const state = lots.get(entry.lotId)
    if (state === undefined) {
      note(showUlid(entry.lotId), sequence, 'the lot of an entry is gone')
      return
    }
    const from = entry.status?.[0] ?? state.folded.status
    if (from !== state.folded.status)
      note(showUlid(entry.lotId), sequence, `an entry takes it from ${from}, and it was ${state.folded.status}`)
    state.folded = applyLotEntry(state.folded, entry)
    if (entry.expiration !== null) state.expiration = { sequence, to: entry.expiration[1] }
  }

  const checkAgainst = (at: { readonly sequence: number; readonly hash: string }): void => {
    if (against?.count === at.sequence && against.head !== at.hash)
      note(subjectOfChain, at.sequence, 'the history up to the checkpoint was rewritten: its hash is another one')
  }
  checkAgainst(before)

  return {
    lot: (lot) => {
      const folded = { ...lot, status: lot.initialStatus, totalQuantity: 0, closedDate: null }
      lots.set(lot.id, { lot, folded, expiration: undefined, expirationChange: undefined })
    },
    version: (stored) => {
      const { sequence, hash, recordId, knownDate } = stored
      const version = readStored(stored.content)
      const id = version?.record.id ?? recordId
      if (version !== undefined) policies.add(version.record.policy)
      for (const problem of problemsOfVersion(sha256, before, stored, version))
        note(id === null ? subjectOfChain : showUlid(id), sequence, problem)
      for (const entry of version?.stockEntries ?? []) foldStock(entry)
      for (const entry of version?.lotEntries ?? []) foldLot(sequence, entry)
      before = { sequence, hash, knownDate }
      checkAgainst(before)
    },
    stray: (sequence) => note(subjectOfChain, sequence, 'there are entries of a version that does not exist'),
    change: (change, sequence) => {
      said.add(change)
      if (change.entity !== 'lot' || change.field !== 'expirationDate') return
      const lotId = readUlid(change.entityId)
      const state = lotId === undefined ? undefined : lots.get(lotId)
      const to = instantOf(change.to)
      if (state !== undefined && to !== undefined) state.expirationChange = { sequence, to }
    },
    masterData: (thing) => {
      for (const problem of said.problemsOf(thing)) note(showUlid(thing.id), null, problem)
    },
    policy: (policy) => {
      const set = said.setting('policy')
      if (set !== undefined && set !== policy) note('policy', null, `it is ${policy}, and was last set to ${set}`)
      // One that was never set is that of every record.
      if (set === undefined)
        for (const other of policies)
          if (other !== policy) note('policy', null, `it is ${policy} and was never set, and records passed ${other}`)
    },
    row: (row) => {
      inventoryRows += 1
      const key = rowKey(row.locationId, row.lotId)
      const sum = rows.get(key)
      rows.delete(key)
      const id = showUlid(row.id)
      if ((sum?.quantity ?? 0) !== row.quantity)
        note(id, null, `it holds ${row.quantity}, and its entries add up to ${sum?.quantity ?? 0}`)
      if (sum === undefined) note(id, null, 'no entry made this row of stock')
      else if (sum.last !== row.lastEffectiveDate)
        note(id, null, `its last entry is of ${sum.last}, and ${row.lastEffectiveDate} is kept`)
      for (const problem of said.problemsOfLabels(row)) note(id, null, problem)
    },
    record: (stored) => {
      records += 1
      links += stored.links.length
      for (const problem of problemsOfRecord(stored)) note(showUlid(stored.record.id), stored.sequence, problem)
    },
    links: (count) => {
      if (count !== links)
        note('trace', null, `${count} links are kept for the trace, and those of the records are ${links}`)
    },
    end: (head, knownDate) => {
      for (const state of lots.values())
        for (const problem of [...lotProblems(state), ...said.problemsOf(state.lot)])
          note(showUlid(state.lot.id), null, problem)
      for (const { entity, entityId } of said.gone())
        note(entityId, null, `changes tell of this ${entity} and not of its deletion, and it is gone`)
      for (const [key, { quantity }] of rows)
        note(key, null, `there is no row for this location and lot, and entries add up to ${quantity}`)
      if (head.count !== before.sequence || head.head !== before.hash)
        note(
          subjectOfChain,
          head.count,
          `the ledger should end at ${head.count}, and its last version is ${before.sequence}`,
        )
      if (knownDate !== before.knownDate)
        note(
          subjectOfChain,
          head.count,
          `the ledger should be known from ${knownDate} on, and its last version is from ${before.knownDate} on`,
        )
      if (against !== undefined && against.count > before.sequence)
        note(
          subjectOfChain,
          against.count,
          `the checkpoint counts ${against.count} versions, and there are ${before.sequence}`,
        )
      const inOrder = found.toSorted(
        (left, right) => (left.sequence ?? Number.MAX_SAFE_INTEGER) - (right.sequence ?? Number.MAX_SAFE_INTEGER),
      )
      return { checkpoint: head, records, lots: lots.size, inventoryRows, mismatches: inOrder.slice(0, greatestList) }
    },
  }
}
