import type { Ulid } from '../identifiers/ulid.ts'
import { isEmpty, type Known, type KnownLot } from '../known.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import type { Quantity } from '../quantity/quantity.ts'
import { type Instant, lastInstant, oneDay } from '../time/instant.ts'
import { type Change, effectiveDate, type LotEntry, type LotRecord, type StockEntry } from './lot-record.ts'

/** The legs of a record, and what it adds to the totals of lots. */
export interface Legs {
  readonly stockEntries: readonly StockEntry[]
  /** What is added to each lot's total, in millionths. */
  readonly added: ReadonlyMap<Ulid, Quantity>
  /** The quantity of the record: for a MERGE of everything, what was there. */
  readonly quantity: Quantity | null
}

/** A lot that the scope named: it is there, or the decision was asked for without its scope. */
export const lotOf = (known: Known, id: Ulid): KnownLot => {
  const lot = known.lots.get(id)
  if (lot === undefined) throw new Error(`lot ${id} was not loaded for this decision`)
  return lot
}

const nothingAdded: ReadonlyMap<Ulid, Quantity> = new Map()

const mergeLegs = (known: Known, record: LotRecord, at: Instant): Legs => {
  const survivor = record.inventoryLotId
  const absorbed = record.secondaryInventoryLotId as Ulid
  // One that asks for a quantity takes that much from one place; one that does not takes every row, each where it lies.
  const moves =
    record.requestedQuantity === null
      ? [...lotOf(known, absorbed).rows.values()]
          .filter(({ quantity }) => quantity !== 0)
          .map(({ locationId, quantity }) => ({
            from: locationId,
            to: record.destinationLocationId ?? locationId,
            quantity,
          }))
      : [
          {
            from: (record.sourceLocationId ?? record.destinationLocationId) as Ulid,
            to: (record.destinationLocationId ?? record.sourceLocationId) as Ulid,
            // In the lots’ unit; what was asked may be in another.
            quantity: record.quantity as Quantity,
          },
        ]
  const quantity = moves.reduce((sum, move) => sum + move.quantity, 0)
  return {
    stockEntries: moves.flatMap((move) => [
      { locationId: move.from, lotId: absorbed, quantity: -move.quantity, effectiveDate: at },
      { locationId: move.to, lotId: survivor, quantity: move.quantity, effectiveDate: at },
    ]),
    added: new Map([[survivor, Math.max(0, quantity)]]),
    quantity,
  }
}

/** What a record posts: the table of `docs` as code. The record must carry what its type needs. */
export const legsOf = (known: Known, record: LotRecord): Legs => {
  const at = effectiveDate(record)
  if (record.lotRecordType === 'MERGE') return mergeLegs(known, record, at)
  const lotId = record.inventoryLotId
  const other = record.secondaryInventoryLotId
  const quantity = record.quantity ?? 0
  const source = record.sourceLocationId
  const destination = record.destinationLocationId
  const leg = (locationId: Ulid | null, lot: Ulid, signed: Quantity): StockEntry => ({
    locationId: locationId as Ulid,
    lotId: lot,
    quantity: signed,
    effectiveDate: at,
  })
  const legs = (stockEntries: readonly StockEntry[], added?: readonly [Ulid, Quantity]): Legs => ({
    stockEntries,
    added: added === undefined ? nothingAdded : new Map([added]),
    quantity: record.quantity,
  })
  switch (record.lotRecordType) {
    case 'RECEIVE':
      return other !== null && source !== null
        ? legs([leg(source, other, -quantity), leg(destination, lotId, quantity)], [lotId, quantity])
        : legs([leg(destination, lotId, quantity)], [lotId, quantity])
    case 'PRODUCE':
      return legs([leg(destination, lotId, quantity)], [lotId, quantity])
    case 'CONSUME':
      return legs([leg(source, lotId, -quantity)])
    case 'UNCONSUME':
      return legs([leg(destination, lotId, quantity)])
    case 'MOVE':
      return legs([leg(source, lotId, -quantity), leg(destination, lotId, quantity)])
    case 'SPLIT':
      return legs([leg(source, lotId, -quantity), leg(source, other as Ulid, quantity)], [other as Ulid, quantity])
    case 'SCRAP':
    case 'RETURN':
    case 'SHIP':
      return other !== null && destination !== null
        ? legs([leg(source, lotId, -quantity), leg(destination, other, quantity)], [other, quantity])
        : legs([leg(source, lotId, -quantity)])
    case 'EDIT':
      return legs([leg(source, lotId, quantity)], [lotId, Math.max(0, quantity)])
    case 'STATUS_CHANGE':
      return legs([])
  }
}

/** What is to happen to one lot; what is left out stays as it is. `closed` follows from the status unless it is given. */
export interface LotEffect {
  status?: LotStatus
  expiration?: Instant | null
  closed?: Instant | null
  total: Quantity
}

/** A lot entry that takes the lot from what it is to what the effect says; null where nothing changes. */
export const lotEntry = (item: KnownLot, effect: LotEffect, at: Instant): LotEntry | null => {
  const { lot } = item
  const status: Change<LotStatus> | null = effect.status === undefined ? null : [lot.status, effect.status]
  const expiration: LotEntry['expiration'] =
    effect.expiration === undefined || effect.expiration === lot.expirationDate
      ? null
      : [lot.expirationDate, effect.expiration]
  const derived = status === null || status[1] === status[0] ? lot.closedDate : status[1] === 'CLOSED' ? at : null
  const closedTo = effect.closed === undefined ? derived : effect.closed
  const closed: LotEntry['closed'] = closedTo === lot.closedDate ? null : [lot.closedDate, closedTo]
  if (status === null && expiration === null && closed === null && effect.total === 0) return null
  return { lotId: lot.id, effectiveDate: at, status, expiration, closed, total: effect.total }
}

/** The earlier of two dates; null is none. */
export const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null ? b : b === null ? a : Math.min(a, b)

const shelfLifeEnd = (known: Known, item: KnownLot, at: Instant): Instant | null => {
  const days = known.materials.get(item.lot.materialId)?.shelfLifeDays ?? null
  return days === null ? null : Math.min(lastInstant, at + days * oneDay)
}

/** Until when the other lot of the record keeps, where what is put into this one comes out of it and is of the same material. */
export const sourceExpiration = (known: Known, lotId: Ulid, record: LotRecord): Instant | null => {
  const otherId = lotId === record.inventoryLotId ? record.secondaryInventoryLotId : record.inventoryLotId
  const both = record.sourceLocationId !== null && record.destinationLocationId !== null
  if (otherId === null || !both || record.lotRecordType === 'PRODUCE') return null
  const other = lotOf(known, otherId).lot
  return other.materialId === lotOf(known, lotId).lot.materialId ? other.expirationDate : null
}

/** The date that begins with a posting: the shelf life, but no later than that of the lot that the stock comes out of. */
export const begunExpiration = (known: Known, lotId: Ulid, record: LotRecord): Instant | null =>
  earlier(shelfLifeEnd(known, lotOf(known, lotId), effectiveDate(record)), sourceExpiration(known, lotId, record))

/** The date that the first posting into a lot without one gives it. Null where this is no first posting, or nothing expires. */
export const firstExpiration = (known: Known, lotId: Ulid, record: LotRecord, added: Quantity): Instant | null => {
  const { lot } = lotOf(known, lotId)
  const inherits = record.lotRecordType === 'SPLIT' || record.lotRecordType === 'MERGE'
  const isFirst = !inherits && added > 0 && lot.totalQuantity === 0 && lot.expirationDate === null
  return isFirst ? begunExpiration(known, lotId, record) : null
}

const rowsOnly: ReadonlySet<LotRecord['lotRecordType']> = new Set([
  'CONSUME',
  'UNCONSUME',
  'MOVE',
  'SCRAP',
  'RETURN',
  'EDIT',
])

/**
 * What a record does to lots themselves. `before` is what was known before its stock entries, `after` with them.
 * Totals; shelf life on the first posting; SHIPPED with the last shipment; QA_HOLD for a customer return;
 * a split child's and a merge survivor's inheritance; CLOSED for what a merge absorbs; the new status of a STATUS_CHANGE.
 */
export const lotEntriesOf = (before: Known, after: Known, record: LotRecord, legs: Legs): readonly LotEntry[] => {
  // The types that only take from a row or move between rows do nothing to the lot itself.
  if (legs.added.size === 0 && rowsOnly.has(record.lotRecordType)) return []
  const at = effectiveDate(record)
  const effects = new Map<Ulid, LotEffect>()
  const effect = (lotId: Ulid): LotEffect => {
    const known = effects.get(lotId) ?? { total: 0 }
    effects.set(lotId, known)
    return known
  }
  for (const [lotId, total] of legs.added) {
    const own = effect(lotId)
    own.total = total
    const begun = firstExpiration(before, lotId, record, total)
    if (begun !== null) own.expiration = begun
  }
  const primary = lotOf(before, record.inventoryLotId)
  const secondary = record.secondaryInventoryLotId === null ? undefined : lotOf(before, record.secondaryInventoryLotId)
  switch (record.lotRecordType) {
    case 'STATUS_CHANGE': {
      const own = effect(primary.lot.id)
      own.status = record.lotStatus as LotStatus
      if (record.expirationDate !== null) own.expiration = record.expirationDate
      break
    }
    case 'RECEIVE':
      if (primary.lot.status === 'SHIPPED') effect(primary.lot.id).status = 'QA_HOLD'
      break
    case 'SHIP':
      if (primary.lot.status !== 'SHIPPED' && isEmpty(lotOf(after, primary.lot.id)))
        effect(primary.lot.id).status = 'SHIPPED'
      break
    case 'SPLIT':
      if (secondary !== undefined) {
        const child = effect(secondary.lot.id)
        if (secondary.lot.status !== primary.lot.status) child.status = primary.lot.status
        child.expiration = earlier(primary.lot.expirationDate, secondary.lot.expirationDate)
      }
      break
    case 'MERGE':
      if (secondary !== undefined) {
        effect(primary.lot.id).expiration = earlier(primary.lot.expirationDate, secondary.lot.expirationDate)
        if (secondary.lot.status !== 'CLOSED' && isEmpty(lotOf(after, secondary.lot.id)))
          effect(secondary.lot.id).status = 'CLOSED'
      }
      break
    default:
      break
  }
  return [...effects].flatMap(([lotId, own]) => lotEntry(lotOf(before, lotId), own, at) ?? [])
}
