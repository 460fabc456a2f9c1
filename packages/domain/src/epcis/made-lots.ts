import type { Ulid } from '../identifiers/ulid.ts'
import { type FieldChange, findMaterial, findUnit, type Known, type Stamp } from '../known.ts'
import type { Lot } from '../lot/lot.ts'
import { makeLot } from '../lot/make-lot.ts'
import type { Faults } from './document-faults.ts'
import type { LotName } from './identifiers.ts'
import { indexKey, type LotIndex } from './lot-index.ts'
import type { NamedLot } from './steps.ts'

/** What is known with a lot that a step names, and what was written for it. */
export interface WithLot {
  readonly known: Known
  readonly changes: readonly FieldChange[]
  readonly lot: Lot
  readonly made: boolean
}

/**
 * The lot that a step names, made where it is not there and may be. It begins as a lot that is received or produced here
 * does; or OPEN, where the document says so. A document cannot make a lot usable that this plant would first look at.
 */
export const withLot = (
  known: Known,
  index: LotIndex,
  named: NamedLot,
  stamp: Stamp,
  faults: Faults,
  /** Whether an event that cannot be read might have made the lot: then it is not news that it is missing. */
  mightBeMade: (name: LotName) => boolean,
): WithLot | undefined => {
  const { name, pointer, facts, mayBeMade } = named
  const material = findMaterial(known, { name: name.materialPath })
  if (material === undefined) {
    faults.add(pointer, `no material has the path ${name.materialPath}: save it first`)
    return undefined
  }
  const there = known.lots.get(index.get(indexKey(material.id, name.lotName)) as Ulid)
  if (there !== undefined) return { known, changes: [], lot: there.lot, made: false }
  if (!mayBeMade) {
    if (!mightBeMade(name)) faults.add(pointer, `no lot of ${name.materialPath} is called ${name.lotName}`)
    return undefined
  }
  const symbol = facts?.unitOfMeasureSymbol
  const unit = symbol === undefined ? undefined : findUnit(known, { name: symbol })
  if (symbol !== undefined && unit === undefined) {
    faults.add(pointer, `no unit of this ledger has the symbol ${symbol}, which its lot is kept in: save it first`)
    return undefined
  }
  const { item, ...made } = makeLot(
    known,
    name.lotName,
    material,
    facts?.initialStatus === 'OPEN' ? 'OPEN' : material.initialLotStatus,
    stamp,
    {
      unitOfMeasureId: unit?.id ?? material.unitOfMeasureId,
      expirationDate: facts?.expirationDate ?? null,
      supplierId: facts?.supplierId ?? null,
      notes: facts?.notes ?? null,
      spare1: facts?.spare1 ?? null,
      spare2: facts?.spare2 ?? null,
      spare3: facts?.spare3 ?? null,
    },
  )
  return { known: made.known, changes: made.changes, lot: item.lot, made: true }
}
