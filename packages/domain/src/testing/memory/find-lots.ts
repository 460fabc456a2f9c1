import { Result } from 'effect'
import { isEmpty, type KnownLot, onHand } from '../../known.ts'
import { effectiveStatus } from '../../lot/lot.ts'
import type { Material, Unit } from '../../master-data/master-data.ts'
import type { NotFound, ValidationFailed } from '../../refusals.ts'
import type { LotQuery, Page } from '../../store.ts'
import { type LotView, lotView } from '../../views/lot-view.ts'
import { lotsAt } from './at-moment.ts'
import { holds, isBetween } from './holds.ts'
import { pageOf, refuseStrangeCursor } from './pages.ts'
import { resolveLocation, resolveLot, resolveMaterial, within } from './resolve.ts'
import { knownOf, type Tables } from './tables.ts'

/** Lots in the order in which they were made. */
export const findLots = (tables: Tables, query: LotQuery): Result.Result<Page<LotView>, NotFound | ValidationFailed> =>
  Result.gen(function* () {
    yield* refuseStrangeCursor(query, [0])
    const known = knownOf(tables)
    const materialId = yield* resolveMaterial(known, query.material)
    const lotId = yield* resolveLot(known, query.lot)
    const locationId = yield* resolveLocation(known, query.location)
    const place = locationId === undefined ? undefined : tables.locations.get(locationId)
    const isThere = place === undefined ? undefined : within(place.path, query.subtree ?? false)

    const liesThere = ({ rows }: KnownLot): boolean =>
      isThere === undefined ||
      Array.from(rows.values()).some(
        (row) => row.quantity !== 0 && isThere(tables.locations.get(row.locationId)?.path ?? ''),
      )
    const matches = (item: KnownLot): boolean =>
      holds(materialId, item.lot.materialId) &&
      holds(query.name, item.lot.name) &&
      (query.nameContains === undefined || item.lot.name.includes(query.nameContains)) &&
      holds(query.status, item.lot.status) &&
      holds(query.effectiveStatus, effectiveStatus(item.lot, query.now)) &&
      holds(query.onHand, !isEmpty(item)) &&
      (item.lot.enabled || query.includeDisabled === true || query.enabled === false) &&
      holds(query.enabled, item.lot.enabled) &&
      holds(lotId, item.lot.id) &&
      holds<string | null>(query.supplierId, item.lot.supplierId) &&
      isBetween(query.expiration, item.lot.expirationDate) &&
      isBetween(query.totalQuantity, item.lot.totalQuantity) &&
      isBetween(query.stock, onHand(item)) &&
      isBetween(query.created, item.lot.createdDate) &&
      liesThere(item)

    const show = (item: KnownLot): LotView =>
      lotView(
        item.lot,
        tables.materials.get(item.lot.materialId) as Material,
        tables.units.get(item.lot.unitOfMeasureId) as Unit,
        onHand(item),
        query.now,
      )
    const lots = Array.from(lotsAt(tables, query).values()).filter(matches)
    const direction = query.newestFirst === true ? -1 : 1
    return pageOf(lots, ({ lot }) => [direction * (tables.lotPlaces.get(lot.id) as number)], query, show)
  })
