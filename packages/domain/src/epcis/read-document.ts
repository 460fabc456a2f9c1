import type { Ulid } from '../identifiers/ulid.ts'
import { readUlid } from '../identifiers/ulid.ts'
import type { Sha256 } from '../ledger/chain.ts'
import { type Faults, isObject, type JsonObject } from './document-faults.ts'
import { keyOf } from './event-key.ts'
import { elementsOf, ownText } from './event-members.ts'
import { foreignSteps } from './foreign-steps.ts'
import { makeFormerKeys } from './former-keys.ts'
import { readIlmd } from './ilmd.ts'
import { isOwn, judgeOwnWords, ownStep, voidedBy } from './own-steps.ts'
import { readNames } from './read-names.ts'
import { makeRecordIds, type RecordIds } from './record-ids.ts'
import type { Step } from './steps.ts'

/** An event that is said not to have happened as told, and the records that it may have become here before. */
export interface Withdrawn {
  readonly pointer: string
  readonly recordIds: readonly Ulid[]
}

/** What a document asks for. */
export interface ReadDocument {
  readonly events: number
  readonly steps: readonly Step[]
  readonly withdrawn: readonly Withdrawn[]
  /** Of each event of others, by its pointer, the record that it would be if it told of one lot more. */
  readonly beyond: ReadonlyMap<string, RecordIds>
}

const countElements = (event: JsonObject): number =>
  ['quantityList', 'inputQuantityList', 'outputQuantityList'].reduce(
    (all, list) => all + elementsOf(event, list, '').length,
    0,
  )

/** The records that an event is or would be. */
const recordIdsOf = (event: JsonObject, idsOf: (index: number) => RecordIds): readonly Ulid[] => {
  const own = isOwn(event) ? readUlid(ownText(event, 'recordId') ?? '') : undefined
  if (own !== undefined) return [own]
  return Array.from({ length: countElements(event) }, (_, index) => idsOf(index)).flatMap(({ recordId, formerIds }) => [
    recordId,
    ...formerIds,
  ])
}

const eventsOf = (document: unknown): readonly unknown[] => {
  const body = isObject(document) ? document['epcisBody'] : undefined
  const list = isObject(body) ? body['eventList'] : undefined
  return Array.isArray(list) ? list : []
}

/**
 * Reads the events of a document. What cannot be read is noted by pointer, all of it; events that are known to be `broken`
 * are passed over.
 */
export const readEvents = (
  document: unknown,
  sha256: Sha256,
  faults: Faults,
  broken: (index: number) => boolean,
): ReadDocument => {
  const all = eventsOf(document)
  const sound = all.flatMap((event, index) => (isObject(event) && !broken(index) ? [[index, event] as const] : []))
  const eventList = sound.map(([, event]) => event)
  const voided = new Set(eventList.map(voidedBy).filter((id) => id !== undefined))
  const declared = new Set(eventList.filter((event) => event['errorDeclaration'] !== undefined).map(keyOf))
  const stands = sound.filter(([, event]) => !declared.has(keyOf(event)))
  const placed = stands.map(([index, event]) => ({ event, pointer: `/epcisBody/eventList/${index}` }))
  const names = readIlmd(placed, readNames(isObject(document) ? document : {}, faults), faults)
  const seen = new Map<string, number>()
  const formerKeysOf = makeFormerKeys(eventList)
  const steps: Step[] = []
  const withdrawn: Withdrawn[] = []
  const beyond = new Map<string, RecordIds>()
  for (const [index, event] of sound) {
    const pointer = `/epcisBody/eventList/${index}`
    judgeOwnWords(event, pointer, faults)
    const said = keyOf(event)
    const times = seen.get(said) ?? 0
    seen.set(said, times + 1)
    // Without an id, what is told twice happened twice.
    const key = times === 0 ? said : `${said}#${times}`
    const idsOf = makeRecordIds(event, key, formerKeysOf(event), sha256)
    if (declared.has(said)) {
      withdrawn.push({ pointer, recordIds: times === 0 ? recordIdsOf(event, idsOf) : [] })
    } else if (event['bizStep'] === 'void_shipping') {
      const id = voidedBy(event)
      if (id === undefined)
        faults.add(`${pointer}/lotbook:reversalOf`, 'is required with void_shipping: the record of the shipment')
      else withdrawn.push({ pointer, recordIds: [id] })
    } else if (isOwn(event) && recordIdsOf(event, idsOf).some((id) => voided.has(id))) {
      withdrawn.push({ pointer, recordIds: recordIdsOf(event, idsOf) })
    } else if (times > 0 && event['eventID'] !== undefined) {
      faults.add(`${pointer}/eventID`, 'must be told once: the same event stands in this document before')
    } else if (isOwn(event)) {
      const step = ownStep(event, pointer, names, faults)
      if (step !== undefined) steps.push(step)
    } else {
      steps.push(...foreignSteps({ event, pointer, key, idsOf }, names, sha256, faults))
      beyond.set(pointer, idsOf(countElements(event)))
    }
  }
  return { events: all.length, steps, withdrawn, beyond }
}
