import type { LotStatus } from '../lot/lot-status.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { EventContent } from './event.ts'

/** How one kind of record is told as an event. The words are those of the Core Business Vocabulary 2.0. */
export interface Mapping {
  readonly lotRecordType: LotRecordType
  /** Which records of the type, in words; empty for all of them. */
  readonly when: string
  readonly event: EventContent['type']
  /** Null for a TransformationEvent, which has none. */
  readonly action: 'ADD' | 'OBSERVE' | 'DELETE' | null
  readonly bizStep: string
  /** `by status`: see {@link dispositionOf}. */
  readonly disposition: string | null
  readonly persistent?: EventContent['persistentDisposition']
}

const object = (
  lotRecordType: LotRecordType,
  action: 'ADD' | 'OBSERVE' | 'DELETE',
  bizStep: string,
  disposition: string | null,
  when = '',
  persistent?: EventContent['persistentDisposition'],
): Mapping => ({
  ...{ lotRecordType, when, event: 'ObjectEvent', action, bizStep, disposition },
  ...(persistent !== undefined && { persistent }),
})

const transformation = (
  lotRecordType: LotRecordType,
  bizStep: string,
  disposition: string | null,
  when = '',
): Mapping => ({ lotRecordType, when, event: 'TransformationEvent', action: null, bizStep, disposition })

/** Every kind of record that is told, and how. */
export const epcisMappings = {
  receive: object('RECEIVE', 'OBSERVE', 'receiving', 'in_progress'),
  receiveFromLot: transformation('RECEIVE', 'receiving', 'in_progress', 'out of another lot'),
  produceFirst: object('PRODUCE', 'ADD', 'commissioning', 'active', 'no inputs; the first record of the lot'),
  produceMore: object('PRODUCE', 'ADD', 'creating_class_instance', 'active', 'no inputs; any later one'),
  produceOutput: transformation(
    'PRODUCE',
    'commissioning',
    'active',
    'of an operation, an order or another lot: output',
  ),
  consume: transformation('CONSUME', 'commissioning', null, 'input; with the lot it went into as output'),
  unconsume: object(
    'UNCONSUME',
    'ADD',
    'creating_class_instance',
    'by status',
    'to another place than it was taken from',
  ),
  move: object('MOVE', 'OBSERVE', 'storing', 'by status'),
  split: transformation('SPLIT', 'repackaging', 'active'),
  merge: transformation('MERGE', 'commissioning', 'active'),
  scrap: object('SCRAP', 'DELETE', 'destroying', 'destroyed'),
  scrapIntoLot: transformation('SCRAP', 'destroying', 'destroyed', 'into another lot'),
  returnToSupplier: object('RETURN', 'OBSERVE', 'shipping', 'returned'),
  returnIntoLot: transformation('RETURN', 'shipping', 'returned', 'into another lot'),
  ship: object('SHIP', 'OBSERVE', 'shipping', 'in_transit'),
  shipIntoLot: transformation('SHIP', 'shipping', 'in_transit', 'into another lot'),
  voidShip: object('SHIP', 'OBSERVE', 'void_shipping', 'in_progress', 'its reversal'),
  hold: object('STATUS_CHANGE', 'OBSERVE', 'holding', 'non_sellable_other', 'to QA_HOLD', { set: ['unavailable'] }),
  release: object('STATUS_CHANGE', 'OBSERVE', 'inspecting', 'available', 'to AVAILABLE', { unset: ['unavailable'] }),
  expire: object('STATUS_CHANGE', 'OBSERVE', 'holding', 'expired', 'to EXPIRED', { set: ['expired'] }),
  leave: object('STATUS_CHANGE', 'OBSERVE', 'shipping', 'in_transit', 'to SHIPPED, where no SHIP record says so'),
  close: object('STATUS_CHANGE', 'DELETE', 'decommissioning', 'inactive', 'to CLOSED'),
  open: object('STATUS_CHANGE', 'OBSERVE', 'inspecting', 'in_progress', 'to OPEN'),
  countMore: object('EDIT', 'ADD', 'cycle_counting', 'active', 'more than there was: the difference'),
  countLess: object('EDIT', 'DELETE', 'cycle_counting', 'inactive', 'less than there was: the difference'),
  countSame: object('EDIT', 'OBSERVE', 'stock_taking', 'by status', 'as much as there was: what was counted'),
} as const satisfies Record<string, Mapping>
/** The name of a kind of record that is told. */
export type MappingName = keyof typeof epcisMappings

/** What a status of a lot is called where the disposition follows it. */
export const dispositionOf: Readonly<Record<LotStatus, string>> = {
  OPEN: 'in_progress',
  AVAILABLE: 'available',
  QA_HOLD: 'non_sellable_other',
  EXPIRED: 'expired',
  SHIPPED: 'in_transit',
  CLOSED: 'inactive',
}

/** How a change to each status is told. */
export const statusMappings: Readonly<Record<LotStatus, MappingName>> = {
  OPEN: 'open',
  AVAILABLE: 'release',
  QA_HOLD: 'hold',
  EXPIRED: 'expire',
  SHIPPED: 'leave',
  CLOSED: 'close',
}
