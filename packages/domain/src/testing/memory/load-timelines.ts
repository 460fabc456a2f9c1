import type { Ulid } from '../../identifiers/ulid.ts'
import { type Count, type KnownLot, rowKey, type Timeline } from '../../known.ts'
import { effectiveDate } from '../../lot-record/lot-record.ts'
import type { Instant } from '../../time/instant.ts'
import { historiesOf, isLive, type RecordHistory, type Tables } from './tables.ts'

interface Timed {
  readonly effectiveDate: Instant
  readonly sequence: number
}

/** Orders by effective time; what happened at one moment goes by sequence. */
export const byTime = (left: Timed, right: Timed): number =>
  left.effectiveDate - right.effectiveDate || left.sequence - right.sequence

/** From when on the timelines matter: what was asked for, or earlier where a record of the scope is. */
export const earliest = (since: Instant | undefined, histories: readonly RecordHistory[]): Instant | undefined => {
  const moments = histories.flatMap(({ record, versions }) => [
    effectiveDate(record),
    ...versions.flatMap(({ version }) => version.stockEntries.map((entry) => entry.effectiveDate)),
  ])
  return [since, ...moments].reduce((least, at) =>
    least === undefined || (at !== undefined && at < least) ? at : least,
  )
}

const timelineOf = (histories: readonly RecordHistory[], locationId: Ulid, lotId: Ulid, since: Instant): Timeline => {
  const entries = histories.flatMap(({ versions }) =>
    versions.flatMap(({ sequence, version }) =>
      version.stockEntries
        .filter((entry) => entry.lotId === lotId && entry.locationId === locationId && entry.effectiveDate >= since)
        .map((entry) => ({ effectiveDate: entry.effectiveDate, quantity: entry.quantity, sequence })),
    ),
  )
  const counts = histories
    .filter((history) => history.record.lotRecordType === 'EDIT' && isLive(history))
    .filter(({ record }) => record.inventoryLotId === lotId && record.sourceLocationId === locationId)
    .map(({ record, postedSequence }): Count => {
      return { recordId: record.id, sequence: postedSequence, effectiveDate: effectiveDate(record) }
    })
    .filter((count) => count.effectiveDate >= since)
  return {
    entries: entries.sort(byTime).map(({ effectiveDate: at, quantity }) => ({ effectiveDate: at, quantity })),
    counts: counts.sort(byTime),
  }
}

/** The timelines of the rows that had entries at or after a moment. */
export const timelinesOf = (
  tables: Tables,
  lots: Iterable<KnownLot>,
  since: Instant,
): ReadonlyMap<string, Timeline> => {
  const timelines = new Map<string, Timeline>()
  for (const { lot, rows } of lots) {
    const histories = historiesOf(tables, lot.id)
    for (const { locationId, lastEffectiveDate } of rows.values())
      if (lastEffectiveDate >= since)
        timelines.set(rowKey(locationId, lot.id), timelineOf(histories, locationId, lot.id, since))
  }
  return timelines
}
