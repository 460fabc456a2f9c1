import type { Ulid } from '../identifiers/ulid.ts'
import { type FieldChange, findMaterial, findUnit, type Known, type Stamp } from '../known.ts'
import type { Lot } from '../lot/lot.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import { makeLot } from '../lot/make-lot.ts'
import type { Material } from '../master-data/master-data.ts'
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

/** A lot that is not there as things stand, and may be made by what could not be done yet. */
export interface MissingLot {
  readonly missing: string
}

/**
 * The status in which a lot begins: as it is told, be it by the event that makes it (which knows what it was by then) or by
 * the header, where that is not to be used yet, or no more; else as the material says. What a document says cannot make a
 * lot usable that this plant would first look at.
 */
const beginsAs = (material: Material, byEvent: LotStatus | null, inHeader: LotStatus | null): LotStatus => {
  const told = byEvent ?? inHeader
  return told === null || told === 'AVAILABLE' ? material.initialLotStatus : told
}

/** The lot that a step names, made where it is not there and may be. */
export const withLot = (
  known: Known,
  index: LotIndex,
  named: NamedLot,
  /** The status that it had by then, as the event says. */
  told: LotStatus | null,
  stamp: Stamp,
  faults: Faults,
  /** Whether an event that was not done, or cannot be read, might make the lot: then that it is missing is no fault yet. */
  mightBeMade: (name: LotName) => boolean,
): WithLot | MissingLot | undefined => {
  const { name, pointer, facts, expiration, mayBeMade } = named
  const material = findMaterial(known, { name: name.materialPath })
  if (material === undefined) {
    faults.add(pointer, `no material has the path ${name.materialPath}: save it first`)
    return undefined
  }
  const there = known.lots.get(index.get(indexKey(material.id, name.lotName)) as Ulid)
  if (there !== undefined) return { known, changes: [], lot: there.lot, made: false }
  if (!mayBeMade) {
    const missing = `no lot of ${name.materialPath} is called ${name.lotName}`
    if (mightBeMade(name)) return { missing }
    faults.add(pointer, missing)
    return undefined
  }
  const symbol = facts?.unitOfMeasureSymbol ?? null
  const unit = symbol === null ? undefined : findUnit(known, { name: symbol })
  if (symbol !== null && unit === undefined) {
    faults.add(pointer, `no unit of this ledger has the symbol ${symbol}, which its lot is kept in: save it first`)
    return undefined
  }
  const { item, ...made } = makeLot(
    known,
    name.lotName,
    material,
    beginsAs(material, told, facts?.initialStatus ?? null),
    stamp,
    {
      unitOfMeasureId: unit?.id ?? material.unitOfMeasureId,
      expirationDate: facts?.expirationDate ?? expiration?.at ?? null,
      supplierId: facts?.supplierId ?? null,
      notes: facts?.notes ?? null,
      spare1: facts?.spare1 ?? null,
      spare2: facts?.spare2 ?? null,
      spare3: facts?.spare3 ?? null,
    },
  )
  return { known: made.known, changes: made.changes, lot: item.lot, made: true }
}
