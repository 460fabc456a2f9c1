import { Result } from 'effect'
import type { KnownLot } from '../../known.ts'
import { effectiveStatus, type InventoryRow } from '../../lot/lot.ts'
import type { Location, Material, Unit } from '../../master-data/master-data.ts'
import type { NotFound, ValidationFailed } from '../../refusals.ts'
import type { Ref } from '../../scope.ts'
import type { InventoryQuery, Moment, Page } from '../../store.ts'
import { type InventoryView, inventoryView } from '../../views/lot-view.ts'
import { lotsAt } from './at-moment.ts'
import { holds, isAnnotated, isBetween } from './holds.ts'
import { pageOf, refuseStrangeCursor } from './pages.ts'
import { resolveLocation, resolveLot, resolveMaterial, within } from './resolve.ts'
import { knownOf, type Tables } from './tables.ts'

interface Stock extends KnownLot {
  readonly row: InventoryRow
  readonly location: Location
}

const stockOf = (tables: Tables, moment: Moment): readonly Stock[] =>
  Array.from(lotsAt(tables, moment).values()).flatMap((item) =>
    Array.from(item.rows.values(), (row) => ({
      ...item,
      row,
      location: tables.locations.get(row.locationId) as Location,
    })),
  )

const isOrderOf = (order: Ref, row: InventoryRow): boolean =>
  'id' in order ? row.productionOrderId === order.id : row.productionOrderName === order.name

/** Stock by location path, then by lot name; lots of one name are told apart by the row's id. */
export const findInventory = (
  tables: Tables,
  query: InventoryQuery,
): Result.Result<Page<InventoryView>, NotFound | ValidationFailed> =>
  Result.gen(function* () {
    yield* refuseStrangeCursor(query, ['', '', ''])
    const known = knownOf(tables)
    const locationId = yield* resolveLocation(known, query.location)
    const lotId = yield* resolveLot(known, query.lot)
    const materialId = yield* resolveMaterial(known, query.material)
    const place = locationId === undefined ? undefined : tables.locations.get(locationId)
    const isThere = place === undefined ? undefined : within(place.path, query.subtree ?? false)

    const matches = ({ lot, row, location }: Stock): boolean =>
      (isThere === undefined || isThere(location.path)) &&
      (lotId === undefined || lot.id === lotId) &&
      (query.lotName === undefined || lot.name === query.lotName) &&
      (materialId === undefined || lot.materialId === materialId) &&
      (row.quantity !== 0 || query.includeZero === true) &&
      holds(query.name, row.name) &&
      holds(query.lotStatus, lot.status) &&
      holds(query.effectiveStatus, effectiveStatus(lot, query.now)) &&
      (query.productionOrder === undefined || isOrderOf(query.productionOrder, row)) &&
      isBetween(query.quantity, row.quantity) &&
      holds(query.negative, row.quantity < 0) &&
      isAnnotated(query, row)

    const show = ({ lot, row, location }: Stock): InventoryView =>
      inventoryView(
        row,
        lot,
        location,
        tables.materials.get(lot.materialId) as Material,
        tables.units.get(lot.unitOfMeasureId) as Unit,
        query.now,
      )
    const stock = stockOf(tables, query).filter(matches)
    return pageOf(stock, ({ lot, row, location }) => [location.path, lot.name, row.id], query, show)
  })
