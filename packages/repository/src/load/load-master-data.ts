import {
  findLocation,
  findMaterial,
  type Location,
  type Material,
  type Ref,
  type Ulid,
  type Unit,
} from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { all, type Program } from '../program.ts'
import {
  locationCodec,
  materialCodec,
  reasonCodeCodec,
  selectLocations,
  selectMaterials,
  unitCodec,
} from '../rows/master-data.ts'
import { wideLookup } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { Loaded } from './loaded.ts'
import { type Read, remember } from './master-cache.ts'

interface ByUlid {
  readonly ulid: Ulid
}
interface ByName {
  readonly name: string
}

const hasSymbol = ({ units }: Loaded, symbol: string): boolean => {
  for (const unit of units.values()) if (unit.symbol === symbol) return true
  return false
}

/** Reads units, materials, locations and reason codes into what is known. */
export const makeLoadMasterData = (db: Kysely<Tables>) => {
  const units = () => db.selectFrom('unit').select(unitCodec.selection).orderBy('unit.id')
  const unitByUlid = wideLookup((p: ByUlid) => units().where('unit.ulid', '=', p.ulid))
  const unitByName = wideLookup((p: ByName) =>
    units().where((where) => where.or([where('unit.symbol', '=', p.name), where('unit.name', '=', p.name)])),
  )

  const materialByUlid = wideLookup((p: ByUlid) => selectMaterials(db).where('material.ulid', '=', p.ulid))
  const materialByPath = wideLookup((p: ByName) => selectMaterials(db).where('material.path', '=', p.name))

  const locationByUlid = wideLookup((p: ByUlid) => selectLocations(db).where('location.ulid', '=', p.ulid))
  const locationByPath = wideLookup((p: ByName) => selectLocations(db).where('location.path', '=', p.name))

  const reasonCodes = () => db.selectFrom('reason_code').select(reasonCodeCodec.selection)
  const reasonCodeByUlid = wideLookup((p: ByUlid) => reasonCodes().where('reason_code.ulid', '=', p.ulid))
  const reasonCodeByName = wideLookup((p: ByName) =>
    reasonCodes().where('reason_code.reason_code', '=', p.name).orderBy('reason_code.id'),
  )

  const addUnit = ({ units, keys, masterData }: Loaded, read: Read<Unit>): void => {
    units.set(read.item.id, read.item)
    keys.units.set(read.item.id, read.key)
    if (masterData !== undefined) remember(masterData.units, read.item.id, read)
  }

  function* addMaterial(loaded: Loaded, read: Read<Material>): Program<void> {
    const { item, key } = read
    loaded.materials.set(item.id, item)
    loaded.keys.materials.set(item.id, key)
    if (loaded.masterData !== undefined) remember(loaded.masterData.materials, item.id, read)
    yield* loadUnit(loaded, { id: item.unitOfMeasureId })
  }

  function* addLocation(loaded: Loaded, read: Read<Location>): Program<void> {
    const { item, key } = read
    loaded.locations.set(item.id, item)
    loaded.keys.locations.set(item.id, key)
    if (loaded.masterData !== undefined) remember(loaded.masterData.locations, item.id, read)
    if (item.storageCapacityUnitId !== null) yield* loadUnit(loaded, { id: item.storageCapacityUnitId })
  }

  function* loadUnit(loaded: Loaded, ref: Ref): Program<void> {
    // A name may be one unit's symbol and another's name: only a symbol that is there already settles it.
    if ('id' in ref ? loaded.units.has(ref.id) : hasSymbol(loaded, ref.name)) return
    const known = 'id' in ref ? loaded.masterData?.units.get(ref.id) : undefined
    if (known !== undefined) {
      addUnit(loaded, known)
      return
    }
    for (const row of yield* all('id' in ref ? unitByUlid({ ulid: ref.id }) : unitByName(ref)))
      addUnit(loaded, { item: unitCodec.read(row), key: row.get('unit_id') })
  }

  function* loadMaterial(loaded: Loaded, ref: Ref): Program<void> {
    if (findMaterial(loaded, ref) !== undefined) return
    const known = 'id' in ref ? loaded.masterData?.materials.get(ref.id) : undefined
    if (known !== undefined) yield* addMaterial(loaded, known)
    else
      for (const row of yield* all('id' in ref ? materialByUlid({ ulid: ref.id }) : materialByPath(ref)))
        yield* addMaterial(loaded, { item: materialCodec.read(row), key: row.get('material_id') })
  }

  function* loadLocation(loaded: Loaded, ref: Ref): Program<void> {
    if (findLocation(loaded, ref) !== undefined) return
    const known = 'id' in ref ? loaded.masterData?.locations.get(ref.id) : undefined
    if (known !== undefined) yield* addLocation(loaded, known)
    else
      for (const row of yield* all('id' in ref ? locationByUlid({ ulid: ref.id }) : locationByPath(ref)))
        yield* addLocation(loaded, { item: locationCodec.read(row), key: row.get('location_id') })
  }

  function* loadReasonCode(loaded: Loaded, ref: Ref): Program<void> {
    if ('id' in ref && loaded.reasonCodes.has(ref.id)) return
    for (const row of yield* all('id' in ref ? reasonCodeByUlid({ ulid: ref.id }) : reasonCodeByName(ref))) {
      const reasonCode = reasonCodeCodec.read(row)
      loaded.reasonCodes.set(reasonCode.id, reasonCode)
      loaded.keys.reasonCodes.set(reasonCode.id, row.get('reason_code_id'))
    }
  }

  return { loadUnit, loadMaterial, loadLocation, loadReasonCode }
}
/** What `makeLoadMasterData` makes. */
export type LoadMasterData = ReturnType<typeof makeLoadMasterData>
