import type { RecordView } from '@lotbook/domain'
import { amount } from '@lotbook/picture'
import { useCallback, useEffect, useState } from 'react'
import type { Api } from '../api/api.ts'
import { ProblemNote } from '../problem-note.tsx'
import { showMoment } from '../words.ts'
import { asError } from './use-fetched.ts'

const page = 25

const placesOf = ({ sourceLocationPath: from, destinationLocationPath: to }: RecordView): string =>
  [from === null ? '' : `from ${from}`, to === null ? '' : `to ${to}`].filter((text) => text !== '').join(' ')

const aboutOf = (record: RecordView, lotId: string): string => {
  const other = record.inventoryLotId === lotId ? record.secondaryInventoryLotName : record.inventoryLotName
  const parts = [
    record.lotRecordType === 'STATUS_CHANGE' ? `${record.previousStatus ?? '–'} → ${record.lotStatus ?? '–'}` : '',
    other === null || other === '' ? '' : `with lot ${other}`,
    placesOf(record),
    record.status === 'COMPLETED' ? '' : record.status,
    record.reversedBy === null ? '' : 'taken back',
    record.reversalOf === null ? '' : 'takes a record back',
    `by ${record.createdBy}`,
  ]
  return parts.filter((text) => text !== '').join(', ')
}

/** The records of a lot, newest first. */
export const LotHistory = ({ api, lotId }: { readonly api: Api; readonly lotId: string }) => {
  const [records, setRecords] = useState<readonly RecordView[]>()
  const [next, setNext] = useState<string | null>(null)
  const [error, setError] = useState<Error>()
  const [isAsking, setAsking] = useState(false)

  const more = useCallback(
    async (cursor: string | undefined): Promise<void> => {
      setAsking(true)
      try {
        const answer = await api.records({ lot: lotId, newestFirst: true, limit: page, cursor })
        setRecords((before = []) => (cursor === undefined ? answer.items : [...before, ...answer.items]))
        setNext(answer.next)
      } catch (cause) {
        setError(asError(cause))
      }
      setAsking(false)
    },
    [api, lotId],
  )
  useEffect(() => {
    void more(undefined)
  }, [more])

  return (
    <>
      <h3>History</h3>
      {error && <ProblemNote error={error} />}
      {records === undefined && error === undefined && <p className="quiet">Reading…</p>}
      {records?.length === 0 && <p className="quiet">There are no records.</p>}
      <ol className="history">
        {records?.map((record) => (
          <li key={record.id}>
            <time dateTime={record.endDate ?? record.startDate}>{showMoment(record.endDate ?? record.startDate)}</time>{' '}
            <strong>{record.lotRecordType}</strong>{' '}
            {record.quantity === null ? '' : amount(record.quantity, record.unitOfMeasureSymbol)}
            <div className="quiet">{aboutOf(record, lotId)}</div>
          </li>
        ))}
      </ol>
      {next !== null && (
        <button type="button" disabled={isAsking} onClick={() => void more(next)}>
          Older records
        </button>
      )}
    </>
  )
}
