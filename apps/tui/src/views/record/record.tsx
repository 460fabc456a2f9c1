import type { RecordView } from '@lotbook/domain'
import { Effect } from 'effect'
import type { ReactNode } from 'react'
import { useApp } from '../../app/app-context.ts'
import { bodyRows } from '../../app/body-rows.ts'
import { Screen } from '../../app/screen.tsx'
import { useAnswer } from '../../app/use-answer.ts'
import type { ViewParams } from '../../app/view-ref.ts'
import { Lines, type Piece } from '../../drawing/text.tsx'
import { amount, minute } from '../../drawing/words.ts'
import { useList } from '../../lists/use-list.ts'
import { recordKeys } from './keys.ts'

type Fact = readonly [name: string, value: string | null]

const facts = (record: RecordView): readonly Fact[] => [
  ['type', record.lotRecordType],
  ['status', record.posted ? `${record.status}, posted` : record.status],
  ['quantity', amount(record.quantity, record.unitOfMeasureSymbol)],
  ['lot', `${record.inventoryLotName} (${record.materialPath})`],
  ['other lot', record.secondaryInventoryLotName],
  ['from', record.sourceLocationPath],
  ['to', record.destinationLocationPath],
  ['lot status', record.previousStatus === null ? record.lotStatus : `${record.previousStatus} → ${record.lotStatus}`],
  ['reason', record.materialReasonCodeName],
  ['counted', amount(record.countedQuantity, record.unitOfMeasureSymbol)],
  ['asked', amount(record.requestedQuantity, record.requestedUnitOfMeasureSymbol ?? '')],
  ['order', record.productionOrderName],
  ['started', `${minute(record.startDate)} UTC`],
  ['ended', record.endDate === null ? null : `${minute(record.endDate)} UTC`],
  ['notes', record.notes],
  ['takes back', record.reversalOf],
  ['taken back by', record.reversedBy],
  ['id', record.id],
]

const factLine = ([name, value]: Fact): readonly Piece[] => [
  { text: `${name} `.padEnd(15), tone: 'quiet' },
  { text: value ?? '' },
]

/** One lot record: what it says, and every version with who wrote it. */
export const Record = ({ params: { id } }: { readonly params: ViewParams['record'] }): ReactNode => {
  const { inventory, caller, columns, rows, open } = useApp()
  const { answer, refusal } = useAnswer(id, () =>
    Effect.all({
      record: inventory.getInventoryLotRecord(id, caller),
      versions: inventory.getInventoryLotRecordVersions(id, caller),
    }),
  )
  const lines: readonly (readonly Piece[])[] =
    answer === undefined
      ? [[{ text: refusal?.message ?? 'reading …' }]]
      : [
          ...facts(answer.record)
            .filter(([, value]) => value !== null && value !== '')
            .map(factLine),
          [{ text: 'versions', tone: 'strong' }],
          ...answer.versions.map(({ version, sequence, writtenDate, writtenBy, hash, record }): readonly Piece[] => [
            { text: `  ${version}  ` },
            { text: `${minute(writtenDate)} by ${writtenBy}  ` },
            { text: `${amount(record.quantity, record.unitOfMeasureSymbol)} ${record.status}  ` },
            { text: `${sequence}:${hash.slice(0, 12)}`, tone: 'quiet' },
          ]),
        ]
  const height = bodyRows(rows)
  const { cursor, top, handlers } = useList(lines.length, height)
  const { record } = answer ?? {}
  const whyNotReverse =
    record === undefined
      ? 'the record is being read'
      : record.reversedBy !== null
        ? 'it is taken back already'
        : undefined
  const openLot = (lotId: string | null | undefined, missing: string) =>
    lotId == null ? { disabledReason: missing } : () => open({ view: 'lot', params: { id: lotId } })
  return (
    <Screen
      title={[
        { text: 'Record ', tone: 'title' },
        { text: record === undefined ? id : `${record.lotRecordType} of ${record.inventoryLotName}`, tone: 'strong' },
      ]}
      keys={recordKeys}
      handlers={{
        ...handlers,
        lot: openLot(record?.inventoryLotId, 'the record is being read'),
        otherLot: openLot(
          record?.secondaryInventoryLotId,
          record === undefined ? 'the record is being read' : 'the record has no other lot',
        ),
        reverse:
          whyNotReverse === undefined
            ? () =>
                open({
                  view: 'form',
                  params: { form: 'reverseLotRecord', filled: { id }, about: record?.inventoryLotName },
                })
            : { disabledReason: whyNotReverse },
      }}
    >
      <Lines
        columns={columns}
        lines={lines
          .slice(top, top + height)
          .map((pieces, index) => [{ text: top + index === cursor ? '> ' : '  ' }, ...pieces])}
      />
    </Screen>
  )
}
