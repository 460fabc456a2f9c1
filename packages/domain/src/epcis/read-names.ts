import { type Instant, readInstant } from '../time/instant.ts'
import { isObject, type JsonObject } from './document-faults.ts'
import { type LotName, makeUris, readGs1Lot, usualBase } from './identifiers.ts'

/** What a document says of a lot besides its events. */
export interface LotFacts {
  readonly initialStatus: string | undefined
  readonly unitOfMeasureSymbol: string | undefined
  readonly expirationDate: Instant | undefined
  readonly supplierId: string | undefined
  readonly notes: string | undefined
  readonly spare1: string | undefined
  readonly spare2: string | undefined
  readonly spare3: string | undefined
}

/** What the URIs of a document mean here. */
export interface Names {
  readonly lot: (uri: string) => LotName | undefined
  readonly location: (uri: string) => string | undefined
  readonly operation: (uri: string) => string | undefined
  readonly factsOf: (uri: string) => LotFacts | undefined
}

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])

const member = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined)

/** The attributes of everything that the header says something about, by its URI. */
const readHeader = (document: JsonObject): ReadonlyMap<string, ReadonlyMap<string, unknown>> => {
  const found = new Map<string, ReadonlyMap<string, unknown>>()
  const masterData = member(document['epcisHeader'], 'epcisMasterData')
  for (const vocabulary of list(member(masterData, 'vocabularyList')))
    for (const { id, attributes } of list(vocabulary['vocabularyElementList']))
      if (typeof id === 'string')
        found.set(id, new Map(list(attributes).map((one) => [String(one['id']), one['attribute']])))
  return found
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/**
 * Finds out what URIs mean: what the header says of them (`lotbook:materialPath`, `lotbook:lotName`, `lotbook:path`) comes
 * first; then our own URIs, below the base that the document names (`lotbook:base`); then lots of GS1, whose trade item the
 * header must give a material.
 */
export const readNames = (document: JsonObject): Names => {
  const header = readHeader(document)
  const uris = makeUris(text(document['lotbook:base']) ?? usualBase)
  const said = (uri: string, word: string): string | undefined => text(header.get(uri)?.get(`lotbook:${word}`))
  return {
    lot: (uri) => {
      const materialPath = said(uri, 'materialPath')
      const lotName = said(uri, 'lotName')
      if (materialPath !== undefined && lotName !== undefined) return { materialPath, lotName }
      const gs1 = readGs1Lot(uri)
      const traded = gs1 === undefined ? undefined : said(gs1.tradeItem, 'materialPath')
      return gs1 === undefined || traded === undefined
        ? uris.readLot(uri)
        : { materialPath: traded, lotName: gs1.lotName }
    },
    location: (uri) => said(uri, 'path') ?? uris.readLocation(uri),
    operation: uris.readOperation,
    factsOf: (uri) =>
      header.has(uri)
        ? {
            initialStatus: said(uri, 'initialStatus'),
            unitOfMeasureSymbol: said(uri, 'unitOfMeasureSymbol'),
            expirationDate: readInstant(said(uri, 'expirationDate') ?? ''),
            supplierId: said(uri, 'supplierId'),
            notes: said(uri, 'notes'),
            spare1: said(uri, 'spare1'),
            spare2: said(uri, 'spare2'),
            spare3: said(uri, 'spare3'),
          }
        : undefined,
  }
}
