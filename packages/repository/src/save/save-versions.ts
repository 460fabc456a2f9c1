import { canonicalContent, chainHash, type RecordVersion, type Sha256 } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import type { LedgerHead } from '../ledger-head.ts'
import type { Loaded } from '../load/loaded.ts'
import { execute, type Program } from '../program.ts'
import { insertion, updating } from '../statement.ts'
import type { Tables } from '../tables.ts'
import { keyIn, keyOrNull, type Meet, type Reference } from './keys.ts'
import { makeSaveEntries } from './save-entries.ts'
import { makeSaveLinks } from './save-links.ts'
import { makeSaveRecord } from './save-record.ts'

const referencesOf = ({ record, stockEntries, lotEntries, takesBack }: RecordVersion): readonly Reference[] => [
  // One that is saved again was loaded, except in a restore.
  ...(record.version > 1 ? [['records', record.id] as const] : []),
  ['lots', record.inventoryLotId],
  ['lots', record.secondaryInventoryLotId],
  ['locations', record.sourceLocationId],
  ['locations', record.destinationLocationId],
  ['reasonCodes', record.materialReasonCodeId],
  ['records', record.reversalOf],
  ['records', record.consumeRecordId],
  ...stockEntries.map(({ lotId }): Reference => ['lots', lotId]),
  ...stockEntries.map(({ locationId }): Reference => ['locations', locationId]),
  ...lotEntries.map(({ lotId }): Reference => ['lots', lotId]),
  ...takesBack.map(({ consumeRecordId }): Reference => ['records', consumeRecordId]),
]

/** Appends versions to the chain, with what they posted, and brings the records up to them. */
export const makeSaveVersions = (db: Kysely<Tables>, sha256: Sha256, meet: Meet) => {
  const links = makeSaveLinks(db)
  const saveRecord = makeSaveRecord(db, links)
  const saveEntries = makeSaveEntries(db)
  const insertVersion = insertion(db, 'record_version', [
    'sequence',
    'record',
    'version',
    'content',
    'hash',
    'known_at',
  ])
  const reverse = updating(db, 'lot_record', ['reversed_by'], ['id'])

  function* saveVersion({ keys }: Loaded, version: RecordVersion, before: LedgerHead): Program<LedgerHead> {
    yield* meet(keys, referencesOf(version))
    const sequence = before.count + 1
    const content = canonicalContent(version)
    const hash = chainHash(sha256, before.head, sequence, content)
    const record = yield* saveRecord(keys, version.record, sequence)
    const knownAt = Math.max(before.knownAt, version.writtenDate)
    const { version: number } = version.record
    yield* execute(insertVersion({ sequence, record, version: number, content, hash, known_at: knownAt }))
    yield* saveEntries(keys, { sequence, record }, version)
    const { reversalOf, inventoryLotId, secondaryInventoryLotId } = version.record
    const lot = keyIn(keys.lots, inventoryLotId)
    // What is taken back was consumed of the same lot, and a reversal has the lots of what it reverses.
    for (const { consumeRecordId } of version.takesBack) yield* links.relink(lot, keyIn(keys.records, consumeRecordId))
    if (reversalOf !== null) {
      const original = keyIn(keys.records, reversalOf)
      yield* execute(reverse({ id: original, reversed_by: record }))
      yield* links.unlink({ record: original, lot, secondaryLot: keyOrNull(keys.lots, secondaryInventoryLotId) })
    }
    return { count: sequence, head: hash, knownAt, policy: before.policy, masterData: before.masterData }
  }

  /** Writes the versions in their order; what comes back is the head after the last. */
  return function* saveVersions(
    loaded: Loaded,
    versions: readonly RecordVersion[],
    before: LedgerHead,
  ): Program<LedgerHead> {
    let head = before
    for (const version of versions) head = yield* saveVersion(loaded, version, head)
    return head
  }
}
