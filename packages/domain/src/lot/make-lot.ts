import { fieldChanges } from '../actions/action.ts'
import { readUlid, showUlid } from '../identifiers/ulid.ts'
import { type FieldChange, findLot, type Known, type KnownLot, type Stamp } from '../known.ts'
import { withEntry } from '../layered-map.ts'
import { lastName, type Material } from '../master-data/master-data.ts'
import { readName } from '../text/name.ts'
import type { Lot } from './lot.ts'
import type { LotStatus } from './lot-status.ts'

/** A new lot with nothing in it, and what is known with it. */
export interface MadeLot {
  readonly item: KnownLot
  readonly known: Known
  readonly changes: readonly FieldChange[]
}

/** A lot with nothing in it and no name. */
export const blankLot = (
  materialId: Lot['materialId'],
  unitOfMeasureId: Lot['unitOfMeasureId'],
  status: LotStatus,
  stamp: Stamp,
): Lot => ({
  id: stamp.newId(),
  name: '',
  materialId,
  unitOfMeasureId,
  initialStatus: status,
  status,
  totalQuantity: 0,
  expirationDate: null,
  closedDate: null,
  supplierId: null,
  version: 0,
  notes: null,
  enabled: true,
  spare1: null,
  spare2: null,
  spare3: null,
  createdDate: stamp.now,
  createdBy: stamp.actor,
  modifiedDate: null,
  modifiedBy: null,
})

/** Makes a lot of a material. It begins in the given status and is written to the change table like any other. */
export const makeLot = (
  known: Known,
  name: string,
  material: Material,
  initialStatus: LotStatus,
  stamp: Stamp,
  like: Partial<Lot> = {},
): MadeLot => {
  const blank = blankLot(material.id, material.unitOfMeasureId, initialStatus, stamp)
  const lot: Lot = { ...blank, name, version: 1, ...like }
  const item: KnownLot = { lot, rows: new Map() }
  const fields = ['name', 'materialId', 'unitOfMeasureId', 'initialStatus', 'supplierId'] as const
  return {
    item,
    known: { ...known, lots: withEntry(known.lots, lot.id, item) },
    changes: fieldChanges('lot', showUlid(lot.id), {}, lot, fields, stamp),
  }
}

/** A name that no lot of the material has, and what is known with it taken. */
export interface NextName {
  readonly name: string
  readonly known: Known
}

/**
 * The first free name of the form `<material name>-<date>-<n>`, or undefined where it would be too long for a name.
 * One that looks like a ULID is passed over: nobody could ask for the lot by it.
 */
export const nextLotName = (known: Known, material: Material, date: string): NextName | undefined => {
  const stem = `${lastName(material.path)}-${date}-`
  const ofMaterial = { id: material.id }
  const isTaken = (name: string): boolean =>
    known.takenNames.has(name) || findLot(known, { name, material: ofMaterial }) !== undefined
  const numbered = known.numbered ?? new Map<string, number>()
  const counter = `${material.id} ${stem}`
  let n = (numbered.get(counter) ?? 0) + 1
  while (isTaken(`${stem}${n}`) || readUlid(`${stem}${n}`) !== undefined) n += 1
  const name = readName(`${stem}${n}`)
  return name === undefined ? undefined : { name, known: { ...known, numbered: withEntry(numbered, counter, n) } }
}
