import { Effect } from 'effect'
import { type EpcisEvent, epcisEvent } from '../epcis/event.ts'
import { eventIdOf } from '../epcis/event-id.ts'
import { type LotName, makeUris } from '../epcis/identifiers.ts'
import { lotElement, type VocabularyElement } from '../epcis/lot-facts.ts'
import { contentOf, type TellableRecord } from '../epcis/record-content.ts'
import { eventsOf, type Told } from '../epcis/record-events.ts'
import type { EpcisPage, EpcisPlan } from '../epcis.ts'
import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Caller } from '../inventory.ts'
import type { Known, KnownLot } from '../known.ts'
import { oneUnit } from '../quantity/quantity.ts'
import { largestPage } from '../queries/paging.ts'
import type { Refusal } from '../refusals.ts'
import { showInstant } from '../time/instant.ts'
import type { RecordView } from '../views/record-view.ts'
import { type Calls, read } from './calls.ts'
import { told } from './epcis-plan.ts'

const idOf = (shown: string | null): Ulid => readUlid(shown ?? '') as Ulid

// What is shown has at most six places.
const difference = (from: number, less: number): number => Math.round(from * oneUnit - less * oneUnit) / oneUnit

/** Tells the records of a plan as events, a page at a time. */
export const makeEpcisEvents = ({ store, permitted }: Calls) => {
  const recordsOf = (
    { lot, records, from, to }: EpcisPlan,
    after: string | null,
  ): Effect.Effect<{ readonly items: readonly RecordView[]; readonly next: string | null }, Refusal> =>
    Effect.gen(function* () {
      if (records === null)
        return yield* store.findRecords({
          ...told,
          after,
          ...(lot !== null && { lot: { id: lot } }),
          ...(from !== null && { from }),
          ...(to !== null && { to }),
        })
      const begin = Number(after ?? 0)
      const items: RecordView[] = []
      for (const id of records.slice(begin, begin + largestPage)) {
        const record = yield* store.recordById(id)
        if (record !== undefined) items.push(record)
      }
      return { items, next: begin + largestPage < records.length ? String(begin + largestPage) : null }
    })

  /** Whether the record is the first that was written about its lot. */
  const isFirst = ({ id, inventoryLotId }: RecordView) =>
    Effect.map(
      store.findRecords({ ...told, lot: { id: idOf(inventoryLotId) }, limit: 1, after: null }),
      ({ items }) => items[0]?.id === id,
    )

  /** A lot that was shipped says so by its SHIP record. */
  const isShipped = ({ inventoryLotId }: RecordView) =>
    Effect.map(
      store.findRecords({
        ...told,
        ...{
          primaryLot: { id: idOf(inventoryLotId) },
          lotRecordType: ['SHIP'],
          reversed: false,
          limit: 1,
          after: null,
        },
      }),
      ({ items }) => items.length > 0,
    )

  /** The states of a record in turn: its versions, and for a consumption what was given back. */
  const turnsOf = (plan: EpcisPlan, record: RecordView) =>
    Effect.gen(function* () {
      const id = idOf(record.id)
      const versions =
        record.version === 1
          ? [{ since: record.createdDate, record }]
          : (yield* store.recordVersions(id)).map((version) => ({ since: version.writtenDate, record: version.record }))
      const given = record.lotRecordType === 'CONSUME' ? (plan.givenBack.get(id) ?? []) : []
      const news = [
        ...versions.map(({ since, record: version }) => ({ since, version, quantity: 0 })),
        ...given.map(({ since, quantity }) => ({ since, version: undefined, quantity })),
      ].sort((left, right) => left.since.localeCompare(right.since))
      let current: RecordView | undefined
      let back = 0
      return news.flatMap(({ since, version, quantity }) => {
        current = version ?? current
        back = difference(back, -quantity)
        if (current === undefined) return []
        const left = current.quantity === null ? null : difference(current.quantity, back)
        return [{ since, record: current, left, isGivenBack: left === 0 && back !== 0 }]
      })
    })

  const eventsOfRecord = (plan: EpcisPlan, known: Known, record: RecordView) =>
    Effect.gen(function* () {
      const uris = makeUris(plan.base)
      const type = record.lotRecordType
      const id = idOf(record.id)
      if (type === 'UNCONSUME' && !plan.elsewhere.has(id)) return []
      if (type === 'STATUS_CHANGE' && record.lotStatus === 'SHIPPED' && (yield* isShipped(record))) return []
      const primary = known.lots.get(idOf(record.inventoryLotId))?.lot
      const other =
        record.secondaryInventoryLotId === null ? undefined : known.lots.get(idOf(record.secondaryInventoryLotId))
      const shared = {
        secondary: other === undefined ? undefined : nameOf(known, other),
        isFirst: type === 'PRODUCE' && (yield* isFirst(record)),
        expirationDate: primary?.expirationDate == null ? null : showInstant(primary.expirationDate),
        supplierId: primary?.supplierId ?? null,
        consumed: plan.elsewhere.get(id) ?? null,
      }
      const tell = (version: RecordView, quantity: number | null): TellableRecord => ({
        ...shared,
        record: version,
        quantity,
      })
      const turns: Told[] = (yield* turnsOf(plan, record)).map((turn) => ({
        since: turn.since,
        content: turn.record.posted && !turn.isGivenBack ? contentOf(tell(turn.record, turn.left), uris) : undefined,
      }))
      const reversal = record.reversedBy === null ? undefined : yield* store.recordById(idOf(record.reversedBy))
      if (reversal === undefined) return eventsOf(record.id ?? '', turns)
      const { createdDate: since } = reversal
      if (type !== 'SHIP' || record.secondaryInventoryLotId !== null)
        return eventsOf(record.id ?? '', [...turns, { since, content: undefined }])
      return [...eventsOf(record.id ?? '', turns), voidOf(tell(record, record.quantity), reversal)]

      function voidOf(shipped: TellableRecord, { id: reversalId, notes, createdBy }: RecordView): EpcisEvent {
        const { endDate: _end, ...rest } = shipped.record
        const content = contentOf(
          { ...shipped, record: { ...rest, endDate: null, startDate: since } },
          uris,
          'voidShip',
        )
        const own = {
          'lotbook:recordId': reversalId ?? '',
          'lotbook:lotRecordType': 'SHIP',
          'lotbook:reversalOf': record.id ?? '',
          ...(notes !== null && { 'lotbook:notes': notes }),
          'lotbook:actor': createdBy,
        }
        return epcisEvent({ ...content, own }, eventIdOf(idOf(reversalId), 1), since)
      }
    })

  return (plan: EpcisPlan, after: string | null, caller: Caller): Effect.Effect<EpcisPage, Refusal> =>
    Effect.gen(function* () {
      yield* permitted(caller, read)
      const { items, next } = yield* recordsOf(plan, after)
      const ids = new Set(
        items.flatMap((record) => [idOf(record.inventoryLotId)].concat(otherOf(record.secondaryInventoryLotId))),
      )
      const known = yield* store.view({ lots: Array.from(ids, (id) => ({ id })) }, (all) => all)
      const events: EpcisEvent[] = []
      for (const record of items) events.push(...(yield* eventsOfRecord(plan, known, record)))
      const uris = makeUris(plan.base)
      const lots = [...ids].flatMap((id): readonly VocabularyElement[] => {
        const item = known.lots.get(id)
        const unit = item === undefined ? undefined : known.units.get(item.lot.unitOfMeasureId)
        return item === undefined ? [] : [lotElement(uris, nameOf(known, item), item.lot, unit?.symbol ?? '')]
      })
      return { events, lots, next }
    })
}

const otherOf = (shown: string | null): readonly Ulid[] => (shown === null ? [] : [idOf(shown)])

const nameOf = (known: Known, { lot }: KnownLot): LotName => ({
  materialPath: known.materials.get(lot.materialId)?.path ?? '',
  lotName: lot.name,
})
