import type { Known, Location, Material, ReasonCode, Ulid, Unit } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import type { Keys, Loaded } from '../load/loaded.ts'
import type { Program } from '../program.ts'
import type { Codec } from '../rows/codec.ts'
import { insertingWithKey, updatingEntity } from '../rows/entity-statements.ts'
import { locationCodec, materialCodec, reasonCodeCodec, unitCodec } from '../rows/master-data.ts'
import { type Row, statement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import { keyIn, keyOrNull, type Meet, type Reference } from './keys.ts'
import { giveName, type Naming } from './name-taken.ts'

type Named = 'unit' | 'material' | 'location' | 'reason_code'
type Column<T extends Named> = keyof Tables[T] & string

/** Writes the units, materials, locations and reason codes that are not the loaded ones. */
export const makeSaveMasterData = (dialect: Dialect, meet: Meet) => {
  const { db } = dialect

  const saver = <T extends Named, A extends { readonly id: Ulid }, C extends Column<T>, R extends Column<T>>(
    table: T,
    codec: Codec<T, A, C>,
    kind: {
      readonly keys: keyof Keys
      readonly references: readonly R[]
      readonly refersTo?: (item: A) => readonly Reference[]
      readonly refer: (keys: Keys, item: A) => Row<R>
      readonly naming: (item: A) => Naming
    },
  ) => {
    const insert = insertingWithKey(db, table, codec, kind.references)
    const update = updatingEntity<T, A, C, R, Column<T>>(db, table, codec, kind.references, ['id'])
    return function* (keys: Keys, before: ReadonlyMap<Ulid, A>, after: ReadonlyMap<Ulid, A>): Program<void> {
      if (before === after) return
      for (const [ulid, item] of after) {
        if (before.get(ulid) === item) continue
        if (kind.refersTo !== undefined) yield* meet(keys, kind.refersTo(item))
        const references = kind.refer(keys, item)
        const id = keys[kind.keys].get(ulid)
        if (id === undefined) {
          const made = yield* giveName(dialect, insert(item, references), kind.naming(item))
          if (made !== undefined) keys[kind.keys].set(ulid, made.id)
        } else yield* giveName(dialect, update(item, { ...references, id } as Row<R | Column<T>>), kind.naming(item))
      }
    }
  }

  interface ByName {
    readonly name: string
  }
  const unitCalled = statement((p: Pick<Unit, 'name' | 'symbol'>) =>
    db
      .selectFrom('unit')
      .select('ulid')
      .where((where) => where.or([where('name', '=', p.name), where('symbol', '=', p.symbol)])),
  )
  const materialAt = statement((p: ByName) => db.selectFrom('material').select('ulid').where('path', '=', p.name))
  const locationAt = statement((p: ByName) => db.selectFrom('location').select('ulid').where('path', '=', p.name))
  const reasonCalled = statement((p: Pick<ReasonCode, 'lotRecordType' | 'reasonCode'>) =>
    db
      .selectFrom('reason_code')
      .select('ulid')
      .where('lot_record_type', '=', p.lotRecordType)
      .where('reason_code', '=', p.reasonCode),
  )

  const saveUnits = saver('unit', unitCodec, {
    keys: 'units',
    references: [],
    refer: () => ({}),
    naming: ({ name, symbol }) => ({ kind: 'unit', name: symbol, holder: unitCalled({ name, symbol }) }),
  })
  const saveMaterials = saver('material', materialCodec, {
    keys: 'materials',
    references: ['unit'],
    refersTo: ({ unitOfMeasureId }: Material) => [['units', unitOfMeasureId]],
    refer: ({ units }, { unitOfMeasureId }) => ({ unit: keyIn(units, unitOfMeasureId) }),
    naming: ({ path }) => ({ kind: 'material', name: path, holder: materialAt({ name: path }) }),
  })
  const saveLocations = saver('location', locationCodec, {
    keys: 'locations',
    references: ['storage_capacity_unit'],
    refersTo: ({ storageCapacityUnitId }: Location) => [['units', storageCapacityUnitId]],
    refer: ({ units }, { storageCapacityUnitId }) => ({
      storage_capacity_unit: keyOrNull(units, storageCapacityUnitId),
    }),
    naming: ({ path }) => ({ kind: 'location', name: path, holder: locationAt({ name: path }) }),
  })
  const saveReasonCodes = saver('reason_code', reasonCodeCodec, {
    keys: 'reasonCodes',
    references: [],
    refer: () => ({}),
    naming: (reason) => ({ kind: 'reason code', name: reason.reasonCode, holder: reasonCalled(reason) }),
  })

  return function* saveMasterData(loaded: Loaded, after: Known): Program<void> {
    yield* saveUnits(loaded.keys, loaded.units, after.units)
    yield* saveMaterials(loaded.keys, loaded.materials, after.materials)
    yield* saveLocations(loaded.keys, loaded.locations, after.locations)
    yield* saveReasonCodes(loaded.keys, loaded.reasonCodes, after.reasonCodes)
  }
}
