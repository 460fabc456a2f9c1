import type { Lot } from '../lot/lot.ts'
import { showInstant } from '../time/instant.ts'
import type { LotName, Uris } from './identifiers.ts'

/** What is said about a class, a place or anything else, in the header of a document. */
export interface VocabularyElement {
  readonly id: string
  readonly attributes: readonly { readonly id: string; readonly attribute: string }[]
}

/** The kinds of things that a header may say something about. */
export const vocabularyTypes = {
  lot: 'urn:epcglobal:epcis:vtype:EPCClass',
  place: 'urn:epcglobal:epcis:vtype:BusinessLocation',
} as const

/** A lot as the header of a document has it: its names, and what no event says. */
export const lotElement = (uris: Uris, name: LotName, lot: Lot, unitOfMeasureSymbol: string): VocabularyElement => {
  const facts = {
    'lotbook:materialPath': name.materialPath,
    'lotbook:lotName': name.lotName,
    'lotbook:initialStatus': lot.initialStatus,
    'lotbook:unitOfMeasureSymbol': unitOfMeasureSymbol,
    'lotbook:expirationDate': lot.expirationDate === null ? null : showInstant(lot.expirationDate),
    'lotbook:supplierId': lot.supplierId,
    'lotbook:notes': lot.notes,
    'lotbook:spare1': lot.spare1,
    'lotbook:spare2': lot.spare2,
    'lotbook:spare3': lot.spare3,
  }
  return {
    id: uris.lot(name),
    attributes: Object.entries(facts).flatMap(([id, attribute]) => (attribute === null ? [] : [{ id, attribute }])),
  }
}
