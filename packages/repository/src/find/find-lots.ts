import {
  type LotQuery,
  type LotStatus,
  type LotView,
  lotView,
  type NotFound,
  type Page,
  type ValidationFailed,
} from '@lotbook/domain'
import { Result } from 'effect'
import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all as allRows, type Program } from '../program.ts'
import { bit } from '../rows/codec.ts'
import { joinLots, lotCodec } from '../rows/lot.ts'
import { materialCodec, unitCodec } from '../rows/master-data.ts'
import type { Bit } from '../tables.ts'
import { all, anyGiven, inRange, same } from './conditions.ts'
import { listing } from './listing.ts'
import { isExpiredAt, type LotColumns, lotNow, lotSelection, lotThen, wasThere } from './lot-at-moment.ts'
import { type Counting, type Moments, today } from './moment.ts'
import { pageOf, readCursor } from './page.ts'
import { nameOrMaterial, placeOrSubtree, type Resolve } from './resolve.ts'

interface Values {
  readonly after: number | undefined
  readonly before: number | undefined
  readonly material: number | undefined
  readonly name: string | undefined
  readonly nameInMaterial: string | undefined
  readonly inMaterial: number | undefined
  readonly nameContains: string | undefined
  readonly status: LotStatus | undefined
  readonly now: number
  readonly isExpired: 1 | undefined
  readonly isEffectively: LotStatus | undefined
  readonly place: number | undefined
  readonly subtree: string | undefined
  readonly subtreeFrom: string | undefined
  readonly subtreeBefore: string | undefined
  readonly hasStock: 1 | undefined
  readonly isEmpty: 1 | undefined
  readonly isEnabled: Bit | undefined
  readonly lot: number | undefined
  readonly others: 1 | undefined
  readonly supplierId: string | null
  readonly expirationFrom: number | null
  readonly expirationTo: number | null
  readonly totalFrom: number | null
  readonly totalTo: number | null
  readonly stockFrom: number | null
  readonly stockTo: number | null
  readonly createdFrom: number | null
  readonly createdTo: number | null
  readonly upTo: number | undefined
  readonly known: number
  readonly made: number
}

const othersOf = ({ supplierId, expiration, totalQuantity, stock, created }: LotQuery) => ({
  supplierId: supplierId ?? null,
  expirationFrom: expiration?.least ?? null,
  expirationTo: expiration?.greatest ?? null,
  totalFrom: totalQuantity?.least ?? null,
  totalTo: totalQuantity?.greatest ?? null,
  stockFrom: stock?.least ?? null,
  stockTo: stock?.greatest ?? null,
  createdFrom: created?.least ?? null,
  createdTo: created?.greatest ?? null,
})

/** Lists lots in the order in which they were made, or the other way round. */
export const makeFindLots = ({ db, contains }: Dialect, resolve: Resolve, moments: Moments) => {
  const pageOfLots = (direction: 'asc' | 'desc', columnsOf: (p: Counting) => LotColumns) => {
    const stock = (p: Counting) =>
      sql`from inventory join location on location.id = inventory.location where inventory.lot = lot.id and ${columnsOf(p).held} <> 0`
    return listing<Values>()(
      (p) =>
        joinLots(db)
          .select(lotSelection(columnsOf(p)))
          .select(columnsOf(p).onHand.as('on_hand')),
      {
        always: {
          upTo: wasThere,
          after: (p) => sql`lot.id > ${p.after}`,
          before: (p) => sql`lot.id < ${p.before}`,
          isEnabled: (p) => sql`lot.enabled = ${p.isEnabled}`,
        },
        narrowing: [
          {
            lot: (p) => sql`lot.id = ${p.lot}`,
            nameInMaterial: (p) => sql`(lot.material = ${p.inMaterial} and lot.name = ${p.nameInMaterial})`,
            material: (p) => sql`lot.material = ${p.material}`,
          },
          {
            place: (p) => sql`exists (select 1 ${stock(p)} and location.id = ${p.place})`,
            subtree: (p) =>
              sql`exists (select 1 ${stock(p)} and (location.path = ${p.subtree} or (location.path >= ${p.subtreeFrom} and location.path < ${p.subtreeBefore})))`,
            hasStock: (p) => sql`exists (select 1 ${stock(p)})`,
          },
        ],
        others: {
          name: (p) => sql`lot.name = ${p.name}`,
          nameContains: (p) => contains(sql.ref('lot.name'), p.nameContains),
          status: (p) => sql`${columnsOf(p).status} = ${p.status}`,
          isExpired: (p) => isExpiredAt(columnsOf(p), p.now),
          isEffectively: (p) =>
            sql`(${columnsOf(p).status} = ${p.isEffectively} and not ${isExpiredAt(columnsOf(p), p.now)})`,
          isEmpty: (p) => sql`not exists (select 1 ${stock(p)})`,
          others: (p) =>
            all([
              same('lot.supplier_id', p.supplierId),
              inRange(columnsOf(p).expiresAt, p.expirationFrom, p.expirationTo),
              inRange(columnsOf(p).totalQuantity, p.totalFrom, p.totalTo),
              inRange(columnsOf(p).onHand, p.stockFrom, p.stockTo),
              inRange(sql.ref('lot.created_at'), p.createdFrom, p.createdTo),
            ]),
        },
      },
      (query, limit) => query.orderBy('lot.id', direction).limit(limit),
    )
  }
  const pagesOf = (columnsOf: (p: Counting) => LotColumns) => ({
    asc: pageOfLots('asc', columnsOf),
    desc: pageOfLots('desc', columnsOf),
  })
  const now = pagesOf(() => lotNow)
  const then = pagesOf(lotThen)

  return function* findLots(query: LotQuery): Program<Result.Result<Page<LotView>, NotFound | ValidationFailed>> {
    const cursor = readCursor(query, [0])
    if (Result.isFailure(cursor)) return Result.fail(cursor.failure)
    const found = yield* resolve({ lot: query.lot, material: query.material, location: query.location })
    if (Result.isFailure(found)) return Result.fail(found.failure)
    const { lot, material, location } = found.success
    const counting = yield* moments.counting(query)
    const others = othersOf(query)
    const backwards = query.newestFirst === true
    const values: Values = {
      after: backwards ? undefined : cursor.success?.[0],
      before: backwards ? cursor.success?.[0] : undefined,
      ...nameOrMaterial(query.name, material),
      nameContains: query.nameContains,
      status: query.status,
      now: query.now,
      isExpired: query.effectiveStatus === 'EXPIRED' ? 1 : undefined,
      isEffectively: query.effectiveStatus === 'EXPIRED' ? undefined : query.effectiveStatus,
      ...placeOrSubtree(location, query.subtree),
      hasStock: query.onHand === true ? 1 : undefined,
      isEmpty: query.onHand === false ? 1 : undefined,
      isEnabled: query.enabled === undefined ? (query.includeDisabled === true ? undefined : 1) : bit(query.enabled),
      lot,
      others: anyGiven(others),
      ...others,
      ...(counting ?? today),
      upTo: counting?.upTo,
    }
    const page = (counting === undefined ? now : then)[backwards ? 'desc' : 'asc']
    const rows = yield* allRows(page(values, query.limit))
    const show = (row: (typeof rows)[number]): LotView =>
      lotView(lotCodec.read(row), materialCodec.read(row), unitCodec.read(row), row.get('on_hand'), query.now)
    return Result.succeed(pageOf(rows, query, (row) => [row.get('lot_id')], show))
  }
}
