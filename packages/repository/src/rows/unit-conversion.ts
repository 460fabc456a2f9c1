import type { UnitConversion } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'
import { annotations, authorship, codecOf } from './codec.ts'

/** Unit conversions, as `selectUnitConversions` selects them. */
export const unitConversionCodec = codecOf<UnitConversion>()({
  table: 'unit_conversion',
  own: {
    id: 'ulid',
    numerator: 'numerator',
    denominator: 'denominator',
    version: 'version',
    ...annotations,
    ...authorship,
  },
  joined: {
    fromUnitId: 'conversion_from_ulid',
    toUnitId: 'conversion_to_ulid',
    materialId: 'conversion_material_ulid',
  },
  flags: ['enabled'],
  keys: ['id'],
})

/** Selects unit conversions with the ids and names of what they refer to. */
export const selectUnitConversions = (db: Kysely<Tables>) =>
  db
    .selectFrom('unit_conversion')
    .innerJoin('unit as given', 'given.id', 'unit_conversion.from_unit')
    .innerJoin('unit as wanted', 'wanted.id', 'unit_conversion.to_unit')
    .leftJoin('material', 'material.id', 'unit_conversion.material')
    .select(unitConversionCodec.selection)
    .select([
      'given.ulid as conversion_from_ulid',
      'given.symbol as conversion_from_symbol',
      'wanted.ulid as conversion_to_ulid',
      'wanted.symbol as conversion_to_symbol',
      'material.ulid as conversion_material_ulid',
      'material.path as conversion_material_path',
    ])
