import type { Ulid } from '../../identifiers/ulid.ts'
import type { KnownLot } from '../../known.ts'
import { effectiveDate } from '../../lot-record/lot-record.ts'
import type { Quantity } from '../../quantity/quantity.ts'
import type {
  EntrySum,
  Movement,
  RecallQuestions,
  RecordAhead,
  ShipmentRecord,
  StockAt,
} from '../../recall/recall-questions.ts'
import type { Instant } from '../../time/instant.ts'
import type { Key } from '../../trace/questions.ts'
import { byCodePoint } from './order.ts'
import { historiesOf, isLive, type RecordHistory, type Tables } from './tables.ts'

type RecallAnswers = {
  readonly [K in keyof RecallQuestions]: (question: RecallQuestions[K]['ask']) => RecallQuestions[K]['answer']
}

const isBy = (asOf: Instant | null, at: Instant): boolean => asOf === null || at <= asOf

/** What was posted of a lot by a moment, by location. */
const entriesOf = (tables: Tables, lotId: Ulid, asOf: Instant | null): ReadonlyMap<Ulid, Quantity> => {
  const sums = new Map<Ulid, Quantity>()
  for (const { versions } of historiesOf(tables, lotId))
    for (const { version } of versions)
      for (const entry of version.stockEntries)
        if (entry.lotId === lotId && isBy(asOf, entry.effectiveDate))
          sums.set(entry.locationId, (sums.get(entry.locationId) ?? 0) + entry.quantity)
  return sums
}

const movementsOf = (tables: Tables, lot: Key, lotId: Ulid, asOf: Instant | null): readonly Movement[] => {
  const sums = new Map<string, Movement>()
  const add = (role: Movement['role'], { record }: RecordHistory): void => {
    if (record.quantity === null) return
    const kind = {
      role,
      lotRecordType: record.lotRecordType,
      isNegative: record.quantity < 0,
      hasSource: record.sourceLocationId !== null,
      hasDestination: record.destinationLocationId !== null,
    }
    const key = JSON.stringify(kind)
    const quantity = record.reversalOf === null ? record.quantity : -record.quantity
    sums.set(key, { lot, ...kind, quantity: (sums.get(key)?.quantity ?? 0) + quantity })
  }
  for (const history of historiesOf(tables, lotId)) {
    const { record } = history
    if (!record.posted || (asOf !== null && !(isLive(history) && isBy(asOf, effectiveDate(record))))) continue
    if (record.inventoryLotId === lotId) add('primary', history)
    if (record.secondaryInventoryLotId === lotId) add('secondary', history)
  }
  return [...sums.values()]
}

const shipmentsOf = (tables: Tables, lot: Key, lotId: Ulid, asOf: Instant | null): readonly ShipmentRecord[] =>
  historiesOf(tables, lotId)
    .filter((history) => isLive(history) && history.record.lotRecordType === 'SHIP')
    .map(({ record }) => record)
    .filter((record) => record.inventoryLotId === lotId && isBy(asOf, effectiveDate(record)))
    // Sorting keeps the order of first writing among those of one instant.
    .sort((left, right) => effectiveDate(left) - effectiveDate(right))
    .map((record) => {
      const { secondaryInventoryLotId: other, destinationLocationId: destination } = record
      return {
        lot,
        id: record.id,
        effectiveDate: effectiveDate(record),
        quantity: record.quantity ?? 0,
        destinationLocationPath: destination === null ? null : (tables.locations.get(destination)?.path ?? null),
        secondaryInventoryLotId: other,
        secondaryInventoryLotName: other === null ? null : (tables.lots.get(other)?.lot.name ?? null),
        productionOrderName: record.productionOrderName,
        notes: record.notes,
        spare1: record.spare1,
        spare2: record.spare2,
        spare3: record.spare3,
      }
    })

const aheadOf = (tables: Tables, lot: Key, lotId: Ulid, now: Instant): readonly RecordAhead[] =>
  historiesOf(tables, lotId)
    .filter(isLive)
    .filter(({ versions }) =>
      versions.some(({ version }) =>
        version.stockEntries.some((entry) => entry.lotId === lotId && entry.effectiveDate > now),
      ),
    )
    .map(({ record: { id, lotRecordType }, record }) => ({
      ...{ lot, id, lotRecordType, effectiveDate: effectiveDate(record) },
    }))
    .filter((record) => record.effectiveDate > now)
    .sort((left, right) => left.effectiveDate - right.effectiveDate || byCodePoint(left.id, right.id))

/** Answers what a recall asks from the tables as they are. */
export const recallAnswers = (tables: Tables, lotByKey: ReadonlyMap<Key, KnownLot>): RecallAnswers => {
  const each = <A>(lots: readonly Key[], of: (lot: Key, item: KnownLot) => readonly A[]): readonly A[] =>
    lots.flatMap((lot) => {
      const item = lotByKey.get(lot)
      return item === undefined ? [] : of(lot, item)
    })
  const pathOf = (id: Ulid): string => tables.locations.get(id)?.path ?? ''

  const stockOf = (lot: Key, { lot: { id }, rows }: KnownLot, asOf: Instant | null): readonly StockAt[] => {
    const now = Array.from(rows.values(), (row) => [row.locationId, row.quantity] as const)
    return [...(asOf === null ? now : entriesOf(tables, id, asOf))]
      .filter(([, quantity]) => quantity !== 0)
      .map(([locationId, quantity]) => ({ lot, locationId, locationPath: pathOf(locationId), quantity }))
      .sort((left, right) => byCodePoint(left.locationPath, right.locationPath))
  }
  const entrySumOf = (lot: Key, { lot: { id } }: KnownLot, asOf: Instant | null): readonly EntrySum[] => {
    const sums = [...entriesOf(tables, id, asOf).values()]
    return sums.length === 0 ? [] : [{ lot, quantity: sums.reduce((all, quantity) => all + quantity, 0) }]
  }

  return {
    stock: ({ lots, asOf }) => each(lots, (lot, item) => stockOf(lot, item, asOf)),
    entrySums: ({ lots, asOf }) => each(lots, (lot, item) => entrySumOf(lot, item, asOf)),
    movements: ({ lots, asOf }) => each(lots, (lot, { lot: { id } }) => movementsOf(tables, lot, id, asOf)),
    ahead: ({ lots, now }) => each(lots, (lot, { lot: { id } }) => aheadOf(tables, lot, id, now)),
    shipments: ({ lots, asOf }) => each(lots, (lot, { lot: { id } }) => shipmentsOf(tables, lot, id, asOf)),
  }
}
