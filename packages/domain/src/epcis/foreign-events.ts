import type { LotStatus } from '../lot/lot-status.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'

/** What an ObjectEvent of anybody's is taken for. */
export interface Reading {
  readonly lotRecordType: LotRecordType
  readonly lotStatus?: LotStatus
  /** A lot that is not there is made. */
  readonly makesLot?: true
}

const conformant = ['available', 'conformant', 'sellable_accessible', 'sellable_not_accessible']

/** The readings of ObjectEvents: action, business step, the dispositions where they matter, and what it is taken for. */
export const foreignReadings: readonly {
  readonly action: 'ADD' | 'OBSERVE' | 'DELETE'
  readonly bizStep: string
  readonly dispositions?: readonly string[]
  readonly reading: Reading
}[] = [
  { action: 'ADD', bizStep: 'commissioning', reading: { lotRecordType: 'PRODUCE', makesLot: true } },
  { action: 'ADD', bizStep: 'creating_class_instance', reading: { lotRecordType: 'PRODUCE', makesLot: true } },
  { action: 'ADD', bizStep: 'receiving', reading: { lotRecordType: 'RECEIVE', makesLot: true } },
  { action: 'ADD', bizStep: 'cycle_counting', reading: { lotRecordType: 'EDIT' } },
  { action: 'OBSERVE', bizStep: 'receiving', reading: { lotRecordType: 'RECEIVE', makesLot: true } },
  { action: 'OBSERVE', bizStep: 'storing', reading: { lotRecordType: 'MOVE' } },
  { action: 'OBSERVE', bizStep: 'shipping', dispositions: ['returned'], reading: { lotRecordType: 'RETURN' } },
  { action: 'OBSERVE', bizStep: 'shipping', reading: { lotRecordType: 'SHIP' } },
  {
    ...{ action: 'OBSERVE', bizStep: 'holding', dispositions: ['expired'] },
    reading: { lotRecordType: 'STATUS_CHANGE', lotStatus: 'EXPIRED' },
  },
  { action: 'OBSERVE', bizStep: 'holding', reading: { lotRecordType: 'STATUS_CHANGE', lotStatus: 'QA_HOLD' } },
  {
    ...{ action: 'OBSERVE', bizStep: 'inspecting', dispositions: conformant },
    reading: { lotRecordType: 'STATUS_CHANGE', lotStatus: 'AVAILABLE' },
  },
  { action: 'DELETE', bizStep: 'destroying', reading: { lotRecordType: 'SCRAP' } },
  { action: 'DELETE', bizStep: 'cycle_counting', reading: { lotRecordType: 'EDIT' } },
  { action: 'DELETE', bizStep: 'decommissioning', reading: { lotRecordType: 'STATUS_CHANGE', lotStatus: 'CLOSED' } },
]

/** What an ObjectEvent is taken for; undefined where it is nothing that a ledger of lots keeps. */
export const foreignReading = (action: unknown, bizStep: unknown, disposition: unknown): Reading | undefined =>
  foreignReadings.find(
    (one) =>
      one.action === action &&
      one.bizStep === bizStep &&
      (one.dispositions === undefined || one.dispositions.some((word) => word === disposition)),
  )?.reading
