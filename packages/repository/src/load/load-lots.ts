import { findLocation, findMaterial, type Ref, type ScopedLotRef, type Ulid } from '@lotbook/domain'
import { type Kysely, sql } from 'kysely'
import { all, first, type Program } from '../program.ts'
import { inventoryCodec, lotCodec, selectBareLots } from '../rows/lot.ts'
import { lookup, wideLookup } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { LoadMasterData } from './load-master-data.ts'
import type { Loaded, LoadedLot } from './loaded.ts'

interface ByUlid {
  readonly ulid: Ulid
}
interface AtLocation {
  readonly location: number
}

/** A lot by its id. */
export const lotByUlid = (db: Kysely<Tables>) =>
  wideLookup((p: ByUlid) => selectBareLots(db).where('lot.ulid', '=', p.ulid))

/** Rows of stock, with the ids of their lot and their location. */
export const selectRows = (db: Kysely<Tables>) =>
  db
    .selectFrom('inventory')
    .innerJoin('location', 'location.id', 'inventory.location')
    .innerJoin('lot', 'lot.id', 'inventory.lot')
    .select(inventoryCodec.selection)
    .select(['location.ulid as location_ulid', 'lot.ulid as lot_ulid'])

/** The rows of stock of a lot, by its id. */
export const rowsOfLot = (db: Kysely<Tables>) =>
  wideLookup((p: ByUlid) => selectRows(db).where('lot.ulid', '=', p.ulid))

/** Reads lots into what is known, each with its material, its unit and every row of its stock. */
export const makeLoadLots = (db: Kysely<Tables>, { loadLocation, loadMaterial, loadUnit }: LoadMasterData) => {
  const byUlid = lotByUlid(db)
  const byName = wideLookup((p: { readonly material: number; readonly name: string }) =>
    selectBareLots(db).where('lot.material', '=', p.material).where('lot.name', '=', p.name),
  )
  const byPathAndName = wideLookup((p: { readonly path: string; readonly name: string }) =>
    selectBareLots(db).where('material.path', '=', p.path).where('lot.name', '=', p.name),
  )
  const besideLot = wideLookup((p: { readonly name: string; readonly lot: Ulid }) =>
    selectBareLots(db)
      .where('lot.name', '=', p.name)
      .where(sql<boolean>`lot.material = (select known.material from lot as known where known.ulid = ${p.lot})`),
  )
  const lotOfRow = lookup((p: ByUlid) =>
    db
      .selectFrom('inventory')
      .innerJoin('lot', 'lot.id', 'inventory.lot')
      .select('lot.ulid')
      .where('inventory.ulid', '=', p.ulid),
  )
  const locationByUlid = lookup((p: ByUlid) => db.selectFrom('location').select('id').where('ulid', '=', p.ulid))
  const locationByPath = lookup((p: { readonly name: string }) =>
    db.selectFrom('location').select('id').where('path', '=', p.name),
  )
  const lieAt = (location: number) =>
    sql`(select held.lot from inventory as held where held.location = ${location} and held.quantity <> 0)`
  const withStockAt = wideLookup((p: AtLocation) =>
    selectBareLots(db)
      .where(sql<boolean>`lot.id in ${lieAt(p.location)}`)
      .orderBy('lot.id'),
  )
  const rowsOf = rowsOfLot(db)
  const rowsOfLotsAt = wideLookup((p: AtLocation) =>
    selectRows(db).where(sql<boolean>`inventory.lot in ${lieAt(p.location)}`),
  )
  type LotRow = NonNullable<ReturnType<typeof byUlid>['row']>
  type InventoryRow = NonNullable<ReturnType<typeof rowsOf>['row']>

  // In the order in which they came to be, so that what is posted row by row is the same on every engine.
  const inOrder = (held: readonly InventoryRow[]): readonly InventoryRow[] =>
    held.length < 2
      ? held
      : held.toSorted((left, right) => (left.get('inventory_ulid') < right.get('inventory_ulid') ? -1 : 1))

  function* addRow(loaded: Loaded, item: LoadedLot, row: InventoryRow): Program<void> {
    const place = row.get('location_ulid')
    item.rows.set(place, inventoryCodec.read(row))
    if (!loaded.locations.has(place)) yield* loadLocation(loaded, { id: place })
  }

  /** Adds a lot that is not there yet, without its rows. */
  function* addLot(loaded: Loaded, row: LotRow): Program<LoadedLot> {
    const item: LoadedLot = { lot: lotCodec.read(row), rows: new Map() }
    loaded.lots.set(item.lot.id, item)
    loaded.keys.lots.set(item.lot.id, row.get('lot_id'))
    yield* loadUnit(loaded, { id: item.lot.unitOfMeasureId })
    yield* loadMaterial(loaded, { id: item.lot.materialId })
    return item
  }

  function* find(loaded: Loaded, ref: ScopedLotRef): Program<LotRow | undefined> {
    if ('id' in ref) return yield* first(byUlid({ ulid: ref.id }))
    if ('sameMaterialAs' in ref) return yield* first(besideLot({ name: ref.name, lot: ref.sameMaterialAs }))
    if ('name' in ref.material && findMaterial(loaded, ref.material) === undefined) {
      // The lot brings its material with it.
      const row = yield* first(byPathAndName({ path: ref.material.name, name: ref.name }))
      if (row !== undefined) return row
    }
    yield* loadMaterial(loaded, ref.material)
    const material = findMaterial(loaded, ref.material)
    const key = material && loaded.keys.materials.get(material.id)
    return key === undefined ? undefined : yield* first(byName({ material: key, name: ref.name }))
  }

  function* loadLot(loaded: Loaded, ref: ScopedLotRef): Program<void> {
    if ('id' in ref && loaded.lots.has(ref.id)) return
    const row = yield* find(loaded, ref)
    if (row === undefined || loaded.lots.has(row.get('lot_ulid'))) return
    const item = yield* addLot(loaded, row)
    for (const held of inOrder(yield* all(rowsOf({ ulid: item.lot.id })))) yield* addRow(loaded, item, held)
  }

  /** Loads the lot that a row of stock is of. */
  function* loadLotOfRow(loaded: Loaded, ulid: Ulid): Program<void> {
    const row = yield* first(lotOfRow({ ulid }))
    if (row !== undefined) yield* loadLot(loaded, { id: row.ulid })
  }

  function* keyOfLocation(loaded: Loaded, ref: Ref): Program<number | undefined> {
    const location = findLocation(loaded, ref)
    const known = location && loaded.keys.locations.get(location.id)
    if (known !== undefined) return known
    return (yield* first('id' in ref ? locationByUlid({ ulid: ref.id }) : locationByPath(ref)))?.id
  }

  /** Loads every lot of which something lies at the location, and gives the key of the location, where there is one. */
  function* loadStockAt(loaded: Loaded, ref: Ref): Program<number | undefined> {
    const location = yield* keyOfLocation(loaded, ref)
    if (location === undefined) return undefined
    const lots = (yield* all(withStockAt({ location }))).filter((row) => !loaded.lots.has(row.get('lot_ulid')))
    if (lots.length === 0) return location
    // The rows of all of them at once.
    yield* loadAll(loaded, lots, yield* all(rowsOfLotsAt({ location })))
    return location
  }

  /** Loads lots with their rows, as two statements found them. */
  function* loadAll(loaded: Loaded, lots: readonly LotRow[], held: readonly InventoryRow[]): Program<void> {
    const added = new Map<Ulid, LoadedLot>()
    for (const row of lots)
      if (!loaded.lots.has(row.get('lot_ulid'))) added.set(row.get('lot_ulid'), yield* addLot(loaded, row))
    for (const row of inOrder(held)) {
      const item = added.get(row.get('lot_ulid'))
      if (item !== undefined) yield* addRow(loaded, item, row)
    }
  }

  return { loadLot, loadLotOfRow, loadStockAt, loadAll }
}
/** What `makeLoadLots` makes. */
export type LoadLots = ReturnType<typeof makeLoadLots>
