import { findMaterial, type LotRef, type Ulid } from '@lotbook/domain'
import { type Kysely, sql } from 'kysely'
import { all, first, type Program } from '../program.ts'
import { inventoryCodec, lotCodec, selectLots } from '../rows/lot.ts'
import { locationCodec, materialCodec, unitCodec } from '../rows/master-data.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { LoadMasterData } from './load-master-data.ts'
import type { Loaded, LoadedLot } from './loaded.ts'

/** Reads lots into what is known, each with its material, its unit and every row of its stock. */
export const makeLoadLots = (db: Kysely<Tables>, { loadMaterial, loadUnit }: LoadMasterData) => {
  const byUlid = statement((p: { readonly ulid: Ulid }) => selectLots(db).where('lot.ulid', '=', p.ulid))
  const byName = statement((p: { readonly material: number; readonly name: string }) =>
    selectLots(db).where('lot.material', '=', p.material).where('lot.name', '=', p.name),
  )
  const withStockAt = statement((p: { readonly location: Ulid }) =>
    selectLots(db)
      .where(
        sql<boolean>`lot.id in (select inventory.lot from inventory join location on location.id = inventory.location where location.ulid = ${p.location} and inventory.quantity <> 0)`,
      )
      .orderBy('lot.id'),
  )
  const rowsOf = statement((p: { readonly lot: number }) =>
    db
      .selectFrom('inventory')
      .innerJoin('location', 'location.id', 'inventory.location')
      .innerJoin('lot', 'lot.id', 'inventory.lot')
      .leftJoin('unit as capacity_unit', 'capacity_unit.id', 'location.storage_capacity_unit')
      .select(inventoryCodec.selection)
      .select(locationCodec.selection)
      .select(['lot.ulid as lot_ulid', 'capacity_unit.ulid as capacity_unit_ulid'])
      .where('inventory.lot', '=', p.lot),
  )
  type LotRow = NonNullable<ReturnType<typeof byUlid>['row']>

  function* loadRows(loaded: Loaded, item: LoadedLot, lot: number): Program<void> {
    const { locations, keys } = loaded
    for (const row of yield* all(rowsOf({ lot }))) {
      const { location_ulid: place } = row
      item.rows.set(place, inventoryCodec.read(row))
      if (locations.has(place)) continue
      locations.set(place, locationCodec.read(row))
      keys.locations.set(place, row.location_id)
      if (row.capacity_unit_ulid !== null) yield* loadUnit(loaded, { id: row.capacity_unit_ulid })
    }
  }

  function* addLot(loaded: Loaded, row: LotRow): Program<void> {
    if (loaded.lots.has(row.lot_ulid)) return
    const { keys } = loaded
    const item: LoadedLot = { lot: lotCodec.read(row), rows: new Map() }
    loaded.lots.set(item.lot.id, item)
    keys.lots.set(item.lot.id, row.lot_id)
    if (!loaded.units.has(row.unit_ulid)) {
      loaded.units.set(row.unit_ulid, unitCodec.read(row))
      keys.units.set(row.unit_ulid, row.unit_id)
    }
    if (!loaded.materials.has(row.material_ulid)) {
      loaded.materials.set(row.material_ulid, materialCodec.read(row))
      keys.materials.set(row.material_ulid, row.material_id)
      yield* loadUnit(loaded, { id: row.material_unit_ulid })
    }
    yield* loadRows(loaded, item, row.lot_id)
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
