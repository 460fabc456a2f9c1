import type { Ulid } from '../../identifiers/ulid.ts'
import type { KnownLot, Outcome } from '../../known.ts'
import { canonicalContent, chainHash, firstHash, readContent, type Sha256 } from '../../ledger/chain.ts'
import type { RecordVersion } from '../../lot-record/lot-record.ts'
import { refuseBrokenTables } from './integrity.ts'
import type { RecordHistory, Tables, WrittenVersion } from './tables.ts'

interface Draft {
  readonly records: Map<Ulid, RecordHistory>
  readonly recordsByLot: Map<Ulid, readonly Ulid[]>
  readonly versions: WrittenVersion[]
}

const write = (draft: Draft, version: RecordVersion, sha256: Sha256): void => {
  const { records, recordsByLot, versions } = draft
  const content = canonicalContent(version)
  const sequence = versions.length + 1
  const hash = chainHash(sha256, versions.at(-1)?.hash ?? firstHash, sequence, content)
  const knownDate = Math.max(versions.at(-1)?.knownDate ?? 0, version.writtenDate)
  const written: WrittenVersion = { sequence, hash, content, version: readContent(content), knownDate }
  versions.push(written)

  const { record } = written.version
  const before = records.get(record.id)
  records.set(record.id, {
    record: { ...record, reversedBy: before?.record.reversedBy ?? null },
    postedSequence: before?.postedSequence || (record.posted ? sequence : 0),
    versions: [...(before?.versions ?? []), written],
  })
  const original = record.reversalOf === null ? undefined : records.get(record.reversalOf)
  if (original !== undefined)
    records.set(original.record.id, { ...original, record: { ...original.record, reversedBy: record.id } })

  const concerned = [record.inventoryLotId, record.secondaryInventoryLotId]
  for (const lotId of [...concerned, ...[...version.stockEntries, ...version.lotEntries].map((entry) => entry.lotId)]) {
    const ids = lotId === null ? [] : (recordsByLot.get(lotId) ?? [])
    if (lotId !== null && !ids.includes(record.id)) recordsByLot.set(lotId, inFirstOrder(records, [...ids, record.id]))
  }
}

const writeAll = (
  tables: Tables,
  versions: readonly RecordVersion[],
  sha256: Sha256,
): Pick<Tables, 'records' | 'recordsByLot' | 'versions'> => {
  if (versions.length === 0) return tables
  const draft: Draft = {
    records: new Map(tables.records),
    recordsByLot: new Map(tables.recordsByLot),
    versions: [...tables.versions],
  }
  for (const version of versions) write(draft, version, sha256)
  return draft
}

// A draft that is given another lot joins that lot's records late, and belongs among them where it was first written.
const inFirstOrder = (records: ReadonlyMap<Ulid, RecordHistory>, ids: readonly Ulid[]): readonly Ulid[] => {
  const first = (id: Ulid): number => records.get(id)?.versions[0]?.sequence ?? 0
  const [last, previous] = [ids.at(-1), ids.at(-2)]
  if (last === undefined || previous === undefined || first(previous) < first(last)) return ids
  return ids.toSorted((left, right) => first(left) - first(right))
}

const merge = <A>(stored: ReadonlyMap<Ulid, A>, known: ReadonlyMap<Ulid, A>): ReadonlyMap<Ulid, A> => {
  const changed = [...known].filter(([id, item]) => stored.get(id) !== item)
  return changed.length === 0 ? stored : new Map([...stored, ...changed])
}

const mergeLots = (
  tables: Tables,
  { known, deletedLots }: Pick<Outcome<unknown>, 'known' | 'deletedLots'>,
): Pick<Tables, 'lots' | 'lotPlaces' | 'lotsMade'> => {
  const lots = new Map<Ulid, KnownLot>(merge(tables.lots, known.lots))
  const lotPlaces = new Map(tables.lotPlaces)
  let { lotsMade } = tables
  for (const lotId of known.lots.keys()) {
    if (lotPlaces.has(lotId)) continue
    lotsMade += 1
    lotPlaces.set(lotId, lotsMade)
  }
  for (const lotId of deletedLots) {
    lots.delete(lotId)
    lotPlaces.delete(lotId)
  }
  return { lots, lotPlaces, lotsMade }
}

/** The tables after an outcome. They are new ones: until they replace the old, nothing has happened. */
export const save = (tables: Tables, outcome: Omit<Outcome<unknown>, 'answer'>, sha256: Sha256): Tables => {
  const { known, versions, changes } = outcome
  const { records, recordsByLot, versions: written } = writeAll(tables, versions, sha256)
  const saved: Tables = {
    ...tables,
    ...mergeLots(tables, outcome),
    locations: merge(tables.locations, known.locations),
    materials: merge(tables.materials, known.materials),
    units: merge(tables.units, known.units),
    reasonCodes: merge(tables.reasonCodes, known.reasonCodes),
    conversions: merge(tables.conversions, known.conversions),
    records,
    recordsByLot,
    versions: written,
    changes: [...tables.changes, ...changes.map((change) => ({ sequence: written.length, change }))],
  }
  refuseBrokenTables(tables, saved)
  return saved
}
