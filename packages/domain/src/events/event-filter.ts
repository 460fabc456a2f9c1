import type { Ulid } from '../identifiers/ulid.ts'
import { showUlid } from '../identifiers/ulid.ts'
import { findLocation, findLot, findMaterial, type Known } from '../known.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import { toLotRef, toRef } from '../queries/refs.ts'
import type { Decoded, Violations } from '../request.ts'
import type { LotRef, Ref, Scope } from '../scope.ts'
import type { RecordView } from '../views/record-view.ts'
import type { eventsShape } from './events.ts'

/** What events have to do with to be told; null = with anything. */
export interface EventFilter {
  readonly lot: Ulid | null
  readonly material: Ulid | null
  readonly location: Ulid | null
  readonly lotRecordType: LotRecordType | null
}

/** The filter of a request by the names that it gives. */
interface Named {
  readonly lot: LotRef | null
  readonly material: Ref | null
  readonly location: Ref | null
}

type EventsQuery = ReturnType<typeof eventsShape.decode>['request']

/** Reads the references of a query. What cannot be read is a violation. */
export const readNames = ({ request, violations }: Decoded<EventsQuery>): Named => ({
  lot: request.lot === null ? null : (toLotRef(request.lot, request.material, violations) ?? null),
  material: request.material === null ? null : toRef(request.material),
  location: request.location === null ? null : toRef(request.location),
})

/** What must be known to find what the names stand for. */
export const scopeOf = ({ lot, material, location }: Named): Scope => ({
  ...(lot !== null && { lots: [lot] }),
  ...(material !== null && { materials: [material] }),
  ...(location !== null && { locations: [location] }),
})

/** The filter with ids. What is not there is a violation. */
export const resolveNames = (known: Known, named: Named, request: EventsQuery, violations: Violations): EventFilter => {
  const found = <R>(field: 'lot' | 'material' | 'location', ref: R | null, look: (ref: R) => Ulid | undefined) => {
    if (ref === null) return null
    const id = look(ref)
    if (id === undefined) violations.add(field, `no ${field} has the id or name ${request[field]}`)
    return id ?? null
  }
  return {
    lot: found('lot', named.lot, (ref) => findLot(known, ref)?.lot.id),
    material: found('material', named.material, (ref) => findMaterial(known, ref)?.id),
    location: found('location', named.location, (ref) => findLocation(known, ref)?.id),
    lotRecordType: request.lotRecordType,
  }
}

/** Whether a record passes the filter: all that is given must hold; lots and locations in either role. */
export const passes = ({ lot, material, location, lotRecordType }: EventFilter): ((record: RecordView) => boolean) => {
  const [lotId, materialId, locationId] = [lot, material, location].map((id) => (id === null ? null : showUlid(id)))
  return (record) =>
    (lotId === null || record.inventoryLotId === lotId || record.secondaryInventoryLotId === lotId) &&
    (materialId === null || record.materialId === materialId) &&
    (locationId === null || record.sourceLocationId === locationId || record.destinationLocationId === locationId) &&
    (lotRecordType === null || record.lotRecordType === lotRecordType)
}
