import {
  type Known,
  type Location,
  type Material,
  type ReasonCode,
  showUlid,
  type Ulid,
  type Unit,
  type UnitConversion,
} from '@lotbook/domain'
import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import type { Loaded } from '../load/loaded.ts'
import type { Program } from '../program.ts'
import { locationCodec, materialCodec, reasonCodeCodec, unitCodec } from '../rows/master-data.ts'
import { unitConversionCodec } from '../rows/unit-conversion.ts'
import { statement } from '../statement.ts'
import { keyIn, keyOrNull, type Meet } from './keys.ts'
import { makeSaver } from './saver.ts'

const kinds = ['units', 'materials', 'conversions', 'locations', 'reasonCodes'] as const

/** Writes the units, materials, unit conversions, locations and reason codes that are not the loaded ones. */
export const makeSaveMasterData = (dialect: Dialect, meet: Meet) => {
  const { db } = dialect
  const saver = makeSaver(dialect, meet)

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
  const conversionBetween = statement((p: { readonly from: Ulid; readonly to: Ulid; readonly material: string }) =>
    db
      .selectFrom('unit_conversion')
      .innerJoin('unit as given', 'given.id', 'unit_conversion.from_unit')
      .innerJoin('unit as wanted', 'wanted.id', 'unit_conversion.to_unit')
      .leftJoin('material', 'material.id', 'unit_conversion.material')
      .select('unit_conversion.ulid')
      .where('given.ulid', '=', p.from)
      .where('wanted.ulid', '=', p.to)
      .where(sql<boolean>`coalesce(material.ulid, '') = ${p.material}`),
  )
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
  const saveConversions = saver('unit_conversion', unitConversionCodec, {
    keys: 'conversions',
    references: ['from_unit', 'to_unit', 'material'],
    refersTo: ({ fromUnitId, toUnitId, materialId }: UnitConversion) => [
      ['units', fromUnitId],
      ['units', toUnitId],
      ['materials', materialId],
    ],
    refer: ({ units, materials }, { fromUnitId, toUnitId, materialId }) => ({
      from_unit: keyIn(units, fromUnitId),
      to_unit: keyIn(units, toUnitId),
      material: keyOrNull(materials, materialId),
    }),
    naming: ({ fromUnitId, toUnitId, materialId }, { units }) => {
      const symbolOf = (id: Ulid): string => units.get(id)?.symbol ?? showUlid(id)
      return {
        kind: 'unit conversion',
        name: `${symbolOf(fromUnitId)} to ${symbolOf(toUnitId)}`,
        holder: conversionBetween({ from: fromUnitId, to: toUnitId, material: materialId ?? '' }),
      }
    },
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
    if (kinds.every((kind) => loaded[kind] === after[kind])) return
    yield* saveUnits(loaded.keys, loaded.units, after.units, after)
    yield* saveMaterials(loaded.keys, loaded.materials, after.materials, after)
    yield* saveConversions(loaded.keys, loaded.conversions, after.conversions, after)
    yield* saveLocations(loaded.keys, loaded.locations, after.locations, after)
    yield* saveReasonCodes(loaded.keys, loaded.reasonCodes, after.reasonCodes, after)
  }
}
