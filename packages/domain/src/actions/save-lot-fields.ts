import type { Known } from '../known.ts'
import type { Lot } from '../lot/lot.ts'
import { showQuantity } from '../quantity/quantity.ts'
import type { Decoded, Violations } from '../request.ts'
import { showInstant } from '../time/instant.ts'
import { whyDisabled } from './record-rules.ts'
import type { SaveLotRequest } from './save-lot-request.ts'

// What is disabled gets no new lots; those that it has keep it.
const judgeEnabled = (known: Known, request: SaveLotRequest, before: Lot | undefined, violations: Violations): void => {
  const material = request.materialId === null ? undefined : known.materials.get(request.materialId)
  const unit = request.unitOfMeasureId === null ? undefined : known.units.get(request.unitOfMeasureId)
  if (material?.enabled === false && material.id !== before?.materialId)
    violations.add('materialId', whyDisabled(material.path))
  if (unit?.enabled === false && unit.id !== before?.unitOfMeasureId)
    violations.add('unitOfMeasureId', whyDisabled(unit.symbol))
}

/** Notes all that is wrong with the fields of a request. */
export const judgeFields = (known: Known, { request, violations }: Decoded<SaveLotRequest>): void => {
  const before = request.id === null ? undefined : known.lots.get(request.id)
  if (request.id === null)
    for (const field of ['name', 'materialId'] as const)
      if (request[field] === null && !violations.has(field)) violations.add(field, 'is required')
  if (request.materialId !== null && !known.materials.has(request.materialId))
    violations.add('materialId', 'no material has this id')
  if (request.unitOfMeasureId !== null && !known.units.has(request.unitOfMeasureId))
    violations.add('unitOfMeasureId', 'no unit has this id')
  judgeEnabled(known, request, before?.lot, violations)
  const total = before?.lot.totalQuantity ?? 0
  if (request.totalQuantity !== null && request.totalQuantity !== 0 && request.totalQuantity !== total)
    violations.add(
      'totalQuantity',
      `must be null${total === 0 ? '' : ', 0'} or ${showQuantity(total)}: stock is added by receive, produce, split, merge and editInventoryQuantity`,
    )
  if (request.closedDate !== null && request.closedDate !== before?.lot.closedDate)
    violations.add('closedDate', 'must be left out: it is set when the lot becomes CLOSED')
  if (before === undefined) return
  const isOther = (field: 'materialId' | 'unitOfMeasureId'): boolean =>
    request[field] !== null && request[field] !== before.lot[field]
  if (before.rows.size > 0 && isOther('materialId'))
    violations.add('materialId', 'is fixed once the lot has been posted to')
  // What is not posted yet is in this unit too.
  if (isOther('unitOfMeasureId') && (before.rows.size > 0 || (known.references.get(before.lot.id) ?? []).length > 0))
    violations.add('unitOfMeasureId', 'is fixed once a record refers to the lot: make another lot')
  if (request.name !== null && request.name !== before.lot.name && request.materialId === null)
    violations.add('materialId', 'is required with a new name: names are unique per material')
  if (request.materialId !== null && request.materialId !== before.lot.materialId && request.name === null)
    if (!violations.has('name'))
      violations.add('name', 'is required with another material: names are unique per material')
  const { expirationDate } = before.lot
  if (request.expirationDate !== null && expirationDate !== null && request.expirationDate > expirationDate)
    violations.add(
      'expirationDate',
      `must not be later than ${showInstant(expirationDate)}: only changeStatus puts it back`,
    )
}
