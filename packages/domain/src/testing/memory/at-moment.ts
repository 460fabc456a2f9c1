import type { Ulid } from '../../identifiers/ulid.ts'
import type { KnownLot } from '../../known.ts'
import type { Lot } from '../../lot/lot.ts'
import { applyLotEntry } from '../../lot-record/apply.ts'
import type { LotEntry, StockEntry } from '../../lot-record/lot-record.ts'
import type { Moment } from '../../store.ts'
import { type Instant, lastInstant } from '../../time/instant.ts'
import { historiesOf, type RecordHistory, type Tables } from './tables.ts'

/** The last sequence that was known at a moment. */
const lastKnown = ({ versions }: Tables, asKnownAt: Instant | undefined): number =>
  asKnownAt === undefined
    ? versions.length
    : (versions.findLast(({ knownDate }) => knownDate <= asKnownAt)?.sequence ?? 0)

/** Every record that was known, as its latest version by then left it; a reversal shows once it is known itself. */
export const recordsKnownAt = (tables: Tables, { asKnownAt }: Moment): readonly RecordHistory[] => {
  const last = lastKnown(tables, asKnownAt)
  return Array.from(tables.records.values()).flatMap((history) => {
    const versions = history.versions.filter(({ sequence }) => sequence <= last)
    const latest = versions.at(-1)
    if (latest === undefined) return []
    const { reversedBy } = history.record
    const reversal = reversedBy === null ? undefined : tables.records.get(reversedBy)
    const isKnown = (reversal?.versions[0]?.sequence ?? Number.POSITIVE_INFINITY) <= last
    const record = { ...latest.version.record, reversedBy: isKnown ? reversedBy : null }
    return [{ record, versions, postedSequence: history.postedSequence <= last ? history.postedSequence : 0 }]
  })
}

interface Entry {
  readonly entry: LotEntry
  readonly counts: boolean
}

// saveLot sets a date without an entry. Where an entry that sets one does not count, its `from` is what was there before.
const expirationOf = (lot: Lot, entries: readonly Entry[]): Instant | null => {
  const setting = entries.filter(({ entry }) => entry.expiration !== null)
  const next = setting[setting.findLastIndex(({ counts }) => counts) + 1]
  return next?.entry.expiration == null ? lot.expirationDate : next.entry.expiration[0]
}

const lotAt = (lot: Lot, entries: readonly Entry[]): Lot => {
  const beginning: Lot = { ...lot, status: lot.initialStatus, totalQuantity: 0, closedDate: null }
  const counting = entries.filter(({ counts }) => counts)
  const folded = counting.reduce((before, { entry }) => applyLotEntry(before, entry), beginning)
  return { ...folded, expirationDate: expirationOf(lot, entries) }
}

interface Then {
  readonly item: KnownLot
  /** It was made by then, or something had happened to it. */
  readonly wasThere: boolean
}

/** Lots with the status, expiry, total and stock that they had at a moment. */
const makeItemAt = (tables: Tables, { asOf, asKnownAt }: Moment): ((item: KnownLot) => Then) => {
  const last = lastKnown(tables, asKnownAt)
  const upTo = asOf ?? lastInstant
  return ({ lot, rows }) => {
    const versions = historiesOf(tables, lot.id)
      .flatMap((history) => history.versions)
      .toSorted((left, right) => left.sequence - right.sequence)
    const count = ({ effectiveDate }: LotEntry | StockEntry, sequence: number): boolean =>
      sequence <= last && effectiveDate <= upTo
    const entries = versions.flatMap(({ sequence, version }) =>
      version.lotEntries
        .filter(({ lotId }) => lotId === lot.id)
        .map((entry) => ({ entry, counts: count(entry, sequence) })),
    )
    const stock = versions.flatMap(({ sequence, version }) =>
      version.stockEntries.filter((entry) => entry.lotId === lot.id && count(entry, sequence)),
    )
    const isMade = lot.createdDate <= Math.min(upTo, asKnownAt ?? upTo)
    const heldAt = (place: Ulid): number =>
      stock.reduce((sum, { locationId, quantity }) => (locationId === place ? sum + quantity : sum), 0)
    return {
      wasThere: isMade || stock.length > 0 || entries.some(({ counts }) => counts),
      item: {
        lot: lotAt(lot, entries),
        rows: new Map(Array.from(rows, ([place, row]) => [place, { ...row, quantity: heldAt(place) }])),
      },
    }
  }
}

/** A lot with the status, expiry, total and stock that it had at a moment, whether it was there or not. */
export const itemAt = (tables: Tables, item: KnownLot, asOf: Instant): KnownLot =>
  makeItemAt(tables, { asOf })(item).item

/** Every lot that was there, with its status, expiry, total and stock of that moment. */
export const lotsAt = (tables: Tables, moment: Moment): ReadonlyMap<Ulid, KnownLot> => {
  if (moment.asOf === undefined && moment.asKnownAt === undefined) return tables.lots
  const found = Array.from(tables.lots.values(), makeItemAt(tables, moment)).filter(({ wasThere }) => wasThere)
  return new Map(found.map(({ item }) => [item.lot.id, item]))
}
