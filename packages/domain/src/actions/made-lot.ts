import { readUlid } from '../identifiers/ulid.ts'
import { findMaterial, type Known } from '../known.ts'
import { type MadeLot, makeLot, nextLotName } from '../lot/make-lot.ts'
import type { Material } from '../master-data/master-data.ts'
import { toRef } from '../queries/refs.ts'
import type { Violations } from '../request.ts'
import { showInstant } from '../time/instant.ts'
import type { Circumstances } from './action.ts'
import { dateOf, type FieldNames, type Movement, makesConsumer, type Parties } from './movement.ts'
import { whyDisabled } from './record-rules.ts'

/** The material that a lot is made of. */
const materialOf = (
  known: Known,
  text: string | null,
  field: string,
  why: string,
  violations: Violations,
): Material | undefined => {
  if (text === null && !violations.has(field)) violations.add(field, why)
  const material = text === null ? undefined : findMaterial(known, toRef(text))
  if (material?.enabled === false) violations.add(field, whyDisabled(material.path))
  return material
}

/** The lot that an arriving quantity makes when it names none that exists. */
export const madeLot = (
  known: Known,
  movement: Movement,
  names: FieldNames,
  stamp: Circumstances,
  violations: Violations,
): MadeLot | undefined => {
  const { lot: name } = movement
  const material = materialOf(known, movement.material, names.material, 'is required', violations)
  if (material === undefined) return undefined
  if (name !== null && readUlid(name) !== undefined) return undefined
  const date = showInstant(dateOf(movement, stamp.now)).slice(0, 10)
  const next = name === null ? nextLotName(known, material, date) : { name, known }
  if (next !== undefined) return makeLot(next.known, next.name, material, material.initialLotStatus, stamp)
  violations.add(names.lot, 'is required: the name of the material is too long to name the lot after it')
  return undefined
}

/** The consuming lot that a consumption makes where it names none that exists, of the material that it names for it. */
export const madeConsumer = (
  known: Known,
  movement: Movement,
  parties: Parties,
  names: FieldNames,
  stamp: Circumstances,
  violations: Violations,
): MadeLot | undefined => {
  const { otherLot: name } = movement
  if (parties.other !== undefined || name === null || !makesConsumer(movement)) return undefined
  // What is consumed hardly ever is what it goes into, so that one is not made of the same material in silence.
  const why = 'is required: no lot has this name, and one is made of the material that stands here'
  const material = materialOf(known, movement.otherMaterial, names.otherMaterial, why, violations)
  return material === undefined ? undefined : makeLot(known, name, material, material.initialLotStatus, stamp)
}
