import { saveLot } from '../actions/save-lot.ts'
import { findLot, findMaterial, findUnit, type Known } from '../known.ts'
import { saveLocation } from '../master-data/save-location.ts'
import { saveMaterial } from '../master-data/save-material.ts'
import { saveReasonCode } from '../master-data/save-reason-code.ts'
import { saveUnit } from '../master-data/save-unit.ts'
import { saveUnitConversion } from '../master-data/save-unit-conversion.ts'
import { toRef } from '../queries/refs.ts'
import type { Violations } from '../request.ts'
import { type ImportKind, type ImportRequest, importShapes } from './kinds.ts'
import { lotRecordRow } from './lot-record-row.ts'
import { type RowAction, rowAction } from './row-action.ts'

const symbolOf = (known: Known, id: string | null): string | null => {
  for (const unit of known.units.values()) if (unit.id === id) return unit.symbol
  return null
}

const unit = rowAction<ImportRequest<'unit'>, Parameters<typeof saveUnit.scope>[0]>({
  action: saveUnit,
  decode: importShapes.unit.decode,
  scope: (request, now) => saveUnit.scope({ id: null, ...request }, now),
  toRequest: (_known, request) => ({ id: null, ...request }),
  present: (known, { symbol }) => ({ ...(symbol === null ? undefined : findUnit(known, { name: symbol })) }),
})

const unitConversion = rowAction<ImportRequest<'unitConversion'>, Parameters<typeof saveUnitConversion.scope>[0]>({
  action: saveUnitConversion,
  decode: importShapes.unitConversion.decode,
  scope: (request, now) => saveUnitConversion.scope({ id: null, ...request }, now),
  toRequest: (_known, request) => ({ id: null, ...request }),
  present: (known, { from, to, materialPath }) => {
    const material = materialPath === null ? undefined : findMaterial(known, toRef(materialPath))
    const ends = [from, to].map((name) => (name === null ? undefined : findUnit(known, { name })?.id))
    for (const there of known.conversions.values())
      if (there.fromUnitId === ends[0] && there.toUnitId === ends[1] && there.materialId === (material?.id ?? null)) {
        const { numerator, denominator } = there
        return { ...there, from, to, materialPath, factor: { numerator, denominator } }
      }
    return {}
  },
})

const material = rowAction<ImportRequest<'material'>, Parameters<typeof saveMaterial.scope>[0]>({
  action: saveMaterial,
  decode: importShapes.material.decode,
  scope: (request, now) => saveMaterial.scope({ id: null, ...request }, now),
  toRequest: (_known, request) => ({ id: null, ...request }),
  present: (known, { path }) => {
    const there = path === null ? undefined : findMaterial(known, { name: path })
    return there && { ...there, unitOfMeasureSymbol: symbolOf(known, there.unitOfMeasureId) }
  },
})

const location = rowAction<ImportRequest<'location'>, Parameters<typeof saveLocation.scope>[0]>({
  action: saveLocation,
  decode: importShapes.location.decode,
  scope: (request, now) => saveLocation.scope({ id: null, ...request }, now),
  toRequest: (_known, request) => ({ id: null, ...request }),
  present: (known, { path }) => {
    for (const there of known.locations.values())
      if (there.path === path)
        return { ...there, storageCapacityUnitSymbol: symbolOf(known, there.storageCapacityUnitId) }
    return undefined
  },
})

const reasonCode = rowAction<ImportRequest<'reasonCode'>, Parameters<typeof saveReasonCode.scope>[0]>({
  action: saveReasonCode,
  decode: importShapes.reasonCode.decode,
  scope: (request, now) => saveReasonCode.scope({ id: null, ...request }, now),
  toRequest: (_known, request) => ({ id: null, ...request }),
  present: (known, request) => {
    for (const there of known.reasonCodes.values())
      if (there.reasonCode === request.reasonCode && there.lotRecordType === request.lotRecordType) return { ...there }
    return undefined
  },
})

/** The material that a row names, or a violation. */
const materialNamed = (known: Known, path: string | null, violations: Violations) => {
  const found = path === null ? undefined : findMaterial(known, toRef(path))
  if (path !== null && found === undefined) violations.add('materialPath', 'no material has this path')
  return found
}

const lot = rowAction<ImportRequest<'lot'>, Parameters<typeof saveLot.scope>[0]>({
  action: saveLot,
  decode: importShapes.lot.decode,
  scope: ({ name, materialPath, unitOfMeasureSymbol }, now) => ({
    ...(materialPath !== null && { materials: [toRef(materialPath)] }),
    ...(name !== null && materialPath !== null && { lots: [{ name, material: toRef(materialPath) }] }),
    ...(unitOfMeasureSymbol !== null && { units: [{ name: unitOfMeasureSymbol }] }),
    since: now,
  }),
  toRequest: (known, { materialPath, unitOfMeasureSymbol, ...request }, violations) => {
    const symbol = unitOfMeasureSymbol
    const measure = symbol === null ? undefined : findUnit(known, { name: symbol })
    if (symbol !== null && measure === undefined) violations.add('unitOfMeasureSymbol', 'no unit has this symbol')
    return {
      ...request,
      id: null,
      materialId: materialNamed(known, materialPath, violations)?.id ?? null,
      unitOfMeasureId: measure?.id ?? null,
      totalQuantity: null,
      closedDate: null,
    }
  },
  names: { materialId: 'materialPath', unitOfMeasureId: 'unitOfMeasureSymbol' },
  present: (known, { name, materialPath }) => {
    if (name === null || materialPath === null) return undefined
    const there = findLot(known, { name, material: toRef(materialPath) })?.lot
    return there && { ...there, materialPath, unitOfMeasureSymbol: symbolOf(known, there.unitOfMeasureId) }
  },
})

/** What a row of each kind does. */
export const rowActions: Readonly<Record<ImportKind, RowAction>> = {
  unit,
  unitConversion,
  material,
  location,
  reasonCode,
  lot,
  lotRecord: lotRecordRow,
}
