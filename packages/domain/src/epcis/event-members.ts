import { isObject, type JsonObject } from './document-faults.ts'

/** An element of a list of quantities, where it stands. */
export interface Element {
  readonly epcClass: string
  readonly quantity: number | undefined
  readonly uom: string | undefined
  readonly pointer: string
}

/** The elements of a list of quantities of an event that was judged. */
export const elementsOf = (event: JsonObject, list: string, pointer: string): readonly Element[] => {
  const value = event[list]
  return Array.isArray(value)
    ? value.map((one: JsonObject, index) => ({
        epcClass: String(one['epcClass']),
        quantity: one['quantity'] as number | undefined,
        uom: one['uom'] as string | undefined,
        pointer: `${pointer}/${list}/${index}`,
      }))
    : []
}

/** A word of ours on an event. */
export const ownWord = (event: JsonObject, word: string): unknown => event[`lotbook:${word}`]

/** A word of ours on an event, where it is text. */
export const ownText = (event: JsonObject, word: string): string | undefined => {
  const value = ownWord(event, word)
  return typeof value === 'string' ? value : undefined
}

/** The URI of a place that an event names, and where. */
export const placeOf = (event: JsonObject, member: 'readPoint' | 'bizLocation'): string | undefined => {
  const place = event[member]
  return isObject(place) && typeof place['id'] === 'string' ? place['id'] : undefined
}
