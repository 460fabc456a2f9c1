import type { Ulid } from '../identifiers/ulid.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { LotRef } from '../scope.ts'
import type { Instant } from '../time/instant.ts'
import { lotsOf } from '../trace/details.ts'
import { ask, type Walk } from '../trace/questions.ts'
import { inChunks, reach } from '../trace/reach.ts'
import { mostRecallEdges } from './recall-request.ts'

/** Which recall a change is about. */
export interface AffectedScope {
  readonly lot: LotRef
  /** How many lots at most. */
  readonly limit: number
  /** What is dated later than now is told apart. */
  readonly now: Instant
}

/** An affected lot, as far as a hold needs to know it. */
export interface AffectedLot {
  readonly id: Ulid
  readonly name: string
  readonly materialPath: string
  readonly status: LotStatus
  readonly unitOfMeasureSymbol: string
  /** In millionths, over all places, as it lies there now. */
  readonly onHand: Quantity
  /** The records that change its stock later than now. */
  readonly ahead: readonly Ulid[]
  /** Something of it lies somewhere now, be it less than nothing. */
  readonly liesNow: boolean
  /** Something of it lies somewhere once all that is dated ahead has come, be it less than nothing. Such a lot is loaded in full. */
  readonly hasStock: boolean
}

/** Every lot that a recall affects, nearest first. */
export interface Affected {
  /** There are more than these. */
  readonly truncated: boolean
  readonly lots: readonly AffectedLot[]
}

const chunk = 500

/** Finds every lot that is affected, for a change to act upon: nobody writes between the walk and the change. */
export function* findAffected({ lot, limit, now }: AffectedScope): Walk<Affected | undefined> {
  const root = yield* ask('key', { lot })
  if (root === undefined) return undefined
  const { places, truncated } = yield* reach(root, {
    ...{ side: 'down', depth: null, asOf: null },
    ...{ lots: limit, edges: mostRecallEdges },
  })
  const affected: AffectedLot[] = []
  for (const keys of inChunks([...places.keys()], chunk)) {
    const lots = yield* lotsOf(keys, null)
    const stock = new Set((yield* ask('stock', { lots: keys, asOf: null })).map((at) => at.lot))
    const ahead = yield* ask('ahead', { lots: keys, now })
    const dated = [...new Set(ahead.map((record) => record.lot))]
    const lying = dated.length === 0 ? [] : yield* ask('stock', { lots: dated, asOf: now })
    for (const key of keys) {
      const found = lots.get(key)
      if (found === undefined) continue
      const { id, name, status } = found.lot
      affected.push({
        ...{ id, name, status, materialPath: found.material.path },
        ...{ unitOfMeasureSymbol: found.unit.symbol, hasStock: stock.has(key) },
        liesNow: dated.includes(key) ? lying.some((at) => at.lot === key && at.quantity !== 0) : stock.has(key),
        onHand: dated.includes(key)
          ? lying.reduce((sum, at) => (at.lot === key ? sum + at.quantity : sum), 0)
          : found.onHand,
        ahead: ahead.flatMap((record) => (record.lot === key ? [record.id] : [])),
      })
    }
  }
  return { truncated: truncated || affected.length < places.size, lots: affected }
}
