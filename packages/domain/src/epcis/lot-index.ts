import type { Ulid } from '../identifiers/ulid.ts'
import { findMaterial, type Known, type KnownLot } from '../known.ts'
import type { LotName } from './identifiers.ts'

/** The ids of lots by material and name: looking through all lots for each event would take too long. */
export type LotIndex = Map<string, Ulid>

/** How a lot stands in the index. */
export const indexKey = (materialId: Ulid, name: string): string => `${materialId} ${name}`

/** The index of all lots that are known. */
export const indexLots = ({ lots }: Known): LotIndex =>
  new Map(Array.from(lots.values(), ({ lot }) => [indexKey(lot.materialId, lot.name), lot.id]))

/** The lot that a document names, where it is there. */
export const indexedLot = (known: Known, index: LotIndex, { materialPath, lotName }: LotName): KnownLot | undefined => {
  const material = findMaterial(known, { name: materialPath })
  const id = material === undefined ? undefined : index.get(indexKey(material.id, lotName))
  return id === undefined ? undefined : known.lots.get(id)
}
