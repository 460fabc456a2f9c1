import type { Ulid } from '../identifiers/ulid.ts'
import { effectiveDate, type LotRecord } from '../lot-record/lot-record.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Instant } from '../time/instant.ts'
import { problemOfLinks, type StoredLink } from '../trace/trace-link.ts'
import { readStored } from './verify-version.ts'

/** What a store keeps of one record, and what its other tables say of it. */
export interface StoredRecord {
  readonly record: LotRecord
  /** The sequence of its latest version. */
  readonly sequence: number
  /** The sequence of its first posting version; 0 if it has not posted. */
  readonly postedSequence: number
  /** When it took effect, as the store keeps it beside the record's dates. */
  readonly effectiveDate: Instant
  readonly takenBack: Quantity
  /** The texts of its versions, first to last. */
  readonly versions: readonly { readonly sequence: number; readonly content: string }[]
  /** The records that say they reverse it. */
  readonly reversals: readonly Ulid[]
  /** Σ of what UNCONSUME records say they take back of it. */
  readonly takeBacks: Quantity
  /** What is kept of it for the trace. */
  readonly links: readonly StoredLink[]
}

/** The first field in which a record as it stands differs from what its latest version says. */
const differingField = (record: LotRecord, written: LotRecord): keyof LotRecord | undefined =>
  (Object.keys(written) as (keyof LotRecord)[]).find(
    (field) => field !== 'reversedBy' && record[field] !== written[field],
  )

/** What does not fit between a record as it stands, its versions, and what others say of it. */
export const problemsOfRecord = (stored: StoredRecord): readonly string[] => {
  const { record, versions, reversals } = stored
  const problems: string[] = []
  const written = versions.map(({ sequence, content }) => ({ sequence, record: readStored(content)?.record }))
  const last = written.at(-1)
  if (last === undefined) return ['none of its versions is left']
  if (written.some((version, index) => version.record !== undefined && version.record.version !== index + 1))
    problems.push('its versions do not count from 1')
  if (stored.sequence !== last.sequence) problems.push(`its latest version has the sequence ${last.sequence}`)
  const field = last.record && differingField(record, last.record)
  if (field !== undefined)
    problems.push(
      `its ${field} is ${JSON.stringify(record[field])}, and its latest version says ${JSON.stringify(last.record?.[field])}`,
    )
  if (stored.effectiveDate !== effectiveDate(record))
    problems.push(`it is kept as effective at ${stored.effectiveDate}, and its dates make it ${effectiveDate(record)}`)
  const posted = written.find((version) => version.record?.posted === true)?.sequence ?? 0
  if (stored.postedSequence !== posted)
    problems.push(`it posted at ${posted}, and is kept as posted at ${stored.postedSequence}`)
  if (reversals.length > 1) problems.push(`${reversals.length} records reverse it`)
  if (record.reversedBy !== (reversals[0] ?? null)) problems.push('it is not reversed by the record that says so')
  if (stored.takenBack !== stored.takeBacks)
    problems.push(`${stored.takenBack} of it are kept as taken back, and the entries add up to ${stored.takeBacks}`)
  const links = problemOfLinks(record, stored.takenBack, stored.links)
  return links === undefined ? problems : [...problems, links]
}
