import type { InventoryView, RecordView } from '@lotbook/domain'
import type { Column } from '../../drawing/columns.ts'
import { amount, minute } from '../../drawing/words.ts'
import type { PossibleAction } from './possible-actions.ts'

/** The columns of a lot's stock. */
export const stockColumns: readonly Column<InventoryView>[] = [
  { title: 'WHERE', text: ({ locationPath }) => locationPath, keepsEnd: true, least: 16, most: 50, leaves: 0 },
  {
    title: 'QUANTITY',
    text: ({ quantity, unitOfMeasureSymbol }) => amount(quantity, unitOfMeasureSymbol),
    least: 12,
    most: 16,
    right: true,
    whole: true,
    leaves: 0,
  },
  { title: 'LABEL', text: ({ name }) => name ?? '', least: 10, most: 24, leaves: 1 },
]

/** The columns of what may be done with a lot. */
export const actionColumns = (
  keyOf: (does: string) => string,
  labelOf: (does: string) => string,
): readonly Column<PossibleAction>[] => [
  { title: 'KEY', text: ({ does }) => keyOf(does), least: 3, most: 3, leaves: 0 },
  {
    title: 'ACTION',
    text: ({ does }) => labelOf(does),
    tone: ({ whyNot }) => (whyNot === undefined ? 'plain' : 'quiet'),
    least: 9,
    most: 9,
    leaves: 0,
  },
  {
    title: 'WHY NOT NOW',
    text: ({ whyNot }) => whyNot ?? '',
    tone: () => 'quiet',
    least: 18,
    most: 200,
    leaves: 0,
  },
]

// When a record counts: its end, else its start.
const effective = ({ startDate, endDate }: RecordView): string => endDate ?? startDate

/** The columns of a list of records: a lot's history, or all. On a narrow screen the year is left out, and lot and quantity stay longer than the time. */
export const recordColumns = (withLot: boolean, isNarrow = false): readonly Column<RecordView>[] => [
  isNarrow
    ? {
        title: 'WHEN (UTC)',
        text: (record) => minute(effective(record)).slice(5),
        least: 11,
        most: 11,
        leaves: withLot ? 3 : 0,
      }
    : { title: 'WHEN (UTC)', text: (record) => minute(effective(record)), least: 16, most: 16, leaves: 0 },
  {
    title: 'WHAT',
    text: ({ lotRecordType, lotStatus }) => (lotRecordType === 'STATUS_CHANGE' ? `→ ${lotStatus}` : lotRecordType),
    least: 11,
    most: 13,
    leaves: 0,
  },
  ...(withLot
    ? [
        {
          title: 'LOT',
          text: ({ inventoryLotName }: RecordView) => inventoryLotName,
          least: 17,
          most: 22,
          leaves: isNarrow ? 0 : 3,
          // Names of lots differ at their ends.
          ...(isNarrow && { keepsEnd: true as const }),
        },
      ]
    : []),
  {
    title: 'QUANTITY',
    text: ({ quantity, unitOfMeasureSymbol }) => amount(quantity, unitOfMeasureSymbol),
    least: 10,
    most: 12,
    right: true,
    whole: true,
    leaves: withLot && !isNarrow ? 4 : 0,
  },
  { title: 'BY', text: ({ modifiedBy, createdBy }) => modifiedBy ?? createdBy, least: 8, most: 16, leaves: 5 },
  { title: 'V', text: ({ version }) => `${version}`, least: 1, most: 3, right: true, leaves: 7 },
  {
    title: 'STATE',
    text: ({ status, reversedBy, reversalOf }) =>
      reversedBy !== null ? 'taken back' : reversalOf !== null ? 'takes back' : status === 'COMPLETED' ? '' : status,
    least: 10,
    most: 10,
    leaves: 6,
  },
  {
    title: 'FROM → TO',
    text: ({ sourceLocationPath, destinationLocationPath }) =>
      [sourceLocationPath, destinationLocationPath]
        .map((path) => path ?? '')
        .join(' → ')
        .replace(/^ → $/u, ''),
    least: 14,
    most: 60,
    leaves: 8,
  },
]
