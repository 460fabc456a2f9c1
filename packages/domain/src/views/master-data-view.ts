import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Annotations, Authorship } from '../lot/lot.ts'
import {
  type Location,
  lastName,
  type Material,
  type ReasonCode,
  type Unit,
  type UnitConversion,
} from '../master-data/master-data.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { showInstant } from '../time/instant.ts'

const common = (item: Annotations & Authorship & { readonly id: Ulid; readonly version: number }) => ({
  id: showUlid(item.id) as string | null,
  notes: item.notes,
  enabled: item.enabled,
  spare1: item.spare1,
  spare2: item.spare2,
  spare3: item.spare3,
  version: item.version,
  createdDate: showInstant(item.createdDate),
  createdBy: item.createdBy,
  modifiedDate: item.modifiedDate === null ? null : showInstant(item.modifiedDate),
  modifiedBy: item.modifiedBy,
})

/** A unit of measure as every face returns it. */
export const unitView = (unit: Unit) => ({ name: unit.name, symbol: unit.symbol, ...common(unit) })
/** See {@link unitView}. */
export type UnitView = ReturnType<typeof unitView>

/** A unit conversion as every face returns it: one `from` is numerator/denominator `to`. */
export const unitConversionView = (
  conversion: UnitConversion,
  from: string,
  to: string,
  materialPath: string | null,
) => ({
  from,
  to,
  numerator: conversion.numerator,
  denominator: conversion.denominator,
  materialPath,
  ...common(conversion),
})
/** See {@link unitConversionView}. */
export type UnitConversionView = ReturnType<typeof unitConversionView>

/** A material as every face returns it. */
export const materialView = (material: Material, unitOfMeasureSymbol: string) => ({
  path: material.path,
  name: lastName(material.path),
  unitOfMeasureId: showUlid(material.unitOfMeasureId),
  unitOfMeasureSymbol,
  shelfLifeDays: material.shelfLifeDays,
  initialLotStatus: material.initialLotStatus,
  description: material.description,
  ...common(material),
})
/** See {@link materialView}. */
export type MaterialView = ReturnType<typeof materialView>

/** A location as every face returns it. */
export const locationView = (location: Location, storageCapacityUnitSymbol: string | null) => ({
  path: location.path,
  name: lastName(location.path),
  type: location.type,
  allowNegativeInventory: location.allowNegativeInventory,
  storageCapacity: location.storageCapacity === null ? null : showQuantity(location.storageCapacity),
  storageCapacityUnitSymbol,
  lotStorageStrategy: location.lotStorageStrategy,
  lotUseStrategy: location.lotUseStrategy,
  ...common(location),
})
/** See {@link locationView}. */
export type LocationView = ReturnType<typeof locationView>

/** A reason code as every face returns it. */
export const reasonCodeView = (reason: ReasonCode) => ({
  lotRecordType: reason.lotRecordType,
  reasonCode: reason.reasonCode,
  description: reason.description,
  requireComments: reason.requireComments,
  ...common(reason),
})
/** See {@link reasonCodeView}. */
export type ReasonCodeView = ReturnType<typeof reasonCodeView>
