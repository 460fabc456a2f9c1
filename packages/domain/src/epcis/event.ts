/** Where the words of EPCIS 2.0 in JSON-LD are defined. */
export const epcisContext = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'

/** What the prefix `lotbook:` of our own words stands for. */
export const lotbookNamespace = 'urn:lotbook:epcis:'

/** The version of EPCIS that documents are written in. */
export const epcisVersion = '2.0'

/** Things of one class, that is of one lot: how much, in a unit of UN/ECE Recommendation 20. Without a quantity it is not told. */
export interface QuantityElement {
  readonly epcClass: string
  readonly quantity?: number
  readonly uom?: string
}

/** That an event says what was not so, since when that is known, and which events say what was. */
export interface ErrorDeclaration {
  readonly declarationTime: string
  readonly reason: 'did_not_occur' | 'incorrect_data'
  readonly correctiveEventIDs?: readonly string[]
}

/** A word of ours on an event: what EPCIS has no word for. */
export type OwnWords = Readonly<Record<`lotbook:${string}`, string | number | boolean>>

/** What the events that Lotbook writes say, without what tells one event from another. */
export interface EventContent {
  readonly type: 'ObjectEvent' | 'TransformationEvent'
  readonly eventTime: string
  readonly eventTimeZoneOffset: string
  readonly action?: 'ADD' | 'OBSERVE' | 'DELETE'
  readonly quantityList?: readonly QuantityElement[]
  readonly inputQuantityList?: readonly QuantityElement[]
  readonly outputQuantityList?: readonly QuantityElement[]
  readonly transformationID?: string
  readonly bizStep: string
  readonly disposition?: string
  readonly persistentDisposition?: { readonly set?: readonly string[]; readonly unset?: readonly string[] }
  readonly readPoint?: { readonly id: string }
  readonly bizLocation?: { readonly id: string }
  readonly bizTransactionList?: readonly { readonly type: string; readonly bizTransaction: string }[]
  readonly sourceList?: readonly { readonly type: string; readonly source: string }[]
  readonly destinationList?: readonly { readonly type: string; readonly destination: string }[]
  readonly ilmd?: Readonly<Record<string, string>>
  readonly own: OwnWords
}

/** An event of EPCIS 2.0, as a JSON object. */
export type EpcisEvent = Readonly<Record<string, unknown>> & { readonly eventID: string; readonly recordTime: string }

/** Puts an event together, its members always in the same order. */
export const epcisEvent = (
  { own, type, ...content }: EventContent,
  eventID: string,
  recordTime: string,
  errorDeclaration?: ErrorDeclaration,
): EpcisEvent => ({
  type,
  eventID,
  recordTime,
  ...(errorDeclaration !== undefined && { errorDeclaration }),
  ...content,
  ...own,
})
