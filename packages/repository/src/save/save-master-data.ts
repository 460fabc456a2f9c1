import type { Known, Location, Material, ReasonCode, Ulid, Unit } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import type { Keys, Loaded } from '../load/loaded.ts'
import type { Program } from '../program.ts'
import type { Codec } from '../rows/codec.ts'
import { locationCodec, materialCodec, reasonCodeCodec, unitCodec } from '../rows/master-data.ts'
import { insertionWithKey, type Row, statement, updating } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { KeyOf } from './keys.ts'
import { type Naming, naming } from './name-taken.ts'

type Named = 'unit' | 'material' | 'location' | 'reason_code'
type Column<T extends Named> = keyof Tables[T] & string

/** Writes the units, materials, locations and reason codes that are not the loaded ones. */
export const makeSaveMasterData = (dialect: Dialect, { keyOf, keyOrNull }: KeyOf) => {
  const { db } = dialect

  const saver = <T extends Named, A extends { readonly id: Ulid }, C extends Column<T>, R extends Column<T>>(
    table: T,
    codec: Codec<T, A, C>,
    kind: {
      readonly keys: keyof Keys
      readonly references: readonly R[]
      readonly refer: (keys: Keys, item: A) => Program<Row<R>>
      readonly naming: (item: A) => Naming
    },
  ) => {
    const columns: readonly (C | R)[] = [...codec.columns, ...kind.references]
    const insert = insertionWithKey<T, C | R>(db, table, columns)
    const update = updating<T, C | R, Column<T>>(db, table, columns, ['id'])
    return function* (keys: Keys, before: ReadonlyMap<Ulid, A>, after: ReadonlyMap<Ulid, A>): Program<void> {
      if (before === after) return
      for (const [ulid, item] of after) {
        if (before.get(ulid) === item) continue
        const row = { ...codec.write(item), ...(yield* kind.refer(keys, item)) } as Row<C | R>
        const id = keys[kind.keys].get(ulid)
        if (id !== undefined)
          yield* naming(dialect, update({ ...row, id } as Row<C | R | Column<T>>), kind.naming(item))
        else {
          const made = yield* naming(dialect, insert(row), kind.naming(item))
          if (made !== undefined) keys[kind.keys].set(ulid, made.id)
        }
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

  // biome-ignore lint/correctness/useYield: it takes the place of programs that ask for keys
  function* referToNothing(): Program<Row<never>> {
    return {}
  }
  const saveUnits = saver('unit', unitCodec, {
    keys: 'units',
    references: [],
    refer: referToNothing,
    naming: ({ name, symbol }) => ({ kind: 'unit', taken: symbol, holder: unitCalled({ name, symbol }) }),
  })
  const saveMaterials = saver('material', materialCodec, {
    keys: 'materials',
    references: ['unit'],
    *refer(keys: Keys, { unitOfMeasureId }: Material) {
      return { unit: yield* keyOf(keys, 'units', unitOfMeasureId) }
    },
    naming: ({ path }) => ({ kind: 'material', taken: path, holder: materialAt({ name: path }) }),
  })
  const saveLocations = saver('location', locationCodec, {
    keys: 'locations',
    references: ['storage_capacity_unit'],
    *refer(keys: Keys, { storageCapacityUnitId }: Location) {
      return { storage_capacity_unit: yield* keyOrNull(keys, 'units', storageCapacityUnitId) }
    },
    naming: ({ path }) => ({ kind: 'location', taken: path, holder: locationAt({ name: path }) }),
  })
  const saveReasonCodes = saver('reason_code', reasonCodeCodec, {
    keys: 'reasonCodes',
    references: [],
    refer: referToNothing,
    naming: (reason) => ({ kind: 'reason code', taken: reason.reasonCode, holder: reasonCalled(reason) }),
  })

  return function* saveMasterData(loaded: Loaded, after: Known): Program<void> {
    yield* saveUnits(loaded.keys, loaded.units, after.units)
    yield* saveMaterials(loaded.keys, loaded.materials, after.materials)
    yield* saveLocations(loaded.keys, loaded.locations, after.locations)
    yield* saveReasonCodes(loaded.keys, loaded.reasonCodes, after.reasonCodes)
  }
}
