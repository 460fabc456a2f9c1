import { findMaterial, type LotRef, type Ulid } from '@lotbook/domain'
import { type Kysely, sql } from 'kysely'
import { all, first, type Program } from '../program.ts'
import { inventoryCodec, lotCodec, selectLots } from '../rows/lot.ts'
import { locationCodec, materialCodec, unitCodec } from '../rows/master-data.ts'
import { wideStatement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { LoadMasterData } from './load-master-data.ts'
import type { Loaded, LoadedLot } from './loaded.ts'

/** Reads lots into what is known, each with its material, its unit and every row of its stock. */
export const makeLoadLots = (db: Kysely<Tables>, { loadMaterial, loadUnit }: LoadMasterData) => {
  const byUlid = wideStatement((p: { readonly ulid: Ulid }) => selectLots(db).where('lot.ulid', '=', p.ulid))
  const byName = wideStatement((p: { readonly material: number; readonly name: string }) =>
    selectLots(db).where('lot.material', '=', p.material).where('lot.name', '=', p.name),
  )
  const withStockAt = wideStatement((p: { readonly location: Ulid }) =>
    selectLots(db)
      .where(
        sql<boolean>`lot.id in (select inventory.lot from inventory join location on location.id = inventory.location where location.ulid = ${p.location} and inventory.quantity <> 0)`,
      )
      .orderBy('lot.id'),
  )
  const rowsOf = wideStatement((p: { readonly lot: number }) =>
    db
      .selectFrom('inventory')
      .innerJoin('location', 'location.id', 'inventory.location')
      .innerJoin('lot', 'lot.id', 'inventory.lot')
      .leftJoin('unit as capacity_unit', 'capacity_unit.id', 'location.storage_capacity_unit')
      .select(inventoryCodec.selection)
      .select(locationCodec.selection)
      .select(['lot.ulid as lot_ulid', 'capacity_unit.ulid as capacity_unit_ulid'])
      .where('inventory.lot', '=', p.lot)
      // In the order in which they came to be, so that what is posted row by row is the same on every engine.
      .orderBy('inventory.ulid'),
  )
  type LotRow = NonNullable<ReturnType<typeof byUlid>['row']>

  function* loadRows(loaded: Loaded, item: LoadedLot, lot: number): Program<void> {
    const { locations, keys } = loaded
    for (const row of yield* all(rowsOf({ lot }))) {
      const place = row.get('location_ulid')
      item.rows.set(place, inventoryCodec.read(row))
      if (locations.has(place)) continue
      locations.set(place, locationCodec.read(row))
      keys.locations.set(place, row.get('location_id'))
      const unit = row.get('capacity_unit_ulid')
      if (unit !== null) yield* loadUnit(loaded, { id: unit })
    }
  }

  function* addLot(loaded: Loaded, row: LotRow): Program<void> {
    if (loaded.lots.has(row.get('lot_ulid'))) return
    const { keys } = loaded
    const item: LoadedLot = { lot: lotCodec.read(row), rows: new Map() }
    loaded.lots.set(item.lot.id, item)
    keys.lots.set(item.lot.id, row.get('lot_id'))
    const { materialId, unitOfMeasureId } = item.lot
    if (!loaded.units.has(unitOfMeasureId)) {
      loaded.units.set(unitOfMeasureId, unitCodec.read(row))
      keys.units.set(unitOfMeasureId, row.get('unit_id'))
    }
    if (!loaded.materials.has(materialId)) {
      loaded.materials.set(materialId, materialCodec.read(row))
      keys.materials.set(materialId, row.get('material_id'))
      yield* loadUnit(loaded, { id: row.get('material_unit_ulid') })
    }
    yield* loadRows(loaded, item, row.get('lot_id'))
  }

  function* find(loaded: Loaded, ref: LotRef): Program<LotRow | undefined> {
    if ('id' in ref) return yield* first(byUlid({ ulid: ref.id }))
    yield* loadMaterial(loaded, ref.material)
    const material = findMaterial(loaded, ref.material)
    const key = material && loaded.keys.materials.get(material.id)
    return key === undefined ? undefined : yield* first(byName({ material: key, name: ref.name }))
  }

  function* loadLot(loaded: Loaded, ref: LotRef): Program<void> {
    if ('id' in ref && loaded.lots.has(ref.id)) return
    const row = yield* find(loaded, ref)
    if (row !== undefined) yield* addLot(loaded, row)
  }

  /** Loads every lot of which something lies at the location. */
  function* loadStockAt(loaded: Loaded, location: Ulid): Program<void> {
    for (const row of yield* all(withStockAt({ location }))) yield* addLot(loaded, row)
  }

  return { loadLot, loadStockAt }
}
/** What `makeLoadLots` makes. */
export type LoadLots = ReturnType<typeof makeLoadLots>
