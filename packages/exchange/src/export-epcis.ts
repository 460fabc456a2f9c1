import { type Caller, type Epcis, type EpcisPage, makeDocumentText, type VocabularyElement } from '@lotbook/domain'
import { Effect } from 'effect'

/**
 * Writes the events that are asked for (`EpcisEventsQuery`) as one document of EPCIS 2.0 in JSON-LD, some at a time. The
 * same ledger gives the same bytes. Refusals of the ledger are thrown as they are, and before anything is written.
 */
export async function* exportEpcis(
  epcis: Epcis,
  caller: Caller,
  query: unknown,
  now: () => number,
): AsyncGenerator<string> {
  const plan = await Effect.runPromise(epcis.planEvents(query, caller))
  const text = makeDocumentText(plan.base)
  const lots = new Map<string, VocabularyElement>()
  yield text.begin()
  let after: string | null = null
  do {
    const page: EpcisPage = await Effect.runPromise(epcis.events(plan, after, caller))
    after = page.next
    for (const lot of page.lots) lots.set(lot.id, lot)
    if (page.events.length > 0) yield page.events.map(text.event).join('')
  } while (after !== null)
  yield text.end([...lots.values()], new Date(now()).toISOString())
}
