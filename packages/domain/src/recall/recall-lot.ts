import { showUlid } from '../identifiers/ulid.ts'
import { effectiveStatus } from '../lot/lot.ts'
import { lastName } from '../master-data/master-data.ts'
import { type Quantity, showQuantity } from '../quantity/quantity.ts'
import { one, type Ratio, showRatio, toNumber } from '../quantity/ratio.ts'
import type { LotRef } from '../scope.ts'
import { type Instant, showInstant } from '../time/instant.ts'
import { lotsOf } from '../trace/details.ts'
import { foldShares } from '../trace/fold.ts'
import { ask, type Key, type TracedLot, type Walk } from '../trace/questions.ts'
import { inChunks, reach } from '../trace/reach.ts'
import { balanceOf } from './balance.ts'
import type { Movement, ShipmentRecord, StockAt } from './recall-questions.ts'
import { mostRecallEdges, type RecallQuery } from './recall-request.ts'
import type { RecallLot, RecallQuantities, RecallShipment, RecallView } from './recall-view.ts'
import { type Summand, totalsOf } from './totals.ts'
import { type DatedAhead, warningsOf } from './warnings.ts'

// How many lots one question is about: short enough that others wait for none of them.
const chunk = 200

/** What stores answer about some lots, by lot. */
interface Facts {
  readonly stock: ReadonlyMap<Key, readonly StockAt[]>
  readonly entrySums: ReadonlyMap<Key, Quantity>
  readonly movements: ReadonlyMap<Key, readonly Movement[]>
  readonly shipments: ReadonlyMap<Key, readonly ShipmentRecord[]>
}

const byLot = <A extends { readonly lot: Key }>(items: readonly A[]): ReadonlyMap<Key, readonly A[]> => {
  const found = new Map<Key, A[]>()
  for (const item of items) {
    const others = found.get(item.lot)
    if (others === undefined) found.set(item.lot, [item])
    else others.push(item)
  }
  return found
}

function* factsOf(lots: readonly Key[], asOf: Instant | null): Walk<Facts> {
  const movements = byLot(yield* ask('movements', { lots, asOf }))
  const shipping = lots.filter((lot) => movements.get(lot)?.some(({ lotRecordType }) => lotRecordType === 'SHIP'))
  const entries = yield* ask('entrySums', { lots, asOf })
  return {
    movements,
    stock: byLot(yield* ask('stock', { lots, asOf })),
    entrySums: new Map(entries.map(({ lot, quantity }) => [lot, quantity])),
    shipments: shipping.length === 0 ? new Map() : byLot(yield* ask('shipments', { lots: shipping, asOf })),
  }
}

const shipmentOf = ({ lot: _lot, id, effectiveDate, quantity, ...said }: ShipmentRecord): RecallShipment => ({
  recordId: showUlid(id),
  date: showInstant(effectiveDate),
  quantity: showQuantity(quantity),
  to:
    said.destinationLocationPath ??
    said.secondaryInventoryLotName ??
    said.productionOrderName ??
    said.notes ??
    said.spare1 ??
    said.spare2 ??
    said.spare3,
  ...said,
  secondaryInventoryLotId: said.secondaryInventoryLotId === null ? null : showUlid(said.secondaryInventoryLotId),
})

interface Told {
  readonly lot: RecallLot
  readonly summand: Summand
}

/** A lot with all that is known of it. What lies there comes from its rows, what came and went from its records. */
const tell = (
  { key, lot, material, unit }: TracedLot,
  { facts, all }: { readonly facts: Facts; readonly all: Facts },
  place: {
    readonly depth: number
    readonly share: Ratio | undefined
    readonly shareUnit: string | undefined
    readonly asOf: Instant | null
  },
  now: Instant,
): Told => {
  const { asOf, share, shareUnit } = place
  const stock = facts.stock.get(key) ?? []
  const balance = balanceOf(facts.movements.get(key) ?? [])
  const onHand = stock.reduce((sum, { quantity }) => sum + quantity, 0)
  // Rows and totals know no dates: they are held against everything.
  const inRows = (all.stock.get(key) ?? []).reduce((sum, { quantity }) => sum + quantity, 0)
  const { added } = all === facts ? balance : balanceOf(all.movements.get(key) ?? [])
  const quantities: RecallQuantities = {
    onHand,
    held: lot.status === 'QA_HOLD' ? onHand : 0,
    shipped: balance.shipped,
    scrapped: balance.scrapped,
    returned: balance.returned,
    quantityIn: balance.in,
    quantityOut: balance.out,
    unexplained: balance.in - balance.out - onHand,
  }
  const shown = Object.fromEntries(Object.entries(quantities).map(([name, value]) => [name, showQuantity(value)]))
  return {
    summand: {
      unitId: lot.unitOfMeasureId,
      unitSymbol: unit.symbol,
      materialId: lot.materialId,
      quantities,
    },
    lot: {
      lotId: showUlid(lot.id),
      lotName: lot.name,
      materialId: showUlid(lot.materialId),
      materialPath: material.path,
      materialName: lastName(material.path),
      depth: place.depth,
      share: share === undefined ? null : toNumber(share),
      shareExact: share === undefined ? null : showRatio(share),
      shareUnitOfMeasureSymbol: share === undefined ? null : (shareUnit ?? null),
      status: lot.status,
      effectiveStatus: effectiveStatus(lot, asOf ?? now),
      unitOfMeasureSymbol: unit.symbol,
      ...(shown as unknown as RecallQuantities),
      entriesUnexplained: asOf === null ? showQuantity((all.entrySums.get(key) ?? 0) - inRows) : null,
      totalUnexplained: asOf === null ? showQuantity(added - lot.totalQuantity) : null,
      stock: stock.map(({ locationId, locationPath, quantity }) => ({
        locationId: showUlid(locationId),
        locationPath,
        quantity: showQuantity(quantity),
      })),
      shipments: (facts.shipments.get(key) ?? []).map(shipmentOf),
    },
  }
}

/** Whether everything of a lot adds up. */
export const isBalanced = ({ unexplained, entriesUnexplained, totalUnexplained }: RecallLot): boolean =>
  unexplained === 0 && (entriesUnexplained ?? 0) === 0 && (totalUnexplained ?? 0) === 0

/**
 * Recalls a lot: every lot that something of it went into, where it lies, what was shipped and to whom, what is held, and
 * whether it all adds up. Undefined where there is no such lot.
 */
export function* recallLot(lot: LotRef, query: RecallQuery, now: Instant): Walk<RecallView | undefined> {
  const root = yield* ask('key', { lot })
  if (root === undefined) return undefined
  const { asOf, limit } = query
  const walked = yield* reach(root, { side: 'down', depth: null, asOf, lots: limit, edges: mostRecallEdges })
  const shares = yield* foldShares(root, walked, null, asOf)
  const known = 'why' in shares ? undefined : shares
  // The recalled lot is all of itself, also where no other share can be told.
  const shareOf = (key: Key): Ratio | undefined => (key === root ? one : known?.shares.get(key))
  const told: Told[] = []
  const ahead: DatedAhead[] = []
  for (const keys of inChunks([...walked.places.keys()], chunk)) {
    const lots = yield* lotsOf([...keys, ...keys.flatMap((key) => known?.partial.get(key) ?? [])], asOf)
    const all = yield* factsOf(keys, asOf)
    const later = asOf === null ? yield* ask('ahead', { lots: keys, now }) : []
    const dated = new Set(later.map((record) => record.lot))
    // What is dated ahead has not happened: what lies there is told as it is now.
    const facts = dated.size === 0 ? all : yield* factsOf([...dated], now)
    for (const record of later) ahead.push({ lotName: lots.get(record.lot)?.lot.name ?? '', record })
    for (const key of keys) {
      const depth = walked.depths[walked.places.get(key) as number] as number
      const found = lots.get(key)
      const by = known?.partial.get(key)
      const shareUnit = by === undefined ? undefined : lots.get(by)?.unit.symbol
      const counted = { facts: dated.has(key) ? facts : all, all }
      if (found !== undefined) told.push(tell(found, counted, { depth, share: shareOf(key), shareUnit, asOf }, now))
    }
  }
  const factors = yield* ask('conversions', {})
  const conversions = {
    conversions: new Map(factors.map((factor) => [factor.id, { ...factor, enabled: true }])),
    units: new Map(),
  }
  const lots = told.map((item) => item.lot)
  const [self] = lots
  if (self === undefined) return undefined
  const { lotId, lotName, materialId, materialPath, materialName } = self
  const view = {
    ...{ lotId, lotName, materialId, materialPath, materialName },
    takenDate: showInstant(now),
    asOf: asOf === null ? null : showInstant(asOf),
    complete: !walked.truncated && lots.length === walked.places.size,
    truncated: walked.truncated,
    balanced: lots.every(isBalanced),
    sharesLeftOut: 'why' in shares ? shares.why : null,
    totals: totalsOf(
      told.map(({ summand }) => summand),
      conversions,
    ),
    lots,
  }
  return { ...view, warnings: warningsOf(view, ahead) }
}
