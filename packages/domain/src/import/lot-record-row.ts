import { saveInventoryLotRecord } from '../actions/save-inventory-lot-record.ts'
import type { Asked, SaveInventoryLotRecordRequest } from '../actions/save-inventory-lot-record-request.ts'
import type { Ulid } from '../identifiers/ulid.ts'
import { findLocation, findLot, findMaterial, findUnit, type Known } from '../known.ts'
import { isAmbiguous } from '../lot-record/take-back.ts'
import { convert } from '../quantity/unit-conversion.ts'
import { toRef } from '../queries/refs.ts'
import type { Violations } from '../request.ts'
import type { LotRef } from '../scope.ts'
import { type ImportRequest, importShapes } from './kinds.ts'
import { rowAction } from './row-action.ts'

type Row = ImportRequest<'lotRecord'>

const lotRef = (id: Ulid | null, name: string | null, materialPath: string | null): LotRef | undefined => {
  if (id !== null) return { id }
  return name === null || materialPath === null ? undefined : { name, material: toRef(materialPath) }
}
const primary = (row: Row): LotRef | undefined => lotRef(row.inventoryLotId, row.inventoryLotName, row.materialPath)
// Only these are refused where the lots are of two materials: in any other record a name alone may mean either lot.
const ofOneMaterial: ReadonlySet<Row['lotRecordType']> = new Set(['SPLIT', 'MERGE'])
const secondary = (row: Row): LotRef | undefined =>
  lotRef(
    row.secondaryInventoryLotId,
    row.secondaryInventoryLotName,
    row.secondaryMaterialPath ?? (ofOneMaterial.has(row.lotRecordType) ? row.materialPath : null),
  )

const names = {
  inventoryLotId: 'inventoryLotName',
  secondaryInventoryLotId: 'secondaryInventoryLotName',
  sourceLocationId: 'sourceLocationPath',
  destinationLocationId: 'destinationLocationPath',
  materialReasonCodeId: 'materialReasonCodeName',
}

type LotFields =
  | readonly ['inventoryLotName', 'materialPath']
  | readonly ['secondaryInventoryLotName', 'secondaryMaterialPath']

const idOfLot = (
  known: Known,
  ref: LotRef | undefined,
  row: Row,
  [field, materialField]: LotFields,
  violations: Violations,
): Ulid | null => {
  const material = row[materialField]
  if (ref === undefined) {
    if (row[field] !== null)
      violations.add(materialField, 'is required with the name of a lot: names are unique per material')
    return null
  }
  const lot = findLot(known, ref)?.lot
  if (lot === undefined) violations.add(field, 'no lot of this material has this name')
  else if (material !== null && findMaterial(known, toRef(material))?.id !== lot.materialId)
    violations.add(materialField, 'is not the material of this lot')
  return lot?.id ?? null
}

const idOfPlace = (known: Known, path: string | null, field: string, violations: Violations): Ulid | null => {
  if (path === null) return null
  const found = findLocation(known, toRef(path))
  if (found === undefined) violations.add(field, 'no location has this path')
  return found?.id ?? null
}

const idOfReason = (known: Known, row: Row, violations: Violations): Ulid | null => {
  if (row.materialReasonCodeName === null) return null
  for (const reason of known.reasonCodes.values())
    if (reason.reasonCode === row.materialReasonCodeName && reason.lotRecordType === row.lotRecordType) return reason.id
  violations.add('materialReasonCodeName', 'no reason code for this type of record is called so')
  return null
}

// Records are kept in the unit of their lot; what was asked for stays readable.
const inLotUnit = (
  known: Known,
  row: Row,
  lotId: Ulid | null,
  violations: Violations,
): Pick<SaveInventoryLotRecordRequest, 'quantity'> & Asked => {
  const { quantity, unitOfMeasureSymbol: symbol } = row
  if (symbol === null) return { quantity }
  const unit = findUnit(known, { name: symbol })
  if (unit === undefined) violations.add('unitOfMeasureSymbol', 'no unit has this symbol')
  const lot = lotId === null ? undefined : known.lots.get(lotId)?.lot
  if (unit === undefined || lot === undefined || quantity === null) return { quantity }
  const converted = convert(known, quantity, unit.id, lot.unitOfMeasureId, lot.materialId)
  if (typeof converted === 'number')
    return {
      quantity: converted,
      requested: { requestedQuantity: quantity, requestedUnitOfMeasureSymbol: unit.symbol },
    }
  violations.add('unitOfMeasureSymbol', converted.why)
  return { quantity }
}

const toRequest = (known: Known, row: Row, violations: Violations) => {
  const { sourceLocationPath, destinationLocationPath, reversalOf, reversedBy } = row
  for (const [field, value] of Object.entries({ reversalOf, reversedBy }))
    if (value !== null)
      violations.add(
        field,
        'must be empty: a history with its reversals is carried over by a full export and a restore',
      )
  const lotId = idOfLot(known, primary(row), row, ['inventoryLotName', 'materialPath'], violations)
  const other = ['secondaryInventoryLotName', 'secondaryMaterialPath'] as const
  // With the words of the row, which the action does not look at: leaving them out takes longer than all else here.
  const request = {
    ...row,
    id: null,
    inventoryLotId: lotId,
    secondaryInventoryLotId: idOfLot(known, secondary(row), row, other, violations),
    sourceLocationId: idOfPlace(known, sourceLocationPath, 'sourceLocationPath', violations),
    destinationLocationId: idOfPlace(known, destinationLocationPath, 'destinationLocationPath', violations),
    materialReasonCodeId: idOfReason(known, row, violations),
    ...inLotUnit(known, row, lotId, violations),
  }
  // Of the rows of another ledger it names the record there: the newest here may be another one.
  if (row.lotRecordType === 'UNCONSUME' && isAmbiguous(known, request))
    violations.add(
      'consumeRecordId',
      'is required where more than one CONSUME could be meant, or the lot that consumed (secondaryInventoryLotName), or the operation',
    )
  return request
}

/** A row that writes a lot record: lots by name and material, places by path, its quantity in any unit that converts. */
export const lotRecordRow = rowAction<Row, Parameters<typeof saveInventoryLotRecord.scope>[0]>({
  action: saveInventoryLotRecord,
  decode: importShapes.lotRecord.decode,
  scope: (row, now) => {
    const lot = primary(row)
    const lots = [lot, secondary(row)].filter((ref) => ref !== undefined)
    const taken = row.consumeRecordId
    const places = [row.sourceLocationPath, row.destinationLocationPath].filter((path) => path !== null).map(toRef)
    return {
      lots,
      [row.lotRecordType === 'CONSUME' ? 'locations' : 'arrivesAt']: places,
      ...(row.materialReasonCodeName !== null && { reasonCodes: [{ name: row.materialReasonCodeName }] }),
      ...(row.lotRecordType === 'STATUS_CHANGE' && lot !== undefined && { lastStatusChangeOf: [lot] }),
      ...(row.lotRecordType === 'UNCONSUME' && { consumptionsOf: lots }),
      ...(taken !== null && { records: [taken], consumptions: [taken] }),
      ...(row.unitOfMeasureSymbol !== null && { units: [{ name: row.unitOfMeasureSymbol }], conversions: true }),
      since: row.endDate ?? row.startDate ?? now,
    }
  },
  toRequest,
  names,
})
