import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { RecordView } from '../views/record-view.ts'
import { isWithheld } from './condition.ts'
import type { EventContent, OwnWords, QuantityElement } from './event.ts'
import type { LotName, Uris } from './identifiers.ts'
import { dispositionOf, epcisMappings, type Mapping, type MappingName, statusMappings } from './mapping.ts'
import { unitCode } from './units.ts'

/** What an event says of a record, and what else must be known for it. */
export interface TellableRecord {
  readonly record: RecordView
  /** The other lot, where the record has one. */
  readonly secondary: LotName | undefined
  /** What of a consumption was not given back; the quantity of any other record. In the lot's unit. */
  readonly quantity: number | null
  /** Nothing was written about the lot before. */
  readonly isFirst: boolean
  /** When the lot is to be used by, and whose it was: of now. */
  readonly expirationDate: string | null
  readonly supplierId: string | null
  /** An UNCONSUME: the one CONSUME record that it takes back, where it is one. */
  readonly consumed: string | null
}

const outside: Readonly<Partial<Record<LotRecordType, readonly [alone: MappingName, withLot: MappingName]>>> = {
  RECEIVE: ['receive', 'receiveFromLot'],
  SCRAP: ['scrap', 'scrapIntoLot'],
  RETURN: ['returnToSupplier', 'returnIntoLot'],
  SHIP: ['ship', 'shipIntoLot'],
}

/** What joins the records of one run: its operation, else its order. */
const runOf = ({ operationId, operationRecordId, productionOrderId, productionOrderName }: RecordView, uris: Uris) => {
  const operation = operationId ?? operationRecordId
  if (operation !== null) return uris.operation(readUlid(operation) as Ulid)
  const order = productionOrderName ?? productionOrderId
  return order === null ? undefined : uris.productionOrder(order)
}

/** How a record is told. */
export const mappingOf = ({ record, isFirst, quantity }: TellableRecord): MappingName => {
  const { lotRecordType: type, secondaryInventoryLotId: other } = record
  const pair = outside[type]
  if (pair !== undefined) return pair[other === null ? 0 : 1]
  switch (type) {
    case 'PRODUCE': {
      const { operationId, operationRecordId, productionOrderId, productionOrderName } = record
      const isOfRun = (operationId ?? operationRecordId ?? productionOrderId ?? productionOrderName) !== null
      return isOfRun || other !== null ? 'produceOutput' : isFirst ? 'produceFirst' : 'produceMore'
    }
    case 'CONSUME':
      return 'consume'
    case 'UNCONSUME':
      return 'unconsume'
    case 'MOVE':
      return 'move'
    case 'SPLIT':
      return 'split'
    case 'STATUS_CHANGE':
      return statusMappings[record.lotStatus ?? 'OPEN']
    case 'EDIT':
      return quantity === 0 ? 'countSame' : (quantity ?? 0) > 0 ? 'countMore' : 'countLess'
    default:
      return 'merge'
  }
}

/** The words of ours on the event of a record. What has no value is left out. */
const ownWords = ({ record, secondary, consumed }: TellableRecord, name: MappingName, uris: Uris): OwnWords => {
  const { endDate } = record
  const words: Record<string, string | number | boolean | null> = {
    recordId: record.id,
    lotRecordType: record.lotRecordType,
    lotStatus: record.lotStatus,
    startDate: endDate === null ? null : record.startDate,
    unitOfMeasureSymbol: record.lotRecordType === 'STATUS_CHANGE' ? null : record.unitOfMeasureSymbol,
    operationId: record.operationId,
    operationRecordId: record.operationRecordId,
    inventoryOperationId: record.inventoryOperationId,
    inventoryOperationName: record.inventoryOperationName,
    productionOrderId: record.productionOrderId,
    productionOrderName: record.productionOrderName,
    shiftRecordId: record.shiftRecordId,
    materialReasonCodeName: record.materialReasonCodeName,
    secondaryLot: name === 'unconsume' && secondary !== undefined ? uris.lot(secondary) : null,
    consumeRecordId: consumed,
    everything: record.lotRecordType === 'MERGE' && record.requestedQuantity === null ? true : null,
    notes: record.notes,
    spare1: record.spare1,
    spare2: record.spare2,
    spare3: record.spare3,
    actor: record.createdBy,
  }
  return Object.fromEntries(
    Object.entries(words).flatMap(([word, value]) => (value === null ? [] : [[`lotbook:${word}`, value]])),
  )
}

type Lists = Pick<EventContent, 'quantityList' | 'inputQuantityList' | 'outputQuantityList'>

const listsOf = ({ record, secondary, quantity }: TellableRecord, mapping: Mapping, uris: Uris): Lists => {
  const uom = unitCode(record.unitOfMeasureSymbol, record.unitOfMeasureName)
  const of = (lot: LotName, amount: number | null): readonly QuantityElement[] => [
    { epcClass: uris.lot(lot), ...(amount !== null && amount > 0 && uom !== undefined && { quantity: amount, uom }) },
  ]
  const primary = { materialPath: record.materialPath, lotName: record.inventoryLotName }
  const { lotRecordType: type } = record
  if (mapping.event === 'ObjectEvent') {
    // A count that found what there was says how much that is; any other, the difference.
    const amount = mapping === epcisMappings.countSame ? record.countedQuantity : Math.abs(quantity ?? 0)
    return { quantityList: of(primary, amount) }
  }
  const both = record.sourceLocationId !== null && record.destinationLocationId !== null
  // Only where stock of the other lot moved too is it known how much of it.
  const otherMoved = type === 'SPLIT' || type === 'MERGE' || (type !== 'PRODUCE' && type !== 'CONSUME' && both)
  const other = secondary === undefined ? [] : of(secondary, otherMoved ? quantity : null)
  const into = type === 'RECEIVE' || type === 'PRODUCE' || type === 'MERGE'
  const [inputs, outputs] = into ? [other, of(primary, quantity)] : [of(primary, quantity), other]
  return {
    ...(inputs.length > 0 && { inputQuantityList: inputs }),
    ...(outputs.length > 0 && { outputQuantityList: outputs }),
  }
}

type Places = Pick<EventContent, 'readPoint' | 'bizLocation' | 'sourceList' | 'destinationList'>

const placesOf = (told: TellableRecord, uris: Uris): Places => {
  const { lotRecordType: type, sourceLocationPath: source, destinationLocationPath: destination } = told.record
  const at = (path: string | null) => (path === null ? undefined : { id: uris.location(path) })
  const leaves = (type === 'SHIP' || type === 'RETURN') && told.secondary === undefined
  const stays = type === 'SPLIT' || type === 'EDIT'
  const readPoint = at(source ?? destination)
  const bizLocation = leaves ? undefined : at(destination ?? (stays ? source : null))
  const supplier = told.supplierId === null ? undefined : uris.supplier(told.supplierId)
  const destinationList = [
    ...(type === 'RETURN' && supplier !== undefined ? [{ type: 'possessing_party', destination: supplier }] : []),
    ...(leaves && destination !== null ? [{ type: 'location', destination: uris.location(destination) }] : []),
  ]
  return {
    ...(readPoint !== undefined && { readPoint }),
    ...(bizLocation !== undefined && { bizLocation }),
    ...(type === 'RECEIVE' &&
      supplier !== undefined && { sourceList: [{ type: 'possessing_party', source: supplier }] }),
    ...(destinationList.length > 0 && { destinationList }),
  }
}

const dispositionFor = ({ disposition }: Mapping, { lotStatus }: RecordView): string | null => {
  if (disposition === 'by status') return lotStatus === null ? null : dispositionOf[lotStatus]
  // What comes into being held or expired, or arrives so, is no stock in progress.
  const isStock = disposition === 'in_progress' || disposition === 'active'
  return isStock && isWithheld(lotStatus) ? dispositionOf[lotStatus] : disposition
}

/** What the event of a record says, be the record's state what it may. */
export const contentOf = (told: TellableRecord, uris: Uris, name = mappingOf(told)): EventContent => {
  const { record, expirationDate } = told
  const mapping: Mapping = epcisMappings[name]
  const lists = listsOf(told, mapping, uris)
  const order = record.productionOrderName ?? record.productionOrderId
  const run = runOf(record, uris)
  const isRun = name === 'consume' || name === 'produceOutput'
  const isWhole = lists.inputQuantityList !== undefined && lists.outputQuantityList !== undefined
  // An event of one side alone is legal only as part of a run; without one the record is the run.
  const transformationID = run ?? (isWhole ? undefined : uris.record(readUlid(record.id ?? '') as Ulid))
  const disposition = dispositionFor(mapping, record)
  const brings = mapping.action === 'ADD' || lists.outputQuantityList !== undefined
  const isOfPrimary = record.lotRecordType === 'PRODUCE' || record.lotRecordType === 'EDIT'
  return {
    type: mapping.event,
    eventTime: record.endDate ?? record.startDate,
    eventTimeZoneOffset: '+00:00',
    ...(mapping.action !== null && { action: mapping.action }),
    ...lists,
    ...(isRun && transformationID !== undefined && { transformationID }),
    bizStep: mapping.bizStep,
    ...(disposition !== null && { disposition }),
    ...(mapping.persistent !== undefined && { persistentDisposition: mapping.persistent }),
    ...placesOf(told, uris),
    ...(order !== null && {
      bizTransactionList: [{ type: 'prodorder', bizTransaction: uris.productionOrder(order) }],
    }),
    ...(brings &&
      isOfPrimary &&
      expirationDate !== null && {
        ilmd: { 'cbvmda:lotNumber': record.inventoryLotName, 'cbvmda:itemExpirationDate': expirationDate.slice(0, 10) },
      }),
    own: ownWords(told, name, uris),
  }
}
