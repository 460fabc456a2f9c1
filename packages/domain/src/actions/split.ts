import { Result } from 'effect'
import { idOrPathField, nameField, textField, ulidField } from '../fields.ts'
import { findLot, type Known } from '../known.ts'
import { makeLot } from '../lot/make-lot.ts'
import { defineRequest, type Violations } from '../request.ts'
import type { Action, Circumstances } from './action.ts'
import { plannedAction } from './move-stock.ts'
import { movementScope, partiesOf } from './movement.ts'
import { draftOf, judgeDraft, quantityIn } from './movement-record.ts'
import { judgeWithoutLot, type Planned } from './planned-movement.ts'
import {
  fieldNames,
  ownWords,
  quantityFields,
  referenceFields,
  template,
  toMovement,
  typeField,
} from './request-fields.ts'

const names = fieldNames({ lot: 'sourceLotId', otherLot: 'destinationLotName', source: 'sourceLocationIdOrPath' })
const movementOf = toMovement('SPLIT', { lot: names.lot, source: names.source }, 'destinationInventoryName')

/** The request of split: every documented field. */
export const splitShape = defineRequest(
  'SplitRequest',
  {
    ...typeField('SPLIT'),
    ...quantityFields,
    sourceLotId: ulidField,
    sourceLocationIdOrPath: idOrPathField,
    destinationLotName: nameField,
    ...referenceFields,
    destinationInventoryName: textField,
    ...ownWords,
  },
  ['quantity', 'sourceLotId', 'sourceLocationIdOrPath', 'destinationLotName'],
)
type SplitRequest = ReturnType<typeof splitShape.decode>['request']

/** The template of split: the documented fields in their order, with their defaults. */
export const newSplitRequest = template('SPLIT', [
  'type',
  'quantity',
  'unitOfMeasureSymbol',
  'sourceLotId',
  'sourceLocationIdOrPath',
  'destinationLotName',
  'operationId',
  'inventoryOperationId',
  'productionOrderIdOrName',
  'materialReasonCodeId',
  'destinationInventoryName',
  'notes',
  'spare1',
  'spare2',
  'spare3',
])

const plan = (known: Known, request: SplitRequest, violations: Violations, stamp: Circumstances): Planned => {
  const movement = movementOf(request)
  const parties = partiesOf(known, movement, names, violations)
  const { primary } = parties
  const material = primary === undefined ? undefined : known.materials.get(primary.lot.materialId)
  const name = request.destinationLotName
  if (primary === undefined || material === undefined || name === null) {
    if (primary !== undefined) quantityIn(known, movement, primary.lot, violations)
    // The lot that is to be made is no lot yet.
    judgeWithoutLot(known, movement, parties, names, violations, stamp, name === null ? null : stamp.newId())
    return { known, records: [], changes: [] }
  }
  const { unitOfMeasureId } = primary.lot
  const existing = findLot(known, { name, sameMaterialAs: primary.lot.id })
  const made = existing === undefined ? makeLot(known, name, material, 'OPEN', stamp, { unitOfMeasureId }) : undefined
  const base = made?.known ?? known
  const quantity = quantityIn(base, movement, primary.lot, violations)
  const record = draftOf(base, movement, { ...parties, other: made?.item ?? existing }, primary, quantity, stamp)
  judgeDraft(base, movement, record, names, violations, stamp.now)
  return { known: base, records: [record], changes: made?.changes ?? [] }
}

/** Parts a quantity from a lot into a new lot of the same material, in place. The new lot takes status, expiry and supplier. */
export const split: Action<SplitRequest> = plannedAction({
  permission: 'INVENTORY.WRITE.SPLIT',
  decode: splitShape.decode,
  scope: (request, now) => {
    const scope = movementScope(movementOf(request), now)
    const { sourceLotId, destinationLotName: name } = request
    const child = sourceLotId === null || name === null ? [] : [{ name, sameMaterialAs: sourceLotId }]
    return { ...scope, lots: [...(scope.lots ?? []), ...child] }
  },
  plan: (...given) => Result.succeed(plan(...given)),
  labelOf: ({ destinationInventoryName }) => destinationInventoryName,
})
