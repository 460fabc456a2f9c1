import { Result } from 'effect'
import { idOrNameField, idOrPathField, quantityField, textField, ulidField } from '../fields.ts'
import { balanceAt, findMaterial, type Known, type KnownLot } from '../known.ts'
import { lotsAt } from '../lot-record/storage.ts'
import { toRef } from '../queries/refs.ts'
import { defineRequest, type Violations } from '../request.ts'
import type { Action, Circumstances } from './action.ts'
import { plannedAction } from './move-stock.ts'
import { type Movement, movementScope, partiesOf } from './movement.ts'
import { draftOf, judgeDraft, quantityIn } from './movement-record.ts'
import { judgeWithoutLot, type Planned } from './planned-movement.ts'
import { fieldNames, ownWords, template, toMovement, typeField } from './request-fields.ts'

const names = fieldNames({ source: 'sourceLocationIdOrPath' })

/** The request of editInventoryQuantity: every documented field, and a reason code. */
export const editInventoryQuantityShape = defineRequest(
  'EditInventoryQuantityRequest',
  {
    ...typeField('EDIT'),
    newQuantity: quantityField,
    unitOfMeasureSymbol: textField,
    lotIdOrName: idOrNameField,
    materialIdOrPath: idOrPathField,
    sourceLocationIdOrPath: idOrPathField,
    operationId: ulidField,
    inventoryOperationId: ulidField,
    materialReasonCodeId: ulidField,
    ...ownWords,
  },
  ['newQuantity', 'sourceLocationIdOrPath'],
)
type EditRequest = ReturnType<typeof editInventoryQuantityShape.decode>['request']

/** The template of editInventoryQuantity: the documented fields in their order, with their defaults. */
export const newEditInventoryQuantityRequest = template('EDIT', [
  'type',
  'newQuantity',
  'unitOfMeasureSymbol',
  'lotIdOrName',
  'materialIdOrPath',
  'sourceLocationIdOrPath',
  'operationId',
  'inventoryOperationId',
  'notes',
  'spare1',
  'spare2',
  'spare3',
])

const movementOf = (request: EditRequest): Movement => ({
  ...toMovement('EDIT', { lot: names.lot, material: names.material, source: names.source })(request),
  quantity: request.newQuantity,
})

/** The lot that was counted: the one named, or the only one of the material that lies there. */
const countedLot = (
  known: Known,
  movement: Movement,
  there: readonly KnownLot[],
  violations: Violations,
): KnownLot | undefined => {
  if (movement.material === null && !violations.has(names.material))
    violations.add(names.material, 'is required when no lot is named')
  const material = movement.material === null ? undefined : findMaterial(known, toRef(movement.material))
  if (material === undefined) return undefined
  const lots = there.filter(({ lot }) => lot.materialId === material.id)
  if (lots.length === 1) return lots[0]
  violations.add(names.lot, `is required: ${lots.length} lots of the material lie there`)
  return undefined
}

const plan = (known: Known, request: EditRequest, violations: Violations, stamp: Circumstances): Planned => {
  const movement = movementOf(request)
  const parties = partiesOf(known, movement, names, violations)
  const { source } = parties
  const there = source === null ? [] : lotsAt(known, source)
  const item =
    parties.primary ??
    (movement.lot === null && source !== null ? countedLot(known, movement, there, violations) : undefined)
  if (request.newQuantity !== null && request.newQuantity < 0)
    violations.add('newQuantity', 'must be 0 or more: it is what was counted')
  if (item === undefined || source === null || request.newQuantity === null) {
    const counted = { ...movement, quantity: request.newQuantity ?? 0 }
    if (item !== undefined) quantityIn(known, counted, item.lot, violations)
    judgeWithoutLot(known, counted, parties, names, violations, stamp)
    return { known, records: [], changes: [] }
  }
  const counted = quantityIn(known, movement, item.lot, violations)
  const difference = counted === null ? null : counted - balanceAt(known, source, item.lot.id, stamp.now)
  const record = draftOf(known, movement, parties, item, difference, stamp)
  judgeDraft(known, movement, record, names, violations, stamp.now)
  return { known, records: [record], changes: [] }
}

/** Sets what a location holds of a lot to what was counted. The record's quantity is the signed difference. */
export const editInventoryQuantity: Action<EditRequest> = plannedAction({
  permission: 'INVENTORY.WRITE.EDIT',
  decode: editInventoryQuantityShape.decode,
  scope: (request, now) => movementScope(movementOf(request), now),
  plan: (...given) => Result.succeed(plan(...given)),
  labelOf: () => null,
})
