import type { Ulid } from '../../identifiers/ulid.ts'
import { findLot, findMaterial, idsOfLots, type Known } from '../../known.ts'
import { type Location, lastName, type Material } from '../../master-data/master-data.ts'
import { findAffected } from '../../recall/affected.ts'
import type { Ref, Scope, ScopedLotRef } from '../../scope.ts'
import { runWalk } from '../../trace/questions.ts'
import { belowZeroAt, placesOfConvertedStock } from './load-places.ts'
import { agesOf, consumptionsOf, knownRecord, lastStatusChange, placesOf, referencesTo } from './load-records.ts'
import { earliest, timelinesOf } from './load-timelines.ts'
import { knownOf, type RecordHistory, type Tables } from './tables.ts'
import { traceAnswers } from './trace-answers.ts'

const pick = <A>(all: ReadonlyMap<Ulid, A>, ids: Iterable<Ulid | null>): ReadonlyMap<Ulid, A> => {
  const picked = new Map<Ulid, A>()
  for (const id of ids) {
    const item = id === null ? undefined : all.get(id)
    if (id !== null && item !== undefined) picked.set(id, item)
  }
  return picked
}

const idsOf = <A extends { readonly id: Ulid }>(
  all: ReadonlyMap<Ulid, A>,
  refs: readonly Ref[],
  namesOf: (item: A) => readonly string[],
): readonly Ulid[] =>
  refs.flatMap((ref) =>
    'id' in ref ? [ref.id] : [...all.values()].filter((item) => namesOf(item).includes(ref.name)).map(({ id }) => id),
  )

const materialOf = (ref: ScopedLotRef): readonly Ref[] => ('material' in ref ? [ref.material] : [])

const lotsAt = ({ lots }: Tables, locationIds: readonly Ulid[]): readonly Ulid[] =>
  locationIds.flatMap((locationId) =>
    Array.from(lots.values())
      .filter(({ rows }) => (rows.get(locationId)?.quantity ?? 0) !== 0)
      .map(({ lot }) => lot.id),
  )

const lotOfRow = ({ lots }: Tables, rowId: Ulid): Ulid | null => {
  for (const { lot, rows } of lots.values()) for (const { id } of rows.values()) if (id === rowId) return lot.id
  return null
}

const limits = (location: Location | undefined): boolean =>
  location !== undefined && (location.storageCapacity !== null || location.lotStorageStrategy !== 'ALLOW_MULTIPLE')

const conversionsOf = ({ conversions }: Tables, materials: ReadonlyMap<Ulid, Material>): Known['conversions'] =>
  new Map([...conversions].filter(([, { materialId }]) => materialId === null || materials.has(materialId)))

const namesBeginning = ({ lots }: Tables, material: Material | undefined, date: string): readonly string[] =>
  Array.from(lots.values(), ({ lot }) => lot)
    .filter((lot) => lot.materialId === material?.id && lot.name.startsWith(`${lastName(material.path)}-${date}-`))
    .map(({ name }) => name)

/** Loads what a scope names, with what that refers to. What does not exist is not there. */
export const load = (tables: Tables, scope: Scope): Known => {
  const whole = knownOf(tables)
  const records = pick(tables.records, scope.records ?? [])
  const histories: readonly RecordHistory[] = [...records.values()]

  const arriving = idsOf(tables.locations, scope.arrivesAt ?? [], ({ path }) => [path])
  const places = [...arriving, ...histories.flatMap(placesOf)]
  const limiting = places.filter((id) => id !== null && limits(tables.locations.get(id)))
  const converted = scope.convertedStock === true ? placesOfConvertedStock(tables) : []
  const heldToZero = idsOf(tables.locations, scope.belowZeroAt ?? [], ({ path }) => [path])
  const belowZero = belowZeroAt(tables, heldToZero)
  const stockAt = [...idsOf(tables.locations, scope.stockAt ?? [], ({ path }) => [path])]
  const affected = scope.affectedBy && runWalk(findAffected(scope.affectedBy), traceAnswers(tables))
  const affectedWithStock = (affected?.lots ?? []).flatMap(({ id, hasStock }) => (hasStock ? [id] : []))
  const lots = pick(tables.lots, [
    ...affectedWithStock,
    ...(scope.lots ?? []).map((ref) => findLot(whole, ref)?.lot.id ?? null),
    ...(scope.rows ?? []).map((id) => lotOfRow(tables, id)),
    ...lotsAt(tables, [...stockAt, ...limiting.filter((id) => id !== null), ...converted]),
    ...belowZero.map(({ lotId }) => lotId),
    ...histories.flatMap(({ record }) => [record.inventoryLotId, record.secondaryInventoryLotId]),
  ])
  const materials = pick(tables.materials, [
    ...idsOf(tables.materials, [...(scope.materials ?? []), ...(scope.lots ?? []).flatMap(materialOf)], (m) => [
      m.path,
    ]),
    ...Array.from(lots.values(), ({ lot }) => lot.materialId),
    ...(scope.unitConversions ?? []).map((id) => tables.conversions.get(id)?.materialId ?? null),
  ])
  const withConversions = scope.conversions === true || limiting.length > 0 || converted.length > 0
  const locations = pick(tables.locations, [
    ...idsOf(tables.locations, scope.locations ?? [], ({ path }) => [path]),
    ...places,
    ...heldToZero,
    ...Array.from(lots.values()).flatMap(({ rows }) => [...rows.keys()]),
  ])
  const units = pick(tables.units, [
    ...idsOf(tables.units, scope.units ?? [], ({ symbol, name }) => [symbol, name]),
    ...Array.from(lots.values(), ({ lot }) => lot.unitOfMeasureId),
    ...Array.from(materials.values(), ({ unitOfMeasureId }) => unitOfMeasureId),
    ...Array.from(locations.values(), ({ storageCapacityUnitId }) => storageCapacityUnitId),
    ...(withConversions
      ? Array.from(tables.conversions.values()).flatMap(({ fromUnitId, toUnitId }) => [fromUnitId, toUnitId])
      : []),
  ])
  const reasonCodes = pick(tables.reasonCodes, [
    ...idsOf(tables.reasonCodes, scope.reasonCodes ?? [], ({ reasonCode }) => [reasonCode]),
    ...histories.map(({ record }) => record.materialReasonCodeId),
  ])

  const lastStatusChanges = new Map<Ulid, number>()
  const asked = [
    ...affectedWithStock,
    ...idsOfLots(whole, scope.lastStatusChangeOf ?? []),
    ...(histories.length === 0 ? [] : lots.keys()),
  ]
  for (const lotId of asked) {
    const at = lastStatusChange(tables, lotId, records)
    if (at !== undefined) lastStatusChanges.set(lotId, at)
  }
  const since = earliest(scope.since, histories)
  const takers = histories.filter(({ record }) => record.lotRecordType === 'UNCONSUME')
  const consumptions = consumptionsOf(tables, [
    ...(scope.consumptionsOf ?? []).flatMap((ref) => findLot(whole, ref)?.lot.id ?? []),
    ...takers.map(({ record }) => record.inventoryLotId),
  ]).filter(({ record }) => takers.length > 0 || (scope.consumptions?.includes(record.id) ?? true))
  return {
    policy: tables.policy,
    lots,
    locations,
    materials,
    units,
    reasonCodes,
    records: new Map(Array.from(records, ([id, history]) => [id, knownRecord(tables, history)])),
    timelines: since === undefined ? new Map() : timelinesOf(tables, lots.values(), since),
    consumptions: consumptions.slice(0, scope.consumptionsUpTo),
    consumptionsCut: scope.consumptionsUpTo !== undefined && consumptions.length > scope.consumptionsUpTo,
    lastStatusChanges,
    conversions: withConversions ? conversionsOf(tables, materials) : new Map(),
    belowZero,
    affected,
    ages: agesOf(tables, scope.agesOfAll === true ? [...lots.keys()] : lotsAt(tables, stockAt)),
    takenNames: new Set(
      (scope.numbering ?? []).flatMap(({ material, date }) =>
        namesBeginning(tables, findMaterial(whole, material), date),
      ),
    ),
    references: new Map((scope.referencesTo ?? []).map((lotId) => [lotId, referencesTo(tables, lotId)])),
  }
}
