import { Result } from 'effect'
import { refuseAction } from '../guards.ts'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import { findMaterial, type Known, type KnownLot } from '../known.ts'
import { chooseLots, type Take } from '../lot/choose-lots.ts'
import { makeLot } from '../lot/make-lot.ts'
import { statusesFor } from '../lot-record/lot-record-type.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { toRef } from '../queries/refs.ts'
import { InsufficientStock, type Refusal } from '../refusals.ts'
import type { Violations } from '../request.ts'
import { showInstant } from '../time/instant.ts'
import type { Circumstances } from './action.ts'
import { dateOf, type Movement, type Parties } from './movement.ts'
import { quantityIn } from './movement-record.ts'

/** The lots that a movement without a lot takes from; strictly in order, and one only unless more are allowed. */
export const chosen = (
  known: Known,
  movement: Movement,
  parties: Parties,
  stamp: Circumstances,
  violations: Violations,
): Result.Result<readonly Take[], Refusal> => {
  const at = dateOf(movement, stamp.now)
  const material = movement.material === null ? undefined : findMaterial(known, toRef(movement.material))
  if (parties.source === null || material === undefined || movement.lotRecordType === 'STATUS_CHANGE')
    return Result.succeed([])
  const sample: KnownLot['lot'] = makeLot(known, '', material, 'OPEN', stamp).item.lot
  const asked = quantityIn(known, movement, sample, violations)
  if (asked === null || asked <= 0) return Result.succeed([])
  const allowed = statusesFor(movement.lotRecordType, known.policy)
  const { takes, missing, inAnotherUnit } = chooseLots(known, parties.source, material, allowed, asked, at)
  const symbol = (unitId: Ulid): string => known.units.get(unitId)?.symbol ?? ''
  if (inAnotherUnit !== undefined) {
    const { item, why } = inAnotherUnit
    const reason = `it is next in order and kept in ${symbol(item.lot.unitOfMeasureId)}: ${why}`
    const clearedBy = 'Name a lot, or ask for a quantity that can be written in its unit'
    return Result.fail(refuseAction(movement, item, at, reason, clearedBy))
  }
  const enough = missing.numerator === 0n && (takes.length === 1 || movement.allowMultiple)
  if (enough) return Result.succeed(takes)
  const location = known.locations.get(parties.source)
  return Result.fail(
    new InsufficientStock({
      locationId: showUlid(parties.source),
      locationPath: location?.path ?? '',
      lotId: takes[0] === undefined ? '' : showUlid(takes[0].item.lot.id),
      lotName: takes[0]?.item.lot.name ?? '',
      unitOfMeasureSymbol: symbol(material.unitOfMeasureId),
      // What a lot holds in a unit of its own may have no end in this one.
      onHand: showQuantity(asked - Number((missing.numerator + missing.denominator - 1n) / missing.denominator)),
      asked: showQuantity(asked),
      moment: showInstant(at),
      wouldTake: takes.map(({ item, quantity }) => ({
        lotId: showUlid(item.lot.id),
        lotName: item.lot.name,
        quantity: showQuantity(quantity),
        unitOfMeasureSymbol: symbol(item.lot.unitOfMeasureId),
      })),
    }),
  )
}
