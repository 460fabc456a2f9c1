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

/** The lot that an arriving quantity makes when it names none that exists. */
export const madeLot = (
  known: Known,
  movement: Movement,
  names: FieldNames,
  stamp: Circumstances,
  violations: Violations,
): MadeLot | undefined => {
  const { material: text, lot: name } = movement
  const material = text === null ? undefined : findMaterial(known, toRef(text))
  if (text === null && !violations.has(names.material)) violations.add(names.material, 'is required')
  if (material === undefined) return undefined
  if (!material.enabled) violations.add(names.material, whyDisabled(material.path))
  if (name !== null && readUlid(name) !== undefined) return undefined
  const date = showInstant(dateOf(movement, stamp.now)).slice(0, 10)
  const ownName = name ?? nextLotName(known, material, date)
  if (ownName !== undefined) return makeLot(known, ownName, material, material.initialLotStatus, stamp)
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
  const { otherLot: name, otherMaterial: text } = movement
  if (parties.other !== undefined || name === null || !makesConsumer(movement)) return undefined
  const material: Material | undefined = text === null ? undefined : findMaterial(known, toRef(text))
  // What is consumed hardly ever is what it goes into, so that one is not made of the same material in silence.
  if (text === null)
    violations.add(
      names.otherMaterial,
      'is required: no lot has this name, and one is made of the material that stands here',
    )
  if (material === undefined) return undefined
  if (!material.enabled) violations.add(names.otherMaterial, whyDisabled(material.path))
  return makeLot(known, name, material, material.initialLotStatus, stamp)
}
