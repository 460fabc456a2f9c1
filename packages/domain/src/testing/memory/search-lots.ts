import { type KnownLot, onHand } from '../../known.ts'
import { effectiveStatus } from '../../lot/lot.ts'
import { lastName, type Material, type Unit } from '../../master-data/master-data.ts'
import type { LotField } from '../../queries/lot-fields.ts'
import type { LotFilter, LotSearch, LotsFound } from '../../store.ts'
import type { Instant } from '../../time/instant.ts'
import { lotView } from '../../views/lot-view.ts'
import { bySortKey } from './order.ts'
import type { Tables } from './tables.ts'

type Value = string | number | null
type Values = Readonly<Record<LotField, Value>>

const valuesOf = (item: KnownLot, material: Material, unit: Unit, now: Instant): Values => {
  const { lot } = item
  return {
    id: lot.id,
    notes: lot.notes,
    enabled: lot.enabled ? 1 : 0,
    spare1: lot.spare1,
    spare2: lot.spare2,
    spare3: lot.spare3,
    name: lot.name,
    materialId: material.id,
    materialPath: material.path,
    materialName: lastName(material.path),
    materialQuantityFormat: null,
    status: lot.status,
    totalQuantity: lot.totalQuantity,
    unitOfMeasureId: unit.id,
    unitOfMeasureName: unit.name,
    unitOfMeasureSymbol: unit.symbol,
    expirationDate: lot.expirationDate,
    closedDate: lot.closedDate,
    createdDate: lot.createdDate,
    supplierId: lot.supplierId,
    onHand: onHand(item),
    effectiveStatus: effectiveStatus(lot, now),
    version: lot.version,
  }
}

const compared = (left: string | number, right: string | number): number => bySortKey([left], [right])

const holds = (actual: Value, { condition, values: [value = '', ...others] }: LotFilter): boolean => {
  if (condition === 'NOT_EQUALS') return actual !== value
  if (actual === null) return false
  const text = String(value)
  switch (condition) {
    case 'EQUALS':
      return [value, ...others].includes(actual)
    case 'CONTAINS':
      return String(actual).includes(text)
    case 'STARTS_WITH':
      return String(actual).startsWith(text)
    case 'ENDS_WITH':
      return String(actual).endsWith(text)
    case 'GREATER_THAN':
      return compared(actual, value) > 0
    case 'GREATER_THAN_OR_EQUAL_TO':
      return compared(actual, value) >= 0
    case 'LESS_THAN':
      return compared(actual, value) < 0
    case 'LESS_THAN_OR_EQUAL_TO':
      return compared(actual, value) <= 0
  }
}

const bySort =
  ({ sort }: LotSearch) =>
  (left: Values, right: Values): number => {
    for (const { field, descending } of sort) {
      const [a, b] = [left[field], right[field]]
      if (a === b) continue
      if (a === null || b === null) return a === null ? 1 : -1
      return compared(a, b) * (descending ? -1 : 1)
    }
    return compared(left.id ?? '', right.id ?? '')
  }

/** Searches lots, as documented for findLots. */
export const searchLots = (tables: Tables, search: LotSearch): LotsFound => {
  const { filters, limit, offset, now } = search
  const order = bySort(search)
  const found = Array.from(tables.lots.values(), (item) => {
    const material = tables.materials.get(item.lot.materialId) as Material
    const unit = tables.units.get(item.lot.unitOfMeasureId) as Unit
    return { item, material, unit, values: valuesOf(item, material, unit, now) }
  })
    .filter(({ values }) => filters.every((filter) => holds(values[filter.field], filter)))
    .sort((left, right) => order(left.values, right.values))
  return {
    items: found
      .slice(offset, limit === null ? undefined : offset + limit)
      .map(({ item, material, unit }) => lotView(item.lot, material, unit, onHand(item), now)),
    total: found.length,
  }
}
