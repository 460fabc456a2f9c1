import { type Instant, readInstant, showInstant } from '../time/instant.ts'
import { below, type Faults, isObject, type JsonObject } from './document-faults.ts'
import { elementsOf } from './event-members.ts'
import { type LotName, readGs1Lot } from './identifiers.ts'
import type { Names } from './read-names.ts'

/** When a lot expires, as an event says where the lot comes into being. */
export interface ToldExpiration {
  readonly pointer: string
  /** A day begins at midnight UTC: no lot is good for longer than somebody said. */
  readonly at: Instant
  /** Only the day was told. */
  readonly isDay: boolean
}

/** An event that was judged, where it stands. */
export interface PlacedEvent {
  readonly event: JsonObject
  readonly pointer: string
}

const standard = ['cbvmda:', 'urn:epcglobal:cbv:mda:', 'gs1:', 'https://ref.gs1.org/voc/'] as const
const expirations = ['itemExpirationDate', 'expirationDate'] as const
const lotNumbers = ['lotNumber', 'hasBatchLotNumber'] as const

/** The name of a member of `ilmd` without the prefix of a vocabulary of GS1; undefined below any other. */
const standardName = (member: string): string | undefined => {
  const prefix = standard.find((one) => member.startsWith(one))
  return prefix === undefined ? undefined : member.slice(prefix.length)
}

const isOneOf = (names: readonly string[], name: string): boolean => names.includes(name)

const readExpiration = (value: unknown, pointer: string): ToldExpiration | undefined => {
  if (typeof value !== 'string') return undefined
  const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(value)
  const at = readInstant(isDay ? `${value}T00:00:00Z` : value)
  return at === undefined ? undefined : { pointer, at, isDay }
}

const dayOf = (at: Instant): string => showInstant(at).slice(0, 10)

/** Whether a lot that expires at a moment expires as it was told. */
export const expiresAsTold = ({ at, isDay }: ToldExpiration, expirationDate: Instant | null): boolean =>
  expirationDate !== null && (isDay ? dayOf(expirationDate) === dayOf(at) : expirationDate === at)

/** How it was told, to be shown. */
export const showToldExpiration = ({ at, isDay }: ToldExpiration): string => (isDay ? dayOf(at) : showInstant(at))

const keyOfLot = ({ materialPath, lotName }: LotName): string => `${materialPath}/${lotName}`

/** The lots that come into being with an event: those that its `ilmd` is about. */
const bornWith = (event: JsonObject, pointer: string) =>
  elementsOf(event, event['type'] === 'TransformationEvent' ? 'outputQuantityList' : 'quantityList', pointer)

/**
 * Reads what events say of the lots that come into being with them: `cbvmda:itemExpirationDate`, and `cbvmda:lotNumber`,
 * which must be the lot that the event names. What contradicts another event or the header is noted by pointer.
 */
export const readIlmd = (events: readonly PlacedEvent[], names: Names, faults: Faults): Names => {
  const told = new Map<string, ToldExpiration>()

  const tell = (uri: string, expiration: ToldExpiration): void => {
    const name = names.lot(uri)
    if (name === undefined) return
    const { pointer } = expiration
    const inHeader = names.factsOf(uri)?.expirationDate ?? null
    if (inHeader !== null && !expiresAsTold(expiration, inHeader))
      faults.add(pointer, `must be what the header says of ${name.lotName}: ${showInstant(inHeader)}`)
    const before = told.get(keyOfLot(name))
    if (before !== undefined && !expiresAsTold({ ...expiration, isDay: expiration.isDay || before.isDay }, before.at))
      faults.add(pointer, `must be what is said of ${name.lotName} before: ${showToldExpiration(before)}`)
    if (before === undefined || before.isDay) told.set(keyOfLot(name), expiration)
  }

  const read = ({ event, pointer }: PlacedEvent): void => {
    const { ilmd } = event
    if (!isObject(ilmd)) return
    const lots = bornWith(event, pointer)
    for (const [member, value] of Object.entries(ilmd)) {
      const name = standardName(member)
      const at = below(`${pointer}/ilmd`, member)
      if (name !== undefined && isOneOf(expirations, name)) {
        const expiration = readExpiration(value, at)
        if (expiration === undefined)
          faults.add(at, 'must be a day, such as 2026-12-31, or a date and time with an offset')
        else for (const { epcClass } of lots) tell(epcClass, { ...expiration })
      } else if (name !== undefined && isOneOf(lotNumbers, name)) {
        for (const { epcClass } of lots) {
          const own = [names.lot(epcClass)?.lotName, readGs1Lot(epcClass)?.lotName].filter((one) => one !== undefined)
          if (own.length > 0 && (typeof value !== 'string' || !own.includes(value)))
            faults.add(at, `must be that of the lot that the event names: ${own[0]}`)
        }
      } else if (/expir[^/#:]*$/iu.test(member))
        faults.add(at, 'is not read as the day on which a lot expires: that is cbvmda:itemExpirationDate')
    }
  }

  for (const event of events) read(event)
  return { ...names, expirationOf: (name) => told.get(keyOfLot(name)) }
}
