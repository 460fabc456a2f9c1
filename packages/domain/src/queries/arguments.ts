import { idOrNameField, idOrPathField, quantityField } from '../fields.ts'
import { type Decoded, defineRequest, type RequestOf, type RequestShape, Violations } from '../request.ts'
import type { InventoryQuery, LotQuery } from '../store.ts'
import type { Instant } from '../time/instant.ts'
import { largestPage } from './paging.ts'
import { toLotRef, toRef } from './refs.ts'

// The arguments of the documented functions that only read. Documented as text: empty means not given.

const reading =
  <F extends Parameters<typeof defineRequest>[1]>(shape: RequestShape<F>) =>
  (given: object): Decoded<RequestOf<F>> =>
    shape.decode(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')))

/** The arguments of getLotsForMaterial and getInventoryForMaterial. */
export const materialArgument = defineRequest('MaterialArgument', { materialIdOrPath: idOrPathField }, [
  'materialIdOrPath',
])

/** The arguments of getAllInventoryAtLocation. */
export const locationArgument = defineRequest('LocationArgument', { locationIdOrPath: idOrPathField }, [
  'locationIdOrPath',
])

/** The arguments of getAllInventoryForLocationAndChildren: without a location, everywhere. */
export const locationOrNothing = defineRequest('LocationOrNothing', { locationIdOrPath: idOrPathField })

/** The arguments of getLotByIdOrNameAndMaterial. */
export const lotArguments = defineRequest(
  'LotArguments',
  { idOrName: idOrNameField, materialIdOrPath: idOrPathField },
  ['idOrName'],
)

/** The arguments of getInventoryByLotAndLocation. */
export const lotAndLocationArguments = defineRequest(
  'LotAndLocationArguments',
  { lotIdOrName: idOrNameField, materialIdOrPath: idOrPathField, locationIdOrPath: idOrPathField },
  ['lotIdOrName', 'locationIdOrPath'],
)

/** The arguments of checkLocationHasCapacity. */
export const capacityArguments = defineRequest(
  'CapacityArguments',
  {
    locationIdOrPath: idOrPathField,
    lotIdOrName: idOrNameField,
    materialIdOrPath: idOrPathField,
    quantity: quantityField,
  },
  ['locationIdOrPath', 'lotIdOrName', 'quantity'],
)

/** One page of all that a function answers, after a cursor. */
type Reader<Q> = (given: object, after: string | null) => Decoded<Q>

/** The query behind getAllLots. */
export const readAllLots =
  (now: () => Instant): Reader<LotQuery> =>
  (_given, after) => ({ violations: new Violations(), request: { limit: largestPage, after, now: now() } })

/** The query behind getLotsForMaterial. */
export const readLotsForMaterial =
  (now: () => Instant): Reader<LotQuery> =>
  (given, after) => {
    const { request, violations } = reading(materialArgument)(given)
    const { materialIdOrPath: text } = request
    const material = text === null ? {} : { material: toRef(text) }
    return { violations, request: { limit: largestPage, after, now: now(), ...material } }
  }

const whole = (now: () => Instant, after: string | null): InventoryQuery => ({ limit: largestPage, after, now: now() })

/** The query behind getAllInventory. */
export const readAllInventory =
  (now: () => Instant): Reader<InventoryQuery> =>
  (_given, after) => ({ violations: new Violations(), request: whole(now, after) })

/** The query behind getInventoryForMaterial. */
export const readInventoryForMaterial =
  (now: () => Instant): Reader<InventoryQuery> =>
  (given, after) => {
    const { request, violations } = reading(materialArgument)(given)
    const { materialIdOrPath: text } = request
    return { violations, request: { ...whole(now, after), ...(text !== null && { material: toRef(text) }) } }
  }

/** The query behind the functions of one location, with or without what is below it. */
export const readInventoryAt =
  (
    now: () => Instant,
    shape: typeof locationArgument | typeof locationOrNothing,
    subtree: boolean,
  ): Reader<InventoryQuery> =>
  (given, after) => {
    const { request, violations } = reading(shape)(given)
    const { locationIdOrPath: text } = request
    return { violations, request: { ...whole(now, after), ...(text !== null && { location: toRef(text), subtree }) } }
  }

/** The query behind getInventoryByLotAndLocation: a row at zero is a row. */
export const readInventoryOfLot =
  (now: () => Instant): Reader<InventoryQuery> =>
  (given, after) => {
    const { request, violations } = reading(lotAndLocationArguments)(given)
    const { lotIdOrName, materialIdOrPath, locationIdOrPath } = request
    const lot =
      lotIdOrName === null ? undefined : toLotRef(lotIdOrName, materialIdOrPath, violations, 'materialIdOrPath')
    return {
      violations,
      request: {
        limit: 1,
        after,
        now: now(),
        includeZero: true,
        ...(lot !== undefined && { lot }),
        ...(locationIdOrPath !== null && { location: toRef(locationIdOrPath) }),
      },
    }
  }

/** What checkLocationHasCapacity asks; undefined parts come with violations. */
export const readCapacityQuestion = (given: object) => {
  const { request, violations } = reading(capacityArguments)(given)
  const { lotIdOrName, materialIdOrPath, locationIdOrPath, quantity } = request
  if (quantity !== null && quantity <= 0) violations.add('quantity', 'must be greater than 0')
  return {
    violations,
    lot: lotIdOrName === null ? undefined : toLotRef(lotIdOrName, materialIdOrPath, violations, 'materialIdOrPath'),
    location: locationIdOrPath === null ? undefined : toRef(locationIdOrPath),
    quantity: quantity ?? 0,
  }
}
