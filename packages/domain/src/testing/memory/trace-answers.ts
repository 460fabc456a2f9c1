import type { Ulid } from '../../identifiers/ulid.ts'
import { findLot, type KnownLot, onHand } from '../../known.ts'
import { effectiveDate } from '../../lot-record/lot-record.ts'
import type { Material, Unit } from '../../master-data/master-data.ts'
import type { Quantity } from '../../quantity/quantity.ts'
import type { Instant } from '../../time/instant.ts'
import type {
  Answers,
  Edge,
  Key,
  LotColumns,
  LotPosting,
  RecordColumns,
  Side,
  TracedLot,
  TracedRecord,
} from '../../trace/questions.ts'
import { leftOf, operationOf, type TraceLink, traceLinksOf } from '../../trace/trace-link.ts'
import { itemAt } from './at-moment.ts'
import { recallAnswers } from './recall-answers.ts'
import { historiesOf, isLive, knownOf, type RecordHistory, type Tables } from './tables.ts'

interface Linked {
  readonly record: Key
  readonly link: TraceLink
  readonly left: Quantity | null
}

const isBy = (asOf: Instant | null, at: Instant): boolean => asOf === null || at <= asOf

const takenBackBy = (tables: Tables, { record }: RecordHistory, asOf: Instant | null): Quantity =>
  historiesOf(tables, record.inventoryLotId)
    .filter((taker) => isBy(asOf, effectiveDate(taker.record)))
    .flatMap(({ versions }) => versions.flatMap(({ version }) => version.takesBack))
    .reduce((sum, { consumeRecordId, quantity }) => (consumeRecordId === record.id ? sum + quantity : sum), 0)

const linksOf = (tables: Tables, asOf: Instant | null): readonly Linked[] =>
  Array.from(tables.records.values()).flatMap((history, record) =>
    traceLinksOf(history.record).flatMap((link) => {
      if (!isBy(asOf, link.effectiveDate)) return []
      const left = leftOf(link.quantity, takenBackBy(tables, history, asOf))
      return left === undefined ? [] : [{ record, link, left }]
    }),
  )

/** Works something out once for each moment. */
const once = <A>(of: (asOf: Instant | null) => A): ((asOf: Instant | null) => A) => {
  const known = new Map<Instant | null, A>()
  return (asOf) => {
    const value = known.get(asOf) ?? of(asOf)
    known.set(asOf, value)
    return value
  }
}

const byEnds = (near: (edge: Edge) => Key, far: (edge: Edge) => Key, lots: readonly Key[]) => (a: Edge, b: Edge) =>
  lots.indexOf(near(a)) - lots.indexOf(near(b)) ||
  far(a) - far(b) ||
  a.record - b.record ||
  (a.produced ?? 0) - (b.produced ?? 0)

/** The edges of some lots on one side, in order. */
const among = (edges: readonly Edge[], lots: readonly Key[], side: Side): readonly Edge[] => {
  const [near, far] =
    side === 'down'
      ? [(edge: Edge) => edge.from, (edge: Edge) => edge.to]
      : [(edge: Edge) => edge.to, (edge: Edge) => edge.from]
  const asked = new Set(lots)
  return edges.filter((edge) => asked.has(near(edge))).sort(byEnds(near, far, lots))
}

/** Answers a walk from the tables as they are. All is worked out anew: what must agree with this is kept in step elsewhere. */
export const traceAnswers = (tables: Tables): Answers => {
  const keyOf = (id: Ulid): Key => tables.lotPlaces.get(id) ?? 0
  const lotByKey = new Map(Array.from(tables.lotPlaces, ([id, key]) => [key, tables.lots.get(id) as KnownLot]))
  const histories = [...tables.records.values()]

  const linksBy = once((asOf) => linksOf(tables, asOf))
  const direct = once((asOf): readonly Edge[] =>
    linksBy(asOf).flatMap(({ record, link, left }) =>
      link.kind === 'edge'
        ? [{ from: keyOf(link.fromId), to: keyOf(link.toId), record, produced: null, quantity: left }]
        : [],
    ),
  )
  const inferred = once((asOf): readonly Edge[] => {
    const links = linksBy(asOf)
    const named = new Set(direct(asOf).map(({ from, to, record }) => `${from} ${to} ${record}`))
    const edges = links.flatMap(({ record, link, left }) =>
      link.kind !== 'consumed'
        ? []
        : links.flatMap((other) =>
            other.link.kind === 'produced' &&
            other.link.operationId === link.operationId &&
            other.link.lotId !== link.lotId
              ? [
                  {
                    from: keyOf(link.lotId),
                    to: keyOf(other.link.lotId),
                    record,
                    produced: other.record,
                    quantity: other.left === null ? null : left,
                  },
                ]
              : [],
          ),
    )
    // Two records may name one operation by both of its ids.
    return [...new Map(edges.map((edge) => [`${edge.record} ${edge.produced}`, edge])).values()].filter(
      ({ from, to, record }) => !named.has(`${from} ${to} ${record}`),
    )
  })

  const tracedLot = (key: Key, asOf: Instant | null): readonly TracedLot[] => {
    const known = lotByKey.get(key)
    if (known === undefined) return []
    const item = asOf === null ? known : itemAt(tables, known, asOf)
    const material = tables.materials.get(item.lot.materialId) as Material
    const unit = tables.units.get(item.lot.unitOfMeasureId) as Unit
    return [{ key, lot: item.lot, material, unit, onHand: onHand(item) }]
  }
  const tracedRecord = (key: Key): readonly TracedRecord[] => {
    const history = histories[key]
    if (history === undefined) return []
    const { record, postedSequence } = history
    const { id, lotRecordType, startDate, endDate } = record
    return [{ key, id, lotRecordType, startDate, endDate, operationId: operationOf(record), sequence: postedSequence }]
  }

  const lotColumns = (keys: readonly Key[]): LotColumns => {
    const lots = keys.flatMap((key) => tracedLot(key, null))
    return { ids: lots.map(({ lot }) => lot.id).join(''), units: lots.map(({ unit }) => unit.symbol) }
  }

  const recordColumns = (keys: readonly Key[], dates: boolean): RecordColumns => {
    const records = keys.flatMap(tracedRecord)
    return {
      ids: records.map(({ id }) => id).join(''),
      types: records.map(({ lotRecordType }) => lotRecordType),
      startDates: dates ? records.map(({ startDate }) => startDate) : [],
      endDates: dates ? records.map(({ endDate }) => endDate) : [],
    }
  }

  const postingsOf = (lot: Key, asOf: Instant | null): readonly LotPosting[] =>
    histories.flatMap((history, key) => {
      const { record, versions } = history
      const isLater = !isBy(asOf, effectiveDate(record))
      if (!isLive(history) || record.lotRecordType === 'UNCONSUME' || isLater) return []
      const sum = versions
        .flatMap(({ version }) => version.stockEntries)
        .reduce((all, entry) => (keyOf(entry.lotId) === lot ? all + entry.quantity : all), 0)
      const isConsumed = record.lotRecordType === 'CONSUME' && keyOf(record.inventoryLotId) === lot
      const back = isConsumed ? takenBackBy(tables, history, asOf) : 0
      return sum + back === 0 ? [] : [{ lot, record: key, quantity: sum + back }]
    })

  return {
    key: ({ lot }) => {
      const found = findLot(knownOf(tables), lot)
      return found && keyOf(found.lot.id)
    },
    edges: ({ lots, side, asOf }) => {
      const edges = among(direct(asOf), lots, side)
      return {
        places: edges.map(({ from, to }) => lots.indexOf(side === 'down' ? from : to)),
        others: edges.map(({ from, to }) => (side === 'down' ? to : from)),
        records: edges.map(({ record }) => record),
        quantities: edges.map(({ quantity }) => quantity),
        next: null,
      }
    },
    inferred: ({ lots, side, asOf }) => ({ edges: among(inferred(asOf), lots, side), next: null }),
    lots: ({ lots, asOf }) => lots.flatMap((key) => tracedLot(key, asOf)),
    records: ({ records }) => records.flatMap(tracedRecord),
    lotColumns: ({ lots }) => lotColumns(lots),
    recordColumns: ({ records, dates }) => recordColumns(records, dates),
    postings: ({ lots, asOf }) => lots.flatMap((lot) => postingsOf(lot, asOf)),
    conversions: () => [...tables.conversions.values()].filter(({ enabled }) => enabled),
    pause: () => undefined,
    ...recallAnswers(tables, lotByKey),
  }
}
