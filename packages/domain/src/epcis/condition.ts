import type { LotStatus } from '../lot/lot-status.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import { type Faults, isObject, type JsonObject } from './document-faults.ts'
import type { dispositions } from './vocabulary.ts'

/** What a disposition says of goods: that they may be used, what their lot is where they may not, or that they are no more. */
export type Condition = 'usable' | 'QA_HOLD' | 'EXPIRED' | 'gone'

/** What each disposition of the Core Business Vocabulary says. What might be used by mistake is QA_HOLD. */
export const conditionOfDisposition: Readonly<Record<(typeof dispositions)[number], Condition>> = {
  active: 'usable',
  available: 'usable',
  completeness_inferred: 'usable',
  completeness_verified: 'usable',
  conformant: 'usable',
  container_closed: 'usable',
  container_open: 'QA_HOLD',
  damaged: 'QA_HOLD',
  destroyed: 'gone',
  dispensed: 'gone',
  disposed: 'gone',
  encoded: 'usable',
  expired: 'EXPIRED',
  in_progress: 'usable',
  in_transit: 'usable',
  inactive: 'gone',
  mismatch_class: 'QA_HOLD',
  mismatch_instance: 'QA_HOLD',
  mismatch_quantity: 'QA_HOLD',
  needs_replacement: 'QA_HOLD',
  no_pedigree_match: 'QA_HOLD',
  non_conformant: 'QA_HOLD',
  non_sellable_other: 'QA_HOLD',
  partially_dispensed: 'QA_HOLD',
  recalled: 'QA_HOLD',
  reserved: 'QA_HOLD',
  retail_sold: 'gone',
  returned: 'QA_HOLD',
  sellable_accessible: 'usable',
  sellable_not_accessible: 'usable',
  stolen: 'gone',
  unavailable: 'QA_HOLD',
  unknown: 'QA_HOLD',
}

/** Whether goods in this status are not to be used, by a decision that somebody took. */
export const isWithheld = (status: LotStatus | null): status is 'QA_HOLD' | 'EXPIRED' =>
  status === 'QA_HOLD' || status === 'EXPIRED'

/** Whether a lot in this status may be used, or may be by nobody's decision but that to use it. */
export const mayBeUsed = (status: LotStatus | null): boolean => status === 'AVAILABLE' || status === 'OPEN'

/** The status that an event says the goods are in, and where it says so. */
export interface ToldStatus {
  readonly status: 'QA_HOLD' | 'EXPIRED'
  readonly pointer: string
}

/** What a record of an event does, as far as the condition of the goods matters. */
export interface ConditionCase {
  readonly lotRecordType: LotRecordType
  /** The status that a STATUS_CHANGE gives. */
  readonly lotStatus: LotStatus | null
  readonly action: unknown
}

const wordsOf = (event: JsonObject, pointer: string, { lotRecordType: type, lotStatus }: ConditionCase) => {
  const { disposition, persistentDisposition: lasting } = event
  // Of a change of status it is the status itself, and of what goes back or is scrapped the reason.
  const isRead = type !== 'STATUS_CHANGE' && type !== 'RETURN' && type !== 'SCRAP'
  const own = isRead && disposition !== undefined ? [{ word: disposition, at: `${pointer}/disposition` }] : []
  const list = isObject(lasting) && Array.isArray(lasting['set']) ? (lasting['set'] as readonly unknown[]) : []
  const isLasting = type !== 'STATUS_CHANGE' || mayBeUsed(lotStatus)
  const set = list.map((word, index) => ({ word, at: `${pointer}/persistentDisposition/set/${index}` }))
  return [...own, ...(isLasting ? set : [])]
}

/**
 * Reads whether an event says that its goods are not to be used: by its disposition, or by one that it sets for good. Notes
 * a word that nobody knows, which might say so, and goods that are said to be no more where they would be here.
 */
export const readCondition = (
  event: JsonObject,
  pointer: string,
  given: ConditionCase,
  faults: Faults,
): ToldStatus | undefined => {
  const { lotRecordType: type, action } = given
  const leaves = type === 'SHIP' || type === 'RETURN' || type === 'SCRAP' || (type === 'EDIT' && action === 'DELETE')
  let told: ToldStatus | undefined
  for (const { word, at } of wordsOf(event, pointer, given)) {
    const condition: Condition | undefined = Object.hasOwn(conditionOfDisposition, String(word))
      ? conditionOfDisposition[word as keyof typeof conditionOfDisposition]
      : undefined
    if (condition === undefined)
      faults.add(
        at,
        'is no disposition that can be read, and might say that the goods are not to be used: leave it out',
      )
    else if (condition === 'gone' && !leaves)
      faults.add(at, `says that the goods are no more, and the event is read as a ${type}, which leaves them here`)
    else if (isWithheld(condition as LotStatus) && told?.status !== 'EXPIRED')
      told = { status: condition as ToldStatus['status'], pointer: at }
  }
  return told
}
