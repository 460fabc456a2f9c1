import type { Ulid } from '../../identifiers/ulid.ts'
import type { FieldChange, Known } from '../../known.ts'
import { firstHash } from '../../ledger/chain.ts'
import type { Policy } from '../../lot/lot-status.ts'
import type { LotRecord, RecordVersion } from '../../lot-record/lot-record.ts'
import type { Instant } from '../../time/instant.ts'

/** A version with its place in the chain. `version` is read back from `content`, as another store would have to. */
export interface WrittenVersion {
  readonly sequence: number
  readonly hash: string
  readonly content: string
  readonly version: RecordVersion
  /** From when on it counts as known: the greatest writing time up to and including it. Clocks may go back, this does not. */
  readonly knownDate: Instant
}

/** A record as it stands, and every version of it. */
export interface RecordHistory {
  readonly record: LotRecord
  /** The sequence of its first posting version; 0 if it has not posted. */
  readonly postedSequence: number
  readonly versions: readonly WrittenVersion[]
}

/** An answer that is kept for a receipt, as JSON text. */
export interface KeptAnswer {
  readonly fingerprint: string
  readonly answer: string
  readonly expires: Instant
}

/** A row of the change table, and how many versions there were once it was written. */
export interface WrittenChange {
  readonly sequence: number
  readonly change: FieldChange
}

/** All that a store holds, at one moment. Never changed: a change makes the next one. */
export interface Tables
  extends Pick<Known, 'policy' | 'lots' | 'locations' | 'materials' | 'units' | 'conversions' | 'reasonCodes'> {
  /** The order in which lots were made: a number per lot, never given twice. */
  readonly lotPlaces: ReadonlyMap<Ulid, number>
  readonly lotsMade: number
  /** In order of first writing. */
  readonly records: ReadonlyMap<Ulid, RecordHistory>
  /** The records that name a lot in any version or have entries of it, in order of first writing. */
  readonly recordsByLot: ReadonlyMap<Ulid, readonly Ulid[]>
  readonly versions: readonly WrittenVersion[]
  readonly changes: readonly WrittenChange[]
  readonly keptAnswers: ReadonlyMap<string, KeptAnswer>
}

/** A store in which nothing has happened yet. */
export const emptyTables = (policy: Policy): Tables => ({
  policy,
  lots: new Map(),
  locations: new Map(),
  materials: new Map(),
  units: new Map(),
  conversions: new Map(),
  reasonCodes: new Map(),
  lotPlaces: new Map(),
  lotsMade: 0,
  records: new Map(),
  recordsByLot: new Map(),
  versions: [],
  changes: [],
  keptAnswers: new Map(),
})

/** The hash of the last version. */
export const headOf = ({ versions }: Tables): string => versions.at(-1)?.hash ?? firstHash

/** The records that concern a lot, in order of first writing. */
export const historiesOf = (tables: Tables, lotId: Ulid): readonly RecordHistory[] =>
  (tables.recordsByLot.get(lotId) ?? []).map((id) => tables.records.get(id) as RecordHistory)

/** Whether what the record did still stands: it posted, nothing reversed it, and it is no reversal itself. */
export const isLive = ({ record }: RecordHistory): boolean =>
  record.posted && record.reversedBy === null && record.reversalOf === null

/** The whole store as what is known, so that names are found and shown by the same functions as in a decision. */
export const knownOf = ({ policy, lots, locations, materials, units, conversions, reasonCodes }: Tables): Known => ({
  policy,
  lots,
  locations,
  materials,
  units,
  conversions,
  reasonCodes,
  records: new Map(),
  timelines: new Map(),
  consumptions: [],
  consumptionsCut: false,
  lastStatusChanges: new Map(),
  ages: new Map(),
  belowZero: [],
  takenNames: new Set(),
  references: new Map(),
})
