import { importShapes } from '../import/kinds.ts'
import type { Faults } from './document-faults.ts'
import type { Element } from './event-members.ts'
import type { Names } from './read-names.ts'
import type { RecordIds } from './record-ids.ts'
import type { NamedLot, RecordRow, Step } from './steps.ts'

/** A step as it was read, without what only the ledger knows. */
export type DraftStep = Step

type Field = keyof RecordRow

/** Puts the row of one record together from an event, noting where each field stands. */
export const makeDraft = (ids: RecordIds, pointer: string, names: Names, faults: Faults) => {
  const fields: Record<string, unknown> = { status: 'COMPLETED' }
  const pointers: Partial<Record<Field, string>> = {}
  const lots: NamedLot[] = []
  let unitCode: string | null = null
  let everything: number | null = null
  let broken = false
  const wrong = (at: string, message: string): void => {
    broken = true
    faults.add(at, message)
  }
  const lotNowhere =
    'is no lot that can be read: neither below the base URI, nor does the header say lotbook:materialPath of it or of its trade item'
  const placeNowhere =
    'is no place that can be read: neither below the base URI, nor does the header say lotbook:path of it'
  const set = (field: Field, value: unknown, at: string): void => {
    // What is not told may be asked for: then that is said where it would stand.
    if (value === null || value === undefined) pointers[field] ??= at
    else {
      fields[field] = value
      pointers[field] = at
    }
  }
  return {
    set,
    wrong,
    lot: (role: 'primary' | 'secondary', uri: string, at: string, mayBeMade: boolean): void => {
      const name = names.lot(uri)
      if (name === undefined) {
        wrong(at, lotNowhere)
        return
      }
      const [lotField, materialField] =
        role === 'primary'
          ? (['inventoryLotName', 'materialPath'] as const)
          : (['secondaryInventoryLotName', 'secondaryMaterialPath'] as const)
      set(lotField, name.lotName, at)
      set(materialField, name.materialPath, at)
      lots.push({ name, pointer: at, facts: names.factsOf(uri), expiration: names.expirationOf(name), mayBeMade })
    },
    place: (field: 'sourceLocationPath' | 'destinationLocationPath', uri: string | undefined, at: string): void => {
      if (uri === undefined) return
      const path = names.location(uri)
      if (path === undefined) {
        wrong(at, placeNowhere)
        return
      }
      set(field, path, at)
    },
    quantity: (value: number | undefined, element: Element, whole: number | null): void => {
      set('quantity', value, `${element.pointer}/quantity`)
      everything = whole
      if (value !== undefined && value !== 0) unitCode = element.uom ?? null
      pointers.unitOfMeasureSymbol ??= `${element.pointer}/uom`
    },
    finish: (): DraftStep | undefined => {
      const { request, violations } = importShapes.lotRecord.decode(fields)
      for (const [field, messages] of Object.entries(violations.toMap()))
        for (const message of messages) wrong(pointers[field as Field] ?? pointer, message)
      return broken ? undefined : { pointer, ...ids, row: request, pointers, lots, unitCode, everything }
    },
  }
}
