import type { Ulid } from '../../identifiers/ulid.ts'
import type { Sha256 } from '../../ledger/chain.ts'
import { makeVerifier } from '../../ledger/verify.ts'
import type { StoredRecord } from '../../ledger/verify-record.ts'
import type { StoredVersion } from '../../ledger/verify-version.ts'
import { effectiveDate } from '../../lot-record/lot-record.ts'
import type { Quantity } from '../../quantity/quantity.ts'
import type { Checkpoint, Verification } from '../../store.ts'
import { traceLinksOf } from '../../trace/trace-link.ts'
import { takenBackOf } from './load-records.ts'
import { headOf, type Tables } from './tables.ts'

const storedVersions = ({ records, versions }: Tables): readonly StoredVersion[] => {
  const places = new Map<number, Pick<StoredVersion, 'recordId' | 'version'>>()
  for (const [recordId, history] of records)
    for (const [index, { sequence }] of history.versions.entries())
      places.set(sequence, { recordId, version: index + 1 })
  return versions.map(({ sequence, hash, content, version, knownDate }) => ({
    ...(places.get(sequence) ?? { recordId: null, version: 0 }),
    knownDate,
    sequence,
    hash,
    content,
    stockEntries: version.stockEntries,
    lotEntries: version.lotEntries,
    takesBack: version.takesBack,
    entriesOfRecord: true,
  }))
}

const storedRecords = (tables: Tables): readonly StoredRecord[] => {
  const reversals = new Map<Ulid, Ulid[]>()
  for (const { record } of tables.records.values())
    if (record.reversalOf !== null)
      reversals.set(record.reversalOf, [...(reversals.get(record.reversalOf) ?? []), record.id])
  const takeBacks = new Map<Ulid, Quantity>()
  for (const { version } of tables.versions)
    for (const { consumeRecordId, quantity } of version.takesBack)
      takeBacks.set(consumeRecordId, (takeBacks.get(consumeRecordId) ?? 0) + quantity)
  return Array.from(tables.records.values(), ({ record, postedSequence, versions }) => {
    const takenBack = takenBackOf(tables, record)
    return {
      record,
      sequence: versions.at(-1)?.sequence ?? 0,
      postedSequence,
      effectiveDate: effectiveDate(record),
      takenBack,
      versions,
      reversals: reversals.get(record.id) ?? [],
      takeBacks: takeBacks.get(record.id) ?? 0,
      // Nothing is kept for the trace here: it is worked out for each walk.
      links: traceLinksOf(record).map((link) => ({ ...link, takenBack })),
    }
  })
}

/** Tells the verifier all that the tables hold. */
export const verify = (tables: Tables, sha256: Sha256, against?: Checkpoint): Verification => {
  const verifier = makeVerifier(sha256, against)
  for (const { lot } of tables.lots.values()) verifier.lot(lot)
  for (const stored of storedVersions(tables)) verifier.version(stored)
  for (const { sequence, change } of tables.changes) verifier.change(change, sequence)
  const { units, materials, conversions, locations, reasonCodes } = tables
  for (const things of [units, materials, conversions, locations, reasonCodes])
    for (const thing of things.values()) verifier.masterData(thing)
  verifier.policy(tables.policy)
  for (const { rows } of tables.lots.values()) for (const row of rows.values()) verifier.row(row)
  const records = storedRecords(tables)
  for (const stored of records) verifier.record(stored)
  verifier.links(records.reduce((sum, { links }) => sum + links.length, 0))
  return verifier.end({ count: tables.versions.length, head: headOf(tables) }, tables.versions.at(-1)?.knownDate ?? 0)
}
