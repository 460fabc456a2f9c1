import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import { type EpcisEvent, type EventContent, epcisEvent } from './event.ts'
import { eventIdOf } from './event-id.ts'

/** What was told of a record from a moment on; without content, that it did not happen. */
export interface Told {
  readonly since: string
  readonly content: EventContent | undefined
}

/**
 * The events about one record, from what was told of it in turn. Each event that was not to stay is declared an error,
 * at the time when that was known, with the id of the event that takes its place. No id is used twice.
 */
export const eventsOf = (recordId: string, told: readonly Told[]): readonly EpcisEvent[] => {
  const id = readUlid(recordId) as Ulid
  const turns: Told[] = []
  for (const turn of told) {
    const before = turns.at(-1)?.content
    // What says the same, though it was saved again, is no news; neither is nothing before there was anything.
    if (JSON.stringify(turn.content) !== JSON.stringify(before)) turns.push(turn)
  }
  const events: EpcisEvent[] = []
  let count = 0
  for (const [index, { since, content }] of turns.entries()) {
    if (content === undefined) continue
    count += 1
    const next = turns[index + 1]
    const declaration =
      next === undefined
        ? undefined
        : next.content === undefined
          ? ({ declarationTime: next.since, reason: 'did_not_occur' } as const)
          : ({
              declarationTime: next.since,
              reason: 'incorrect_data',
              correctiveEventIDs: [eventIdOf(id, count + 1)],
            } as const)
    events.push(epcisEvent(content, eventIdOf(id, count), since, declaration))
  }
  return events
}
