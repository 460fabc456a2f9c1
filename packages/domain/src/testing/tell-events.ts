import { makeDocumentText } from '../epcis/document-text.ts'
import type { EpcisEvent } from '../epcis/event.ts'
import type { VocabularyElement } from '../epcis/lot-facts.ts'
import type { EpcisPage } from '../epcis.ts'
import type { Plant } from './fixtures.ts'

/** The document of EPCIS that a plant tells, as text. */
export const tellEvents = async (plant: Plant, query: object = {}): Promise<string> => {
  const { epcis } = plant
  const plan = await plant.done(epcis.planEvents(query, plant.ada))
  const text = makeDocumentText(plan.base)
  const lots = new Map<string, VocabularyElement>()
  let written = text.begin()
  let after: string | null = null
  do {
    const page: EpcisPage = await plant.done(epcis.events(plan, after, plant.ada))
    for (const lot of page.lots) lots.set(lot.id, lot)
    for (const event of page.events) written += text.event(event)
    after = page.next
  } while (after !== null)
  return written + text.end([...lots.values()], new Date(plant.clock.now()).toISOString())
}

/** The events of a document. */
export const eventsIn = (text: string): readonly EpcisEvent[] =>
  (JSON.parse(text) as { readonly epcisBody: { readonly eventList: readonly EpcisEvent[] } }).epcisBody.eventList
