import type { Ulid } from '../identifiers/ulid.ts'
import type { LotEntry, RecordVersion, StockEntry, TakeBack } from '../lot-record/lot-record.ts'
import type { Instant } from '../time/instant.ts'
import { chainHash, readContent, type Sha256 } from './chain.ts'

/** What a store keeps of one version: the text that the chain covers, and the rows that were made from it. */
export interface StoredVersion {
  readonly sequence: number
  readonly hash: string
  readonly content: string
  /** The record under which it is filed; null where that record is gone. */
  readonly recordId: Ulid | null
  /** Its number among the versions of that record. */
  readonly version: number
  /** From when on it counts as known, as the store keeps it: the greatest writing time up to and including it. */
  readonly knownDate: Instant
  readonly stockEntries: readonly StockEntry[]
  readonly lotEntries: readonly LotEntry[]
  readonly takesBack: readonly TakeBack[]
  /** The rows of these entries name this record too. */
  readonly entriesOfRecord: boolean
}

/** A version as its text says it is, or undefined where the text cannot be read. */
export const readStored = (content: string): RecordVersion | undefined => {
  try {
    return readContent(content)
  } catch (cause) {
    // The text may be anything: somebody has edited it.
    if (cause instanceof SyntaxError || cause instanceof TypeError) return undefined
    throw cause
  }
}

const stockText = (entries: readonly StockEntry[]): string =>
  JSON.stringify(entries.map((e) => [e.locationId, e.lotId, e.quantity, e.effectiveDate]))
const lotText = (entries: readonly LotEntry[]): string =>
  JSON.stringify(entries.map((e) => [e.lotId, e.effectiveDate, e.status, e.expiration, e.closed, e.total]))
const takeBackText = (entries: readonly TakeBack[]): string =>
  JSON.stringify(entries.map((e) => [e.consumeRecordId, e.quantity]))

/** What does not fit between a version, its place in the chain, and the rows made from it. */
export const problemsOfVersion = (
  sha256: Sha256,
  before: { readonly sequence: number; readonly hash: string; readonly knownDate: Instant },
  stored: StoredVersion,
  version: RecordVersion | undefined,
): readonly string[] => {
  const problems: string[] = []
  const { sequence, content, hash } = stored
  if (sequence !== before.sequence + 1)
    problems.push(`the version before it has the sequence ${before.sequence}: some are missing`)
  if (chainHash(sha256, before.hash, sequence, content) !== hash)
    problems.push('its hash does not follow from its content and the hash before it')
  if (version === undefined) return [...problems, 'its content cannot be read']
  if (version.record.id !== stored.recordId || version.record.version !== stored.version)
    problems.push(`its content is version ${version.record.version} of record ${version.record.id}`)
  if (stockText(stored.stockEntries) !== stockText(version.stockEntries))
    problems.push('its stock entries are not those of its content')
  if (lotText(stored.lotEntries) !== lotText(version.lotEntries))
    problems.push('its lot entries are not those of its content')
  if (takeBackText(stored.takesBack) !== takeBackText(version.takesBack))
    problems.push('what it takes back is not what its content says')
  if (stored.knownDate !== Math.max(before.knownDate, version.writtenDate))
    problems.push(`it counts as known from ${stored.knownDate} on, which is not what the writing times come to`)
  if (!stored.entriesOfRecord) problems.push('its entries are filed under another record')
  return problems
}
