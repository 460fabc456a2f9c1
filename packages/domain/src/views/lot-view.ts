import { showUlid } from '../identifiers/ulid.ts'
import { effectiveStatus, type InventoryRow, type Lot } from '../lot/lot.ts'
import { type Location, lastName, type Material, parentPath, type Unit } from '../master-data/master-data.ts'
import { type Quantity, showQuantity } from '../quantity/quantity.ts'
import { type Instant, showInstant } from '../time/instant.ts'

const date = (value: Instant | null): string | null => (value === null ? null : showInstant(value))

/** A lot as every face returns it: the 19 documented fields, then ours. `onHand` is its stock over all locations. */
export const lotView = (lot: Lot, material: Material, unit: Unit, onHand: Quantity, now: Instant) => ({
  id: showUlid(lot.id) as string | null,
  notes: lot.notes,
  enabled: lot.enabled,
  spare1: lot.spare1,
  spare2: lot.spare2,
  spare3: lot.spare3,
  name: lot.name,
  materialId: showUlid(material.id),
  materialPath: material.path,
  materialName: lastName(material.path),
  materialQuantityFormat: null,
  status: lot.status,
  totalQuantity: showQuantity(lot.totalQuantity),
  unitOfMeasureId: showUlid(unit.id),
  unitOfMeasureName: unit.name,
  unitOfMeasureSymbol: unit.symbol,
  expirationDate: date(lot.expirationDate),
  closedDate: date(lot.closedDate),
  createdDate: showInstant(lot.createdDate),
  supplierId: lot.supplierId,
  onHand: showQuantity(onHand),
  effectiveStatus: effectiveStatus(lot, now),
  version: lot.version,
})
/** A lot as every face returns it. */
export type LotView = ReturnType<typeof lotView>

/** How much of a lot lies at a location, as every face returns it: the 23 documented fields, the unit's symbol, and what the lot's status amounts to at a moment. */
export const inventoryView = (
  row: InventoryRow,
  lot: Lot,
  location: Location,
  material: Material,
  unit: Unit,
  now: Instant,
) => ({
  locationId: showUlid(location.id),
  locationPath: location.path,
  lotId: showUlid(lot.id),
  lotName: lot.name,
  lotStatus: lot.status,
  quantity: showQuantity(row.quantity),
  unitOfMeasureId: showUlid(unit.id),
  unitOfMeasureName: unit.name,
  unitOfMeasureSymbol: unit.symbol,
  name: row.name,
  productionOrderId: row.productionOrderId === null ? null : showUlid(row.productionOrderId),
  productionOrderName: row.productionOrderName,
  materialId: showUlid(material.id),
  materialPath: material.path,
  materialDescription: material.description,
  materialImage: null,
  materialClassId: null,
  materialClassPath: parentPath(material.path),
  id: showUlid(row.id) as string | null,
  notes: row.notes,
  enabled: row.enabled,
  spare1: row.spare1,
  spare2: row.spare2,
  spare3: row.spare3,
  effectiveStatus: effectiveStatus(lot, now),
})
/** How much of a lot lies at a location, as every face returns it. */
export type InventoryView = ReturnType<typeof inventoryView>
