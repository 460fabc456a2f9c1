import { Effect } from 'effect'
import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import type { MasterDataFunctions } from '../inventory.ts'
import { findLocation, findMaterial, findUnit, type Known } from '../known.ts'
import type { UnitConversion } from '../master-data/master-data.ts'
import { saveLocation } from '../master-data/save-location.ts'
import { saveMaterial } from '../master-data/save-material.ts'
import { saveReasonCode } from '../master-data/save-reason-code.ts'
import { saveUnit } from '../master-data/save-unit.ts'
import { saveUnitConversion } from '../master-data/save-unit-conversion.ts'
import { readPage } from '../queries/plain-lists.ts'
import { toRef } from '../queries/refs.ts'
import { NotFound, type Refusal } from '../refusals.ts'
import {
  type LocationView,
  locationView,
  materialView,
  reasonCodeView,
  type UnitConversionView,
  unitConversionView,
  unitView,
} from '../views/master-data-view.ts'
import type { Done } from './answers.ts'
import { type Calls, read } from './calls.ts'

const symbolOf = (known: Known, id: Ulid | null): string => (id === null ? '' : (known.units.get(id)?.symbol ?? ''))
const showLocation = (known: Known, location: Parameters<typeof locationView>[0]): LocationView =>
  locationView(
    location,
    location.storageCapacityUnitId === null ? null : symbolOf(known, location.storageCapacityUnitId),
  )
const showConversion = (known: Known, conversion: UnitConversion): UnitConversionView =>
  unitConversionView(
    conversion,
    symbolOf(known, conversion.fromUnitId),
    symbolOf(known, conversion.toUnitId),
    conversion.materialId === null ? null : (known.materials.get(conversion.materialId)?.path ?? null),
  )
const last = <A>(items: ReadonlyMap<Ulid, A>): A => [...items.values()].at(-1) as A
const saved =
  <A>(items: (known: Known) => ReadonlyMap<Ulid, A>) =>
  (done: Done, { id }: { readonly id: Ulid | null }): A =>
    id === null ? last(items(done.after)) : (items(done.after).get(id) as A)

/** The functions that keep units, conversions, materials, locations and reason codes. */
export const masterDataFunctions = ({
  store,
  permitted,
  perform,
  find,
  look,
  notThere,
}: Calls): MasterDataFunctions => ({
  saveUnit: perform(saveUnit, (done, request) => unitView(saved((known) => known.units)(done, request))),
  getUnit: (text, caller) =>
    look('unit', text, caller, { units: [toRef(text)] }, (known) => {
      const unit = findUnit(known, toRef(text))
      return unit && unitView(unit)
    }),
  findUnits: find(readPage('units'), store.findUnits),
  saveUnitConversion: perform(saveUnitConversion, (done, request) =>
    showConversion(done.after, saved((known) => known.conversions)(done, request)),
  ),
  getUnitConversion: (text, caller) => {
    const id = readUlid(text)
    const missing = new NotFound({ kind: 'unit conversion', idOrName: text })
    return permitted(caller, read).pipe(
      Effect.andThen(
        id === undefined ? Effect.fail<Refusal>(missing) : store.findUnitConversions({ limit: 1, after: null, id }),
      ),
      Effect.flatMap(({ items: [conversion] }) =>
        conversion === undefined ? Effect.fail<Refusal>(missing) : Effect.succeed(conversion),
      ),
    )
  },
  findUnitConversions: find(readPage('unit conversions'), store.findUnitConversions),
  saveMaterial: perform(saveMaterial, (done, request) => {
    const material = saved((known) => known.materials)(done, request)
    return materialView(material, symbolOf(done.after, material.unitOfMeasureId))
  }),
  getMaterial: (text, caller) =>
    look('material', text, caller, { materials: [toRef(text)] }, (known) => {
      const material = findMaterial(known, toRef(text))
      return material && materialView(material, symbolOf(known, material.unitOfMeasureId))
    }),
  findMaterials: find(readPage('materials'), store.findMaterials),
  saveLocation: perform(saveLocation, (done, request) =>
    showLocation(done.after, saved((known) => known.locations)(done, request)),
  ),
  getLocation: (text, caller) =>
    look('location', text, caller, { locations: [toRef(text)] }, (known) => {
      const location = findLocation(known, toRef(text))
      return location && showLocation(known, location)
    }),
  findLocations: find(readPage('locations'), store.findLocations),
  saveReasonCode: perform(saveReasonCode, (done, request) =>
    reasonCodeView(saved((known) => known.reasonCodes)(done, request)),
  ),
  getReasonCode: (text, caller) => {
    const id = readUlid(text)
    if (id === undefined) return notThere('reason code', text, caller)
    return look('reason code', text, caller, { reasonCodes: [{ id }] }, (known) => {
      const reason = known.reasonCodes.get(id)
      return reason && reasonCodeView(reason)
    })
  },
  findReasonCodes: (query, caller, lotRecordType) =>
    find(readPage(`reason codes ${lotRecordType ?? ''}`), (page) =>
      store.findReasonCodes({ ...page, ...(lotRecordType !== undefined && { lotRecordType }) }),
    )(query, caller),
})
