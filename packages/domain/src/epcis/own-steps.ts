import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import { type LotStatus, lotStatuses } from '../lot/lot-status.ts'
import { type LotRecordType, lotRecordTypeRules, lotRecordTypes } from '../lot-record/lot-record-type.ts'
import { mayBeUsed, readCondition } from './condition.ts'
import { below, type Faults, type JsonObject } from './document-faults.ts'
import { type Element, elementsOf, ownText, ownWord, placeOf } from './event-members.ts'
import { epcisMappings, type Mapping, statusMappings } from './mapping.ts'
import type { Names } from './read-names.ts'
import { type DraftStep, makeDraft } from './step-draft.ts'

/** Whether an event says by a word of ours which record it is. */
export const isOwn = (event: JsonObject): boolean => ownWord(event, 'lotRecordType') !== undefined

const isType = (value: unknown): value is LotRecordType => (lotRecordTypes as readonly unknown[]).includes(value)

const isLotStatus = (value: unknown): value is LotStatus => (lotStatuses as readonly unknown[]).includes(value)

const plain: readonly Mapping[] = Object.values(epcisMappings).filter((one) => one !== epcisMappings.voidShip)

/** The words of ours that are fields of a row of the same name. */
const sameFields = [
  ...(['lotStatus', 'unitOfMeasureSymbol', 'operationId', 'operationRecordId', 'inventoryOperationId'] as const),
  ...(['inventoryOperationName', 'productionOrderId', 'productionOrderName', 'shiftRecordId'] as const),
  ...(['materialReasonCodeName', 'consumeRecordId', 'notes', 'spare1', 'spare2', 'spare3'] as const),
] as const

/** Every word of ours that an event may have. */
const eventWords: readonly string[] = [
  ...['recordId', 'lotRecordType', 'startDate', 'secondaryLot', 'everything', 'reversalOf', 'actor'],
  ...sameFields,
]

/** Notes the words of ours on an event that nobody knows: a misspelt one would be passed over. */
export const judgeOwnWords = (event: JsonObject, pointer: string, faults: Faults): void => {
  for (const member of Object.keys(event))
    if (member.startsWith('lotbook:') && !eventWords.includes(member.slice('lotbook:'.length)))
      faults.add(
        below(pointer, member),
        `is no word of Lotbook: those of an event are ${eventWords.map((one) => `lotbook:${one}`).join(', ')}`,
      )
}

const mappingFor = (event: JsonObject, type: LotRecordType, pointer: string, faults: Faults): Mapping | undefined => {
  const fits = (one: Mapping): boolean =>
    one.event === event['type'] && (one.action ?? undefined) === event['action'] && one.bizStep === event['bizStep']
  const ofType = plain.filter((one) => one.lotRecordType === type)
  const found = ofType.filter(fits)
  if (type !== 'STATUS_CHANGE' && found[0] !== undefined) return found[0]
  const status = ownWord(event, 'lotStatus')
  const mapping = isLotStatus(status) ? epcisMappings[statusMappings[status]] : undefined
  if (mapping !== undefined && fits(mapping)) return mapping
  const legal = [...new Set(ofType.map((one) => [one.event, one.action, one.bizStep].filter(Boolean).join(' ')))]
  faults.add(
    `${pointer}/bizStep`,
    `does not go with a ${type} as lotbook:lotRecordType: that is ${legal.join(', or ')}`,
  )
  return undefined
}

/** Which elements are the record's lot and the other one. */
const partiesOf = (event: JsonObject, type: LotRecordType, pointer: string, faults: Faults) => {
  const one = (list: string): Element | undefined => {
    const elements = elementsOf(event, list, pointer)
    if (elements.length > 1) faults.add(`${pointer}/${list}`, 'must hold one lot: it is about one lot record')
    return elements[0]
  }
  if (event['type'] === 'ObjectEvent') return { primary: one('quantityList'), other: undefined }
  const [inputs, outputs] = [one('inputQuantityList'), one('outputQuantityList')]
  const into = type === 'RECEIVE' || type === 'PRODUCE' || type === 'MERGE'
  const [primary, other] = into ? [outputs, inputs] : [inputs, outputs]
  if (primary === undefined)
    faults.add(`${pointer}/${into ? 'output' : 'input'}QuantityList`, `is required: it is what a ${type} is about`)
  return { primary, other }
}

const quantityOf = (mapping: Mapping, { quantity }: Element): number | undefined => {
  if (mapping === epcisMappings.countSame) return 0
  return mapping === epcisMappings.countLess && quantity !== undefined ? -quantity : quantity
}

/** An event that says which record it is, as that record. */
export const ownStep = (event: JsonObject, pointer: string, names: Names, faults: Faults): DraftStep | undefined => {
  const type = ownWord(event, 'lotRecordType')
  if (!isType(type)) {
    faults.add(`${pointer}/lotbook:lotRecordType`, `must be one of ${lotRecordTypes.join(', ')}`)
    return undefined
  }
  const recordId = readUlid(ownText(event, 'recordId') ?? '')
  if (recordId === undefined) faults.add(`${pointer}/lotbook:recordId`, 'must be the ULID of the record')
  const mapping = mappingFor(event, type, pointer, faults)
  const { primary, other } = partiesOf(event, type, pointer, faults)
  if (recordId === undefined || mapping === undefined || primary === undefined) return undefined

  const draft = makeDraft({ recordId, formerIds: [] }, pointer, names, faults)
  draft.lot('primary', primary.epcClass, `${primary.pointer}/epcClass`, true)
  const secondaryLot = ownWord(event, 'secondaryLot')
  if (other !== undefined) draft.lot('secondary', other.epcClass, `${other.pointer}/epcClass`, true)
  else if (typeof secondaryLot === 'string')
    draft.lot('secondary', secondaryLot, `${pointer}/lotbook:secondaryLot`, true)
  else if (secondaryLot !== undefined) faults.add(`${pointer}/lotbook:secondaryLot`, 'must be the URI of a lot')

  draft.set('lotRecordType', type, `${pointer}/lotbook:lotRecordType`)
  for (const field of sameFields) draft.set(field, ownWord(event, field) ?? null, `${pointer}/lotbook:${field}`)
  const status = ownWord(event, 'lotStatus')
  const lotStatus = isLotStatus(status) ? status : null
  const told = readCondition(event, pointer, { lotRecordType: type, lotStatus, action: event['action'] }, faults)
  if (told !== undefined && mayBeUsed(lotStatus))
    faults.add(told.pointer, `does not go with lotbook:lotStatus, which is ${lotStatus}`)
  else if (told !== undefined && lotStatus === null) draft.set('lotStatus', told.status, told.pointer)
  const startDate = ownWord(event, 'startDate')
  draft.set(
    'startDate',
    startDate ?? event['eventTime'],
    `${pointer}/${startDate === undefined ? 'eventTime' : 'lotbook:startDate'}`,
  )
  if (startDate !== undefined) draft.set('endDate', event['eventTime'], `${pointer}/eventTime`)

  const quantity = type === 'STATUS_CHANGE' ? undefined : quantityOf(mapping, primary)
  const everything = type === 'MERGE' && ownWord(event, 'everything') === true
  if (quantity === undefined && type !== 'STATUS_CHANGE' && !everything)
    faults.add(`${primary.pointer}/quantity`, 'is required: a record without a quantity moves nothing')
  if (other?.quantity !== undefined && other.quantity !== primary.quantity)
    faults.add(`${other.pointer}/quantity`, 'must be that of the other lot: one record moves one quantity')
  draft.quantity(everything ? undefined : quantity, primary, everything ? (quantity ?? null) : null)

  const readPoint = placeOf(event, 'readPoint')
  const bizLocation = placeOf(event, 'bizLocation')
  const rule = lotRecordTypeRules[type]
  const stays = (type === 'EDIT' || type === 'SPLIT') && bizLocation === readPoint
  const destination = stays ? undefined : bizLocation
  draft.place('destinationLocationPath', destination ?? leavingTo(event), `${pointer}/bizLocation/id`)
  if (rule.source === 'needed' || readPoint !== bizLocation)
    draft.place('sourceLocationPath', readPoint, `${pointer}/readPoint/id`)
  return draft.finish()
}

/** Where a shipment goes: a place in its list of destinations. */
const leavingTo = (event: JsonObject): string | undefined => {
  const list = event['destinationList']
  const found = Array.isArray(list) ? list.find((one: JsonObject) => one['type'] === 'location') : undefined
  return found === undefined ? undefined : String((found as JsonObject)['destination'])
}

/** The SHIP record that an event of ours declares void. */
export const voidedBy = (event: JsonObject): Ulid | undefined =>
  event['bizStep'] === 'void_shipping' ? readUlid(ownText(event, 'reversalOf') ?? '') : undefined
