import { showUlid } from '../identifiers/ulid.ts'
import type { Known } from '../known.ts'
import type { Faults } from './document-faults.ts'
import type { ReadDocument } from './read-document.ts'
import type { Step } from './steps.ts'
import { recordOf } from './told-record.ts'

const instead = 'correct what is here, or give what takes its place an eventID of its own'

/**
 * Notes an event of which some is here and some is not: it tells of more lots than it did, or of fewer, under the id that it
 * had. Nothing of it is written, and nothing that it left out stays unsaid.
 */
export const judgeWhole = (known: Known, { steps, beyond }: ReadDocument, faults: Faults): void => {
  const byEvent = new Map<string, Step[]>()
  for (const step of steps) {
    const own = byEvent.get(step.pointer)
    if (own === undefined) byEvent.set(step.pointer, [step])
    else own.push(step)
  }
  for (const [pointer, ids] of beyond) {
    const own = byEvent.get(pointer) ?? []
    const there = own.map((step) => recordOf(known, step)).find((record) => record !== undefined)
    const left = recordOf(known, ids)
    if (left !== undefined)
      faults.add(pointer, `is here with one lot more, as record ${showUlid(left.record.id)}: ${instead}`)
    if (there === undefined) continue
    for (const step of own)
      if (recordOf(known, step) === undefined)
        faults.add(
          step.lots[0]?.pointer ?? pointer,
          `is not what the event told, which is here as record ${showUlid(there.record.id)}: ${instead}`,
        )
  }
}
