import type { LotRecordType } from '@lotbook/domain'

interface SampleReasonCode {
  readonly lotRecordType: LotRecordType
  readonly reasonCode: string
  readonly description: string
  readonly requireComments?: boolean
}

/** Why things happen in the sample plant. */
export const reasonCodes = [
  { lotRecordType: 'STATUS_CHANGE', reasonCode: 'Released by the laboratory', description: 'Tests passed' },
  { lotRecordType: 'STATUS_CHANGE', reasonCode: 'Held by the laboratory', description: 'A result is open or bad' },
  { lotRecordType: 'STATUS_CHANGE', reasonCode: 'Used up', description: 'Nothing is left' },
  { lotRecordType: 'SCRAP', reasonCode: 'Rinsed out', description: 'What a tank or pipe keeps' },
  { lotRecordType: 'SCRAP', reasonCode: 'Damaged', description: 'Torn, crushed or wet' },
  { lotRecordType: 'SCRAP', reasonCode: 'Past its date', description: 'Not used in time' },
  {
    lotRecordType: 'SCRAP',
    reasonCode: 'Off flavour',
    description: 'Say what it tasted of',
    requireComments: true,
  },
  { lotRecordType: 'EDIT', reasonCode: 'Cycle count', description: 'Counted on the shelf' },
  { lotRecordType: 'RETURN', reasonCode: 'Misprint', description: 'Sent back to the printer' },
  { lotRecordType: 'UNCONSUME', reasonCode: 'Taken back from the line', description: 'Booked, and not used' },
] as const satisfies readonly SampleReasonCode[]

/** The code of a reason of the sample plant; codes are unique over its types. */
export type ReasonCodeName = (typeof reasonCodes)[number]['reasonCode']
