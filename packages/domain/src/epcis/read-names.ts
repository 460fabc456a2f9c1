import { pathField } from '../fields.ts'
import { importShapes } from '../import/kinds.ts'
import { defineRequest } from '../request.ts'
import { below, type Faults, isObject, type JsonObject } from './document-faults.ts'
import { type LotName, makeUris, readGs1Lot, usualBase } from './identifiers.ts'
import type { ToldExpiration } from './ilmd.ts'

const { name, status, unitOfMeasureSymbol, expirationDate, supplierId, ...others } = importShapes.lot.fields
const { notes, spare1, spare2, spare3 } = others

/** The words of ours that a header may say of a lot or a place: each is read as the field of a row is. */
const headerShape = defineRequest('EpcisHeaderWords', {
  ...{ path: pathField, materialPath: pathField, lotName: name, initialStatus: status },
  ...{ unitOfMeasureSymbol, expirationDate, supplierId, notes, spare1, spare2, spare3 },
})

/** What a document says of a lot besides its events; null where it does not say it. */
export type LotFacts = ReturnType<typeof headerShape.decode>['request']

/** What the URIs of a document mean here. */
export interface Names {
  readonly lot: (uri: string) => LotName | undefined
  readonly location: (uri: string) => string | undefined
  readonly operation: (uri: string) => string | undefined
  readonly factsOf: (uri: string) => LotFacts | undefined
  /** When a lot expires, by the events that tell of its beginning. */
  readonly expirationOf: (lot: LotName) => ToldExpiration | undefined
}

/** The objects of a list, with their places in it. */
const objectsOf = (value: unknown): readonly (readonly [number, JsonObject])[] =>
  Array.isArray(value) ? value.flatMap((one: unknown, index) => (isObject(one) ? [[index, one] as const] : [])) : []

const member = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : undefined)

const prefix = 'lotbook:'

/** What the attributes of one element say in words of ours. What cannot be read is noted. */
const readWords = (attributes: unknown, pointer: string, faults: Faults): LotFacts => {
  const given: Record<string, unknown> = {}
  const pointers: Record<string, string> = {}
  for (const [index, { id, attribute }] of objectsOf(attributes)) {
    if (typeof id !== 'string' || !id.startsWith(prefix)) continue
    const word = id.slice(prefix.length)
    if (!Object.hasOwn(headerShape.fields, word)) {
      const words = Object.keys(headerShape.fields).map((one) => `${prefix}${one}`)
      faults.add(`${below(pointer, index)}/id`, `must be one of ${words.join(', ')}: ${id} is no word of Lotbook`)
      continue
    }
    given[word] = attribute
    pointers[word] = `${below(pointer, index)}/attribute`
  }
  const { request, violations } = headerShape.decode(given)
  for (const [word, messages] of Object.entries(violations.toMap()))
    for (const message of messages) faults.add(pointers[word] ?? pointer, message)
  return request
}

/** What the header says of everything, by its URI. */
const readHeader = (document: JsonObject, faults: Faults): ReadonlyMap<string, LotFacts> => {
  const found = new Map<string, LotFacts>()
  const lists = member(member(document['epcisHeader'], 'epcisMasterData'), 'vocabularyList')
  for (const [index, { vocabularyElementList }] of objectsOf(lists))
    for (const [place, { id, attributes }] of objectsOf(vocabularyElementList)) {
      const list = `/epcisHeader/epcisMasterData/vocabularyList/${index}/vocabularyElementList`
      if (typeof id === 'string') found.set(id, readWords(attributes, `${list}/${place}/attributes`, faults))
    }
  return found
}

/**
 * Finds out what URIs mean: what the header says of them (`lotbook:materialPath`, `lotbook:lotName`, `lotbook:path`) comes
 * first; then our own URIs, below the base that the document names (`lotbook:base`); then lots of GS1, whose trade item the
 * header must give a material. What the header says and cannot be read is noted by pointer.
 */
export const readNames = (document: JsonObject, faults: Faults): Names => {
  const header = readHeader(document, faults)
  const base = document['lotbook:base']
  const uris = makeUris(typeof base === 'string' ? base : usualBase)
  return {
    lot: (uri) => {
      const { materialPath, lotName } = header.get(uri) ?? { materialPath: null, lotName: null }
      if (materialPath !== null && lotName !== null) return { materialPath, lotName }
      const gs1 = readGs1Lot(uri)
      const traded = gs1 === undefined ? undefined : header.get(gs1.tradeItem)?.materialPath
      return gs1 === undefined || traded === undefined || traded === null
        ? uris.readLot(uri)
        : { materialPath: traded, lotName: gs1.lotName }
    },
    location: (uri) => header.get(uri)?.path ?? uris.readLocation(uri),
    operation: uris.readOperation,
    factsOf: (uri) => header.get(uri),
    expirationOf: () => undefined,
  }
}
