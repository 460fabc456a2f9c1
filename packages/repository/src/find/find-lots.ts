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
import { all, type Program } from '../program.ts'
import { lotCodec, selectLots } from '../rows/lot.ts'
import { materialCodec, unitCodec } from '../rows/master-data.ts'
import { listing } from './listing.ts'
import { onHandOfLot } from './lot-columns.ts'
import { pageOf, readCursor } from './page.ts'
import { placeOrSubtree, type Resolve } from './resolve.ts'

interface Values {
  readonly after: number | undefined
  readonly material: number | undefined
  readonly name: string | undefined
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
  readonly isEnabled: 1 | undefined
}

const stock = sql`from inventory join location on location.id = inventory.location where inventory.lot = lot.id and inventory.quantity <> 0`

/** Lists lots in the order in which they were made. */
export const makeFindLots = ({ db, contains }: Dialect, resolve: Resolve) => {
  const page = listing<Values>()(
    () => selectLots(db).select(onHandOfLot.as('on_hand')),
    {
      after: (query, p) => query.where('lot.id', '>', p.after),
      material: (query, p) => query.where('lot.material', '=', p.material),
      name: (query, p) => query.where('lot.name', '=', p.name),
      nameContains: (query, p) => query.where(contains(sql.ref('lot.name'), p.nameContains)),
      status: (query, p) => query.where('lot.status', '=', p.status),
      isExpired: (query, p) => query.where(sql<boolean>`(lot.status = 'EXPIRED' or lot.expires_at <= ${p.now})`),
      isEffectively: (query, p) =>
        query
          .where('lot.status', '=', p.isEffectively)
          .where(sql<boolean>`(lot.expires_at is null or lot.expires_at > ${p.now})`),
      place: (query, p) => query.where(sql<boolean>`exists (select 1 ${stock} and location.id = ${p.place})`),
      subtree: (query, p) =>
        query.where(
          sql<boolean>`exists (select 1 ${stock} and (location.path = ${p.subtree} or (location.path >= ${p.subtreeFrom} and location.path < ${p.subtreeBefore})))`,
        ),
      hasStock: (query) => query.where(sql<boolean>`exists (select 1 ${stock})`),
      isEmpty: (query) => query.where(sql<boolean>`not exists (select 1 ${stock})`),
      isEnabled: (query) => query.where('lot.enabled', '=', 1),
    },
    (query, limit) => query.orderBy('lot.id').limit(limit),
  )

  return function* findLots(query: LotQuery): Program<Result.Result<Page<LotView>, NotFound | ValidationFailed>> {
    const cursor = readCursor(query, [0])
    if (Result.isFailure(cursor)) return Result.fail(cursor.failure)
    const found = yield* resolve({ material: query.material, location: query.location })
    if (Result.isFailure(found)) return Result.fail(found.failure)
    const { material, location } = found.success
    const values: Values = {
      after: cursor.success?.[0],
      material,
      name: query.name,
      nameContains: query.nameContains,
      status: query.status,
      now: query.now,
      isExpired: query.effectiveStatus === 'EXPIRED' ? 1 : undefined,
      isEffectively: query.effectiveStatus === 'EXPIRED' ? undefined : query.effectiveStatus,
      ...placeOrSubtree(location, query.subtree),
      hasStock: query.onHand === true ? 1 : undefined,
      isEmpty: query.onHand === false ? 1 : undefined,
      isEnabled: query.includeDisabled === true ? undefined : 1,
    }
    const rows = yield* all(page(values, query.limit))
    const show = (row: (typeof rows)[number]): LotView =>
      lotView(lotCodec.read(row), materialCodec.read(row), unitCodec.read(row), row.get('on_hand'), query.now)
    return Result.succeed(pageOf(rows, query, (row) => [row.get('lot_id')], show))
  }
}
