import type { Sha256 } from '../ledger/chain.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import { readCondition, type ToldStatus } from './condition.ts'
import type { Faults, JsonObject } from './document-faults.ts'
import { ulidOfName } from './event-id.ts'
import { type Element, elementsOf, placeOf } from './event-members.ts'
import { foreignReading, foreignReadings, type Reading } from './foreign-events.ts'
import type { Names } from './read-names.ts'
import type { RecordIds } from './record-ids.ts'
import { type DraftStep, makeDraft } from './step-draft.ts'

/** An event of anybody's, and what tells it from others. */
export interface ForeignEvent {
  readonly event: JsonObject
  readonly pointer: string
  readonly key: string
  /** The record of its n-th element, from 0. */
  readonly idsOf: (index: number) => RecordIds
}

interface Part {
  readonly reading: Reading
  readonly element: Element
}

const orderOf = (event: JsonObject): string | undefined => {
  const list = event['bizTransactionList']
  const found = Array.isArray(list) ? list.find((one: JsonObject) => one['type'] === 'prodorder') : undefined
  return found === undefined ? undefined : String((found as JsonObject)['bizTransaction'])
}

const destinationsOf = (event: JsonObject, pointer: string) => {
  const list = event['destinationList']
  return (Array.isArray(list) ? list : []).map((one: JsonObject, index) => ({
    isPlace: one['type'] === 'location',
    uri: String(one['destination']),
    pointer: `${pointer}/destinationList/${index}/destination`,
  }))
}

const leaves: readonly LotRecordType[] = ['CONSUME', 'SCRAP', 'SHIP', 'RETURN', 'MOVE', 'EDIT']
const arrives: readonly LotRecordType[] = ['PRODUCE', 'RECEIVE', 'MOVE']

const readParts = ({ event, pointer }: ForeignEvent, faults: Faults): readonly Part[] => {
  if (event['type'] === 'TransformationEvent')
    return [
      ...elementsOf(event, 'inputQuantityList', pointer).map((element) => ({
        element,
        reading: { lotRecordType: 'CONSUME' } as const,
      })),
      ...elementsOf(event, 'outputQuantityList', pointer).map((element) => ({
        element,
        reading: { lotRecordType: 'PRODUCE', makesLot: true } as const,
      })),
    ]
  const { action, bizStep, disposition } = event
  const reading = foreignReading(action, bizStep, disposition)
  if (reading !== undefined) return elementsOf(event, 'quantityList', pointer).map((element) => ({ element, reading }))
  const steps = [...new Set(foreignReadings.filter((one) => one.action === action).map((one) => one.bizStep))]
  const isStep = typeof bizStep === 'string' && steps.includes(bizStep)
  faults.add(
    `${pointer}/${isStep ? 'disposition' : 'bizStep'}`,
    isStep
      ? `is none that is read with ${String(action)} ${String(bizStep)}`
      : `must be one that is read with ${String(action)}: ${steps.join(', ')}`,
  )
  return []
}

/** What an event says of the goods that it is about; of a transformation, of those that come out. */
const conditionOf = (
  { event, pointer }: ForeignEvent,
  parts: readonly Part[],
  faults: Faults,
): ToldStatus | undefined => {
  const isTransformation = event['type'] === 'TransformationEvent'
  const of = parts.find(({ reading }) => !isTransformation || reading.makesLot === true)?.reading
  const { lotRecordType = 'PRODUCE', lotStatus = null } = of ?? {}
  const told = readCondition(event, pointer, { lotRecordType, lotStatus, action: event['action'] }, faults)
  if (told === undefined || (of !== undefined && lotRecordType !== 'STATUS_CHANGE')) return told
  faults.add(
    told.pointer,
    of === undefined
      ? 'is about what comes out, and nothing does: tell it with the outputs, or leave it out'
      : `does not go with ${String(event['bizStep'])}, after which the lot may be used`,
  )
  return undefined
}

/** The records that an event of anybody's is taken for: one for each lot that it names. */
export const foreignSteps = (
  given: ForeignEvent,
  names: Names,
  sha256: Sha256,
  faults: Faults,
): readonly DraftStep[] => {
  const { event, pointer, key, idsOf } = given
  const readPoint = placeOf(event, 'readPoint')
  const bizLocation = placeOf(event, 'bizLocation')
  const { transformationID } = event
  const run = typeof transformationID === 'string' ? transformationID : key
  const operation = names.operation(run) ?? ulidOfName(run, sha256)
  const parts = readParts(given, faults)
  const told = parts.length === 0 ? undefined : conditionOf(given, parts, faults)
  return parts.flatMap(({ element, reading }, index) => {
    const { lotRecordType: type, lotStatus, makesLot } = reading
    const draft = makeDraft(idsOf(index), pointer, names, faults)
    draft.set('lotRecordType', type, `${pointer}/bizStep`)
    draft.set('lotStatus', lotStatus, `${pointer}/disposition`)
    if (told !== undefined && type !== 'CONSUME') draft.set('lotStatus', told.status, told.pointer)
    draft.set('startDate', event['eventTime'], `${pointer}/eventTime`)
    draft.set('productionOrderName', orderOf(event), `${pointer}/bizTransactionList`)
    if (event['type'] === 'TransformationEvent') draft.set('operationId', operation, `${pointer}/transformationID`)
    draft.lot('primary', element.epcClass, `${element.pointer}/epcClass`, makesLot === true)
    if (type !== 'STATUS_CHANGE') {
      if (element.quantity === undefined) draft.wrong(`${element.pointer}/quantity`, 'is required: how much there is')
      const isLess = type === 'EDIT' && event['action'] === 'DELETE' && element.quantity !== undefined
      draft.quantity(isLess ? -(element.quantity ?? 0) : element.quantity, element, null)
    }
    const place = (
      field: 'sourceLocationPath' | 'destinationLocationPath',
      first: 'readPoint' | 'bizLocation',
    ): void => {
      const [uri, other] = first === 'readPoint' ? [readPoint, bizLocation] : [bizLocation, readPoint]
      const isFirst = uri !== undefined || type === 'MOVE'
      const member = isFirst ? first : first === 'readPoint' ? 'bizLocation' : 'readPoint'
      const found = isFirst ? uri : other
      if (found === undefined)
        draft.wrong(`${pointer}/${first}`, `is required: where the lot ${field.startsWith('s') ? 'was' : 'is'}`)
      draft.place(field, found, `${pointer}/${member}/id`)
    }
    if (leaves.includes(type)) place('sourceLocationPath', 'readPoint')
    if (arrives.includes(type)) place('destinationLocationPath', 'bizLocation')
    if (type === 'SHIP' || type === 'RETURN') {
      const destinations = destinationsOf(event, pointer)
      const ours = destinations.find(({ isPlace, uri }) => isPlace && names.location(uri) !== undefined)
      const others = destinations.filter((one) => one !== ours).map(({ uri }) => uri)
      draft.place('destinationLocationPath', ours?.uri, ours?.pointer ?? pointer)
      if (others.length > 0) draft.set('notes', `to ${others.join(', ')}`, `${pointer}/destinationList`)
    }
    const step = draft.finish()
    return step === undefined ? [] : [step]
  })
}
