import { readUlid } from '../identifiers/ulid.ts'
import type { Violations } from '../request.ts'
import type { LotRef, Ref } from '../scope.ts'
import { readPath, readText } from '../text/name.ts'

/** An id or a name as a reference: what parses as a ULID is an id. */
export const toRef = (text: string): Ref => {
  const id = readUlid(text)
  if (id !== undefined) return { id }
  // In the form in which names are kept. What cannot be a name or a path is found nowhere as it is; nor is what no store
  // can hold, which is not even asked for: nothing is called by the empty text.
  return { name: readPath(text) ?? (readText(text) === undefined ? '' : text) }
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
