import { Result } from 'effect'
import { enumField, idOrNameField, idOrPathField, instantField } from '../fields.ts'
import { showUlid } from '../identifiers/ulid.ts'
import { findMaterial, type Known } from '../known.ts'
import { takeableAt } from '../lot/choose-lots.ts'
import { lotsAt } from '../lot-record/storage.ts'
import { oneUnit } from '../quantity/quantity.ts'
import { toRef } from '../queries/refs.ts'
import { defineRequest, type Violations } from '../request.ts'
import type { Action, Circumstances } from './action.ts'
import { plannedAction } from './move-stock.ts'
import { dateOf, type Movement, movementScope, partiesOf } from './movement.ts'
import { draftOf, judgeDraft } from './movement-record.ts'
import { judgeWithoutLot, type Planned } from './planned-movement.ts'
import { fieldNames, ownWords, referenceFields, template, toMovement } from './request-fields.ts'

const names = fieldNames({
  otherLot: 'destinationLotIdOrName',
  otherMaterial: 'destinationMaterialIdOrPath',
  source: 'sourceLocationIdOrPath',
  destination: 'destinationLocationIdOrPath',
})

/** The request of scrapAll: every documented field. The place may be called by either of its two documented names. */
export const scrapAllShape = defineRequest('ScrapAllRequest', {
  type: enumField(['SCRAP', 'SCRAP_ALL']),
  locationIdOrPath: idOrPathField,
  sourceLocationIdOrPath: idOrPathField,
  materialIdOrPath: idOrPathField,
  destinationLotIdOrName: idOrNameField,
  destinationMaterialIdOrPath: idOrPathField,
  destinationLocationIdOrPath: idOrPathField,
  ...referenceFields,
  startDate: instantField,
  endDate: instantField,
  ...ownWords,
})
type ScrapAllRequest = ReturnType<typeof scrapAllShape.decode>['request']

/** The template of scrapAll: the documented fields in their order, with their defaults. */
export const newScrapAllRequest = template('SCRAP', [
  'type',
  'sourceLocationIdOrPath',
  'materialIdOrPath',
  'operationId',
  'inventoryOperationId',
  'productionOrderIdOrName',
  'materialReasonCodeId',
  'startDate',
  'endDate',
])

const movementOf = (request: ScrapAllRequest): Movement => ({
  ...toMovement('SCRAP', {
    material: names.material,
    otherLot: names.otherLot,
    otherMaterial: names.otherMaterial,
    destination: names.destination,
  })(request),
  source: request.sourceLocationIdOrPath ?? request.locationIdOrPath,
})

const plan = (known: Known, request: ScrapAllRequest, violations: Violations, stamp: Circumstances): Planned => {
  const movement = movementOf(request)
  const { locationIdOrPath: one, sourceLocationIdOrPath: two } = request
  if (one === null && two === null && !violations.has(names.source)) violations.add(names.source, 'is required')
  if (one !== null && two !== null && one !== two)
    violations.add('locationIdOrPath', 'must be the same as sourceLocationIdOrPath, or be left out')
  const parties = partiesOf(known, movement, names, violations)
  const { source } = parties
  const material = movement.material === null ? undefined : findMaterial(known, toRef(movement.material))
  // Whatever lies there, the rest of the request is judged.
  judgeWithoutLot(known, { ...movement, quantity: oneUnit }, parties, names, violations, stamp)
  if (source === null || (movement.material !== null && material === undefined))
    return { known, records: [], changes: [] }
  const at = dateOf(movement, stamp.now)
  const records = lotsAt(known, source)
    .filter(
      (item) =>
        item.lot.enabled &&
        (material === undefined || item.lot.materialId === material.id) &&
        takeableAt(known, item, source, at) > 0,
    )
    .toSorted((a, b) => (a.lot.id < b.lot.id ? -1 : 1))
    .map((item) => {
      const there = takeableAt(known, item, source, at)
      const one = { ...movement, lot: showUlid(item.lot.id), quantity: there }
      const record = draftOf(known, one, parties, item, there, stamp)
      judgeDraft(known, one, record, names, violations, stamp.now)
      return record
    })
  return { known, records, changes: [] }
}

/**
 * Scraps everything at a location, or all of one material there: one SCRAP record for each lot. A disabled lot is put
 * aside, and stays where it lies.
 */
export const scrapAll: Action<ScrapAllRequest> = plannedAction({
  permission: 'INVENTORY.WRITE.SCRAP',
  decode: scrapAllShape.decode,
  scope: (request, now) => movementScope(movementOf(request), now),
  plan: (...given) => Result.succeed(plan(...given)),
  labelOf: () => null,
})
