import type { Ulid } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { all, first, type Program } from '../program.ts'
import { selectUnitConversions, unitConversionCodec } from '../rows/unit-conversion.ts'
import { wideLookup, wideStatement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { LoadMasterData } from './load-master-data.ts'
import type { Loaded } from './loaded.ts'

/** Reads unit conversions into what is known. */
export const makeLoadConversions = (db: Kysely<Tables>, { loadUnit, loadMaterial }: LoadMasterData) => {
  const general = wideStatement(() =>
    selectUnitConversions(db).where('unit_conversion.material', 'is', null).orderBy('unit_conversion.id'),
  )
  const ofMaterial = wideLookup((p: { readonly material: number }) =>
    selectUnitConversions(db).where('unit_conversion.material', '=', p.material).orderBy('unit_conversion.id'),
  )
  const byUlid = wideLookup((p: { readonly ulid: Ulid }) =>
    selectUnitConversions(db).where('unit_conversion.ulid', '=', p.ulid),
  )
  type ConversionRow = NonNullable<ReturnType<typeof general>['row']>

  function* addConversion(loaded: Loaded, row: ConversionRow): Program<void> {
    const conversion = unitConversionCodec.read(row)
    loaded.conversions.set(conversion.id, conversion)
    loaded.keys.conversions.set(conversion.id, row.get('unit_conversion_id'))
    yield* loadUnit(loaded, { id: conversion.fromUnitId })
    yield* loadUnit(loaded, { id: conversion.toUnitId })
  }

  /** Loads the material of a conversion, so that this and the others of the material are loaded with it. */
  function* loadMaterialOf(loaded: Loaded, id: Ulid): Program<void> {
    const row = yield* first(byUlid({ ulid: id }))
    const material = row === undefined ? null : unitConversionCodec.read(row).materialId
    if (material !== null) yield* loadMaterial(loaded, { id: material })
  }

  /** Loads the general conversions and those of every material that is loaded by now, with their units. */
  function* loadConversions(loaded: Loaded): Program<void> {
    for (const row of yield* all(general({}))) yield* addConversion(loaded, row)
    for (const id of loaded.materials.keys()) {
      const material = loaded.keys.materials.get(id) as number
      for (const row of yield* all(ofMaterial({ material }))) yield* addConversion(loaded, row)
    }
  }

  return { loadConversions, loadMaterialOf }
}
