import { readUlid } from '../identifiers/ulid.ts'
import type { Violations } from '../request.ts'
import type { LotRef, Ref } from '../scope.ts'
import { readPath } from '../text/name.ts'

/** An id or a name as a reference: what parses as a ULID is an id. */
export const toRef = (text: string): Ref => {
  const id = readUlid(text)
  // In the form in which names are kept; what cannot be a name or a path is found nowhere as it is.
  return id === undefined ? { name: readPath(text) ?? text } : { id }
}

/** A lot by id, or by name within a material. A name without a material is a violation. */
export const toLotRef = (
  lot: string,
  material: string | null,
  violations: Violations,
  materialField = 'material',
): LotRef | undefined => {
  const ref = toRef(lot)
  if ('id' in ref) return ref
  if (material !== null) return { name: ref.name, material: toRef(material) }
  violations.add(materialField, 'is required with the name of a lot: names are unique per material')
  return undefined
}
