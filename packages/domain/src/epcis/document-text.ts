import { type EpcisEvent, epcisContext, epcisVersion, lotbookNamespace } from './event.ts'
import { type VocabularyElement, vocabularyTypes } from './lot-facts.ts'

/** Writes a document piece by piece: what stands before the events, each event, and what stands after them. */
export const makeDocumentText = (base: string) => {
  let count = 0
  let latest = ''
  return {
    begin: (): string =>
      `${JSON.stringify({
        '@context': [epcisContext, { lotbook: lotbookNamespace }],
        type: 'EPCISDocument',
        schemaVersion: epcisVersion,
        'lotbook:base': base,
      }).slice(0, -1)},"epcisBody":{"eventList":[`,
    event: (event: EpcisEvent): string => {
      count += 1
      if (event.recordTime > latest) latest = event.recordTime
      return `${count === 1 ? '' : ','}\n${JSON.stringify(event)}`
    },
    /** The date of the document is that of the last thing it tells, so that the same ledger gives the same bytes. */
    end: (lots: readonly VocabularyElement[], now: string): string => {
      const vocabulary = { type: vocabularyTypes.lot, vocabularyElementList: lots }
      const after = {
        ...(lots.length > 0 && { epcisHeader: { epcisMasterData: { vocabularyList: [vocabulary] } } }),
        creationDate: latest === '' ? now : latest,
      }
      return `\n]},${JSON.stringify(after).slice(1)}\n`
    },
  }
}
