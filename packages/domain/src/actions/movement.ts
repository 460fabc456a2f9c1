import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import { findLocation, findLot, findMaterial, type Known, type KnownLot } from '../known.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { Quantity } from '../quantity/quantity.ts'
import { toRef } from '../queries/refs.ts'
import type { Violations } from '../request.ts'
import type { LotRef, Scope } from '../scope.ts'
import { type Instant, showInstant } from '../time/instant.ts'

/** What every action request comes to: one movement of stock, by the words of the record that it writes. */
export interface Movement {
  readonly lotRecordType: LotRecordType
  readonly quantity: Quantity | null
  readonly unitOfMeasureSymbol: string | null
  readonly lot: string | null
  readonly material: string | null
  readonly otherLot: string | null
  readonly otherMaterial: string | null
  readonly source: string | null
  readonly destination: string | null
  readonly createIfNotExists: boolean
  /** Take from as many lots as it needs, one record for each. */
  readonly allowMultiple: boolean
  readonly ongoing: boolean
  readonly startDate: Instant | null
  readonly endDate: Instant | null
  readonly operationId: Ulid | null
  readonly inventoryOperationId: Ulid | null
  readonly productionOrder: string | null
  readonly materialReasonCodeId: Ulid | null
  readonly consumeRecordId: Ulid | null
  /** The label of the row that stock goes into, or else of the one that it leaves. */
  readonly label: string | null
  readonly notes: string | null
  readonly spare1: string | null
  readonly spare2: string | null
  readonly spare3: string | null
}

/** How the fields of a movement are called in the request, for messages. */
export type FieldNames = Readonly<
  Record<'lot' | 'material' | 'otherLot' | 'otherMaterial' | 'source' | 'destination', string>
>

/** A lot by id, or by name within a material; undefined where neither can be told. */
export const lotRef = (lot: string | null, material: string | null): LotRef | undefined => {
  if (lot === null) return undefined
  const id = readUlid(lot)
  if (id !== undefined) return { id }
  return material === null ? undefined : { name: lot, material: toRef(material) }
}

/** What must be known to decide a movement. */
export const movementScope = (movement: Movement, now: Instant): Scope => {
  const { source, destination, material, otherMaterial, lotRecordType: type } = movement
  const primary = lotRef(movement.lot, material)
  const other = lotRef(movement.otherLot, otherMaterial ?? material)
  const chooses = movement.lot === null && source !== null
  const since = movement.endDate ?? movement.startDate ?? now
  const materials = [material, otherMaterial].filter((text) => text !== null).map(toRef)
  return {
    lots: [primary, other].filter((ref) => ref !== undefined),
    materials,
    locations: source === null ? [] : [toRef(source)],
    arrivesAt: [
      ...(destination === null ? [] : [toRef(destination)]),
      // A split lies where its original does, and a count may find more than there was.
      ...(source !== null && ['SPLIT', 'EDIT', 'MERGE'].includes(type) ? [toRef(source)] : []),
    ],
    ...(chooses && source !== null && { stockAt: [toRef(source)] }),
    ...(movement.unitOfMeasureSymbol !== null && { units: [{ name: movement.unitOfMeasureSymbol }] }),
    // The lot that is chosen may be kept in another unit than its material.
    ...((movement.unitOfMeasureSymbol !== null || chooses) && { conversions: true }),
    ...(movement.materialReasonCodeId !== null && { reasonCodes: [{ id: movement.materialReasonCodeId }] }),
    ...(type === 'UNCONSUME' && primary !== undefined && { consumptionsOf: [primary] }),
    ...(type === 'UNCONSUME' &&
      movement.consumeRecordId !== null && {
        consumptions: [movement.consumeRecordId],
        records: [movement.consumeRecordId],
      }),
    ...(movement.lot === null &&
      movement.createIfNotExists &&
      material !== null && { numbering: [{ material: toRef(material), date: showInstant(since).slice(0, 10) }] }),
    since,
  }
}

const placeOf = (known: Known, text: string | null, field: string, violations: Violations): Ulid | null => {
  if (text === null) return null
  const location = findLocation(known, toRef(text))
  if (location === undefined) violations.add(field, 'no location has this id or path')
  return location?.id ?? null
}

const namesMaterial = (
  known: Known,
  text: string | null,
  item: KnownLot | undefined,
  field: string,
  violations: Violations,
): void => {
  if (text === null) return
  const material = findMaterial(known, toRef(text))
  if (material === undefined) violations.add(field, 'no material has this id or path')
  else if (item !== undefined && item.lot.materialId !== material.id)
    violations.add(field, `must be the material of lot ${item.lot.name}, or be left out`)
}

/** The lots and places of a movement, as far as they could be found. */
export interface Parties {
  readonly primary: KnownLot | undefined
  readonly other: KnownLot | undefined
  readonly source: Ulid | null
  readonly destination: Ulid | null
}

/** When what is asked for counts. */
export const dateOf = (movement: Movement, now: Instant): Instant => movement.endDate ?? movement.startDate ?? now

/** The lot that a movement names, where it is there. */
export const primaryOf = (known: Known, { lot, material }: Movement): KnownLot | undefined => {
  const ref = lotRef(lot, material)
  return ref === undefined ? undefined : findLot(known, ref)
}

/** Whether a consumption makes the consuming lot where no lot has its name. */
export const makesConsumer = ({ lotRecordType, createIfNotExists, otherLot }: Movement): boolean =>
  lotRecordType === 'CONSUME' && createIfNotExists && otherLot !== null && readUlid(otherLot) === undefined

/** Finds what a movement refers to and notes what is missing. Lots that are yet to be made may be missing. */
export const partiesOf = (known: Known, movement: Movement, names: FieldNames, violations: Violations): Parties => {
  const find = (ref: LotRef | undefined): KnownLot | undefined => (ref === undefined ? undefined : findLot(known, ref))
  const primary = primaryOf(known, movement)
  const other = find(lotRef(movement.otherLot, movement.otherMaterial ?? movement.material))
  const missing = (
    text: string | null,
    material: string | null,
    field: string,
    materialField: string,
    hint = '',
  ): void => {
    if (text === null) return
    if (lotRef(text, material) === undefined)
      violations.add(materialField, 'is required with the name of a lot: names are unique per material')
    else violations.add(field, `no lot has this id or name${hint}`)
  }
  const isName = movement.lot !== null && readUlid(movement.lot) === undefined
  const makes = movement.createIfNotExists && isName
  const mayMake = isName && (movement.lotRecordType === 'RECEIVE' || movement.lotRecordType === 'PRODUCE')
  const hint = mayMake ? ': createIfNotExists makes it' : ''
  if (primary === undefined && !makes) missing(movement.lot, movement.material, names.lot, names.material, hint)
  if (other === undefined && !makesConsumer(movement))
    missing(movement.otherLot, movement.otherMaterial ?? movement.material, names.otherLot, names.otherMaterial)
  namesMaterial(known, movement.material, primary, names.material, violations)
  namesMaterial(known, movement.otherMaterial, other, names.otherMaterial, violations)
  return {
    primary,
    other,
    source: placeOf(known, movement.source, names.source, violations),
    destination: placeOf(known, movement.destination, names.destination, violations),
  }
}
