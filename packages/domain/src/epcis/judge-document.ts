import { readQuantity } from '../quantity/quantity.ts'
import {
  anyText,
  anything,
  below,
  type Check,
  type Faults,
  isObject,
  type JsonObject,
  listOf,
  type Members,
  moment,
  objectOf,
  offset,
  oneOf,
  uri,
  word,
} from './document-faults.ts'
import { isBase, saysMoreThanLot } from './identifiers.ts'
import { unitCodes } from './units.ts'
import {
  bizSteps,
  bizTransactionTypes,
  commonMembers,
  dispositions,
  errorReasons,
  membersOfType,
  partyTypes,
  unreadTypes,
} from './vocabulary.ts'

/** How many events a document may hold. */
export const mostEvents = 10_000

const amount: Check = (value, pointer, faults) => {
  if (typeof value !== 'number') return faults.add(pointer, 'must be a number, not text')
  if (value <= 0) return faults.add(pointer, 'must be greater than 0')
  if (readQuantity(value) === undefined)
    faults.add(pointer, 'must have at most 9 digits before the point and 6 after, such as 12.5')
}

const unit: Check = (value, pointer, faults) => {
  if (typeof value !== 'string' || !/^[A-Z0-9]{2,3}$/u.test(value))
    return faults.add(pointer, 'must be a code of UN/ECE Recommendation 20, such as KGM')
  if (!Object.hasOwn(unitCodes, value))
    faults.add(pointer, `is not one of the codes that can be read: ${Object.keys(unitCodes).join(', ')}`)
}

const lotClass: Check = (value, pointer, faults) => {
  uri(value, pointer, faults)
  if (typeof value === 'string' && saysMoreThanLot(value))
    faults.add(
      pointer,
      'must end with the lot: what a Digital Link says behind ? or # is not read. When the lot expires is told by ilmd where it comes into being, or in the header (lotbook:expirationDate)',
    )
}

const quantityElement = objectOf({ epcClass: lotClass, quantity: amount, uom: unit }, ['epcClass'])
const place = objectOf({ id: uri }, ['id'], true)
const noInstances: Check = (value, pointer, faults) => {
  if (!Array.isArray(value)) return faults.add(pointer, 'must be a list')
  if (value.length > 0) faults.add(pointer, 'must be empty: single objects with a serial number are not kept, lots are')
}
const disposition = word(dispositions, 'a disposition')

const persistent: Check = (value, pointer, faults) => {
  objectOf({ set: listOf(disposition, 1), unset: listOf(disposition, 1) }, [])(value, pointer, faults)
  if (isObject(value) && Object.keys(value).length === 0) faults.add(pointer, 'must have set or unset')
}

const rules: Readonly<Record<string, Check>> = {
  type: anyText,
  '@context': anything,
  eventID: uri,
  eventTime: moment,
  eventTimeZoneOffset: offset,
  recordTime: moment,
  certificationInfo: anything,
  errorDeclaration: objectOf(
    {
      declarationTime: moment,
      reason: word(errorReasons, 'a reason'),
      correctiveEventIDs: listOf(uri),
    },
    ['declarationTime'],
    true,
  ),
  bizStep: word(bizSteps, 'a business step'),
  disposition,
  persistentDisposition: persistent,
  readPoint: place,
  bizLocation: place,
  bizTransactionList: listOf(
    objectOf({ type: word(bizTransactionTypes, 'a kind of transaction'), bizTransaction: uri }, ['bizTransaction']),
  ),
  sourceList: listOf(objectOf({ type: word(partyTypes, 'a kind of source'), source: uri }, ['type', 'source'])),
  destinationList: listOf(
    objectOf({ type: word(partyTypes, 'a kind of destination'), destination: uri }, ['type', 'destination']),
  ),
  sensorElementList: listOf(anything),
  ilmd: objectOf({}, [], true),
  action: oneOf(['ADD', 'OBSERVE', 'DELETE']),
  epcList: noInstances,
  quantityList: listOf(quantityElement, 1),
  inputEPCList: noInstances,
  inputQuantityList: listOf(quantityElement, 1),
  outputEPCList: noInstances,
  outputQuantityList: listOf(quantityElement, 1),
  transformationID: uri,
}

const pick = (names: readonly string[]): Members =>
  Object.fromEntries(names.map((name) => [name, rules[name] ?? anything]))

const objectEvent = objectOf(
  pick([...commonMembers, ...membersOfType.ObjectEvent]),
  ['eventTime', 'eventTimeZoneOffset', 'action', 'quantityList'],
  true,
)
const transformationEvent = objectOf(
  pick([...commonMembers, ...membersOfType.TransformationEvent]),
  ['eventTime', 'eventTimeZoneOffset'],
  true,
)

const judgeTogether = (event: JsonObject, pointer: string, faults: Faults): void => {
  const { action, ilmd, inputQuantityList, outputQuantityList, transformationID, type } = event
  if (type === 'ObjectEvent') {
    if (ilmd !== undefined && action !== 'ADD')
      faults.add(below(pointer, 'ilmd'), 'must be left out: it belongs to ADD, where something comes into being')
    return
  }
  if (inputQuantityList === undefined && outputQuantityList === undefined)
    faults.add(below(pointer, 'inputQuantityList'), 'or outputQuantityList is required')
  else if ((inputQuantityList === undefined || outputQuantityList === undefined) && transformationID === undefined)
    faults.add(below(pointer, 'transformationID'), 'is required where inputs or outputs are told alone')
}

const event: Check = (value, pointer, faults) => {
  if (!isObject(value)) return faults.add(pointer, 'must be an object')
  const { type } = value
  if (type === 'ObjectEvent') objectEvent(value, pointer, faults)
  else if (type === 'TransformationEvent') transformationEvent(value, pointer, faults)
  else {
    const isUnread = (unreadTypes as readonly unknown[]).includes(type)
    const reads = 'ObjectEvent and TransformationEvent are read'
    return faults.add(below(pointer, 'type'), isUnread ? `${String(type)} is not read: only ${reads}` : `only ${reads}`)
  }
  judgeTogether(value, pointer, faults)
}

const context: Check = (value, pointer, faults) => {
  for (const [index, one] of (Array.isArray(value) ? value : [value]).entries())
    if (!isObject(one)) uri(one, Array.isArray(value) ? below(pointer, index) : pointer, faults)
}

const version: Check = (value, pointer, faults) => {
  if (typeof value !== 'string' || !/^2\.0(?:\.\d+)?$/u.test(value)) faults.add(pointer, 'must be "2.0"')
}

const events: Check = (value, pointer, faults) => {
  if (Array.isArray(value) && value.length > mostEvents)
    return faults.add(pointer, `must hold at most ${mostEvents} events: send them in several documents`)
  listOf(event)(value, pointer, faults)
}

const base: Check = (value, pointer, faults) => {
  if (typeof value !== 'string' || !isBase(value)) faults.add(pointer, 'must be a URI that ends with ":" or "/"')
}

const attribute = objectOf({ id: uri, attribute: anything }, ['id'])
const element = objectOf({ id: uri, attributes: listOf(attribute), children: listOf(uri) }, ['id'])
const vocabulary = objectOf({ type: uri, vocabularyElementList: listOf(element) }, ['type'])
const masterData = objectOf({ vocabularyList: listOf(vocabulary) }, [], true)

const document = objectOf(
  {
    '@context': context,
    id: uri,
    type: oneOf(['EPCISDocument']),
    schemaVersion: version,
    creationDate: moment,
    instanceIdentifier: anyText,
    sender: anyText,
    receiver: anyText,
    'lotbook:base': base,
    epcisHeader: objectOf({ epcisMasterData: masterData }, [], true),
    epcisBody: objectOf({ eventList: events }, ['eventList']),
  },
  ['@context', 'type', 'schemaVersion', 'creationDate', 'epcisBody'],
  true,
)

/** Notes every fault of a document, by pointer: the rules of EPCIS 2.0 in JSON-LD, and what Lotbook cannot keep. */
export const judgeDocument = (value: unknown, faults: Faults): void => document(value, '', faults)
