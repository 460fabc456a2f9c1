import { Result } from 'effect'
import { type Action, type Circumstances, fieldChanges, whyInvalid, whyStale } from '../actions/action.ts'
import { enumField, flagField, nameField, pathField, quantityField, textField, ulidField } from '../fields.ts'
import { showUlid } from '../identifiers/ulid.ts'
import { type FieldChange, findLocation, findUnit, type Known, type Stamp } from '../known.ts'
import { annotationFields } from '../lot/lot.ts'
import { DuplicateName, NotFound } from '../refusals.ts'
import { type Decoded, defineRequest } from '../request.ts'
import { annotate, authored } from './authored.ts'
import { type Location, lotStorageStrategies, lotUseStrategies, parentPath } from './master-data.ts'
import { whyStockForbidsLocation } from './present-stock.ts'

/** The request that creates a location (with the parents it lacks), or with `id` changes one. Null keeps. */
export const saveLocationShape = defineRequest('SaveLocationRequest', {
  id: ulidField,
  path: pathField,
  type: textField,
  allowNegativeInventory: flagField,
  storageCapacity: quantityField,
  storageCapacityUnitSymbol: nameField,
  lotStorageStrategy: enumField(lotStorageStrategies),
  lotUseStrategy: enumField(lotUseStrategies),
  notes: textField,
  enabled: flagField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
})
/** A request that saves a location as the domain reads it. */
export type SaveLocationRequest = ReturnType<typeof saveLocationShape.decode>['request']

const ancestors = (path: string): readonly string[] => {
  const parent = parentPath(path)
  return parent === null ? [] : [...ancestors(parent), parent]
}

const judge = (known: Known, { request, violations }: Decoded<SaveLocationRequest>): void => {
  const before = request.id === null ? undefined : known.locations.get(request.id)
  if (request.id === null && request.path === null && !violations.has('path')) violations.add('path', 'is required')
  if (before !== undefined && request.path !== null && request.path !== before.path)
    violations.add('path', 'is fixed: make a new location and move the stock there')
  if (
    request.storageCapacityUnitSymbol !== null &&
    findUnit(known, { name: request.storageCapacityUnitSymbol }) === undefined
  )
    violations.add('storageCapacityUnitSymbol', 'no unit has this symbol')
  if (request.storageCapacity !== null && request.storageCapacity < 0)
    violations.add('storageCapacity', 'must be 0 or more')
  const unit = request.storageCapacityUnitSymbol ?? before?.storageCapacityUnitId ?? null
  if (request.storageCapacity !== null && unit === null)
    violations.add('storageCapacityUnitSymbol', 'is required with a storageCapacity')
}

const plain = (path: string, stamp: Stamp): Location => ({
  ...authored<Location>(undefined, stamp),
  ...annotate(undefined, { notes: null, enabled: null, spare1: null, spare2: null, spare3: null }),
  path,
  type: null,
  allowNegativeInventory: false,
  storageCapacity: null,
  storageCapacityUnitId: null,
  lotStorageStrategy: 'ALLOW_MULTIPLE',
  lotUseStrategy: 'FIFO',
})

const locationOf = (
  known: Known,
  request: SaveLocationRequest,
  before: Location | undefined,
  stamp: Circumstances,
): Location => {
  const base = before ?? plain(request.path ?? '', stamp)
  const symbol = request.storageCapacityUnitSymbol
  return {
    ...base,
    ...(before !== undefined && authored(before, stamp)),
    ...annotate(base, request),
    type: request.type ?? base.type,
    allowNegativeInventory: request.allowNegativeInventory ?? base.allowNegativeInventory,
    storageCapacity: request.storageCapacity ?? base.storageCapacity,
    storageCapacityUnitId:
      (symbol === null ? undefined : findUnit(known, { name: symbol })?.id) ?? base.storageCapacityUnitId,
    lotStorageStrategy: request.lotStorageStrategy ?? base.lotStorageStrategy,
    lotUseStrategy: request.lotUseStrategy ?? base.lotUseStrategy,
  }
}

const fields = [
  'path',
  'type',
  'allowNegativeInventory',
  'storageCapacity',
  'storageCapacityUnitId',
  'lotStorageStrategy',
  'lotUseStrategy',
  ...annotationFields,
] as const satisfies readonly (keyof Location)[]

/** Creates or changes a location. Its path is unique and stays; parents that are missing are made with it. */
export const saveLocation: Action<SaveLocationRequest> = {
  permission: 'INVENTORY.WRITE.MASTER_DATA',
  decode: saveLocationShape.decode,
  scope: ({
    id,
    path,
    storageCapacity,
    storageCapacityUnitSymbol,
    lotStorageStrategy,
    allowNegativeInventory: negative,
  }) => ({
    locations: [
      ...(id === null ? [] : [{ id }]),
      ...(path === null ? [] : [...ancestors(path), path].map((name) => ({ name }))),
    ],
    ...(id !== null &&
      (storageCapacity ?? storageCapacityUnitSymbol ?? lotStorageStrategy) !== null && {
        stockAt: [{ id }],
        conversions: true,
      }),
    ...(id !== null && negative === false && { belowZeroAt: [{ id }] }),
    ...(storageCapacityUnitSymbol !== null && { units: [{ name: storageCapacityUnitSymbol }] }),
  }),
  violations: (known, decoded) => {
    judge(known, decoded)
    return decoded.violations
  },
  decide: (known, decoded, stamp) => {
    const { request } = decoded
    const before = request.id === null ? undefined : known.locations.get(request.id)
    if (request.id !== null && before === undefined)
      return Result.fail(new NotFound({ kind: 'location', idOrName: showUlid(request.id) }))
    judge(known, decoded)
    const refusal =
      (before && whyStale('location', showUlid(before.id), before.version, stamp)) ?? whyInvalid(decoded.violations)
    if (refusal !== undefined) return Result.fail(refusal)
    const location = locationOf(known, request, before, stamp)
    const namesake = findLocation(known, { name: location.path })
    if (namesake !== undefined && namesake.id !== location.id)
      return Result.fail(
        new DuplicateName({ kind: 'location', name: location.path, existingId: showUlid(namesake.id) }),
      )
    const forbidden = before && whyStockForbidsLocation(known, before, location)
    if (forbidden !== undefined) return Result.fail(forbidden)
    const locations = new Map(known.locations)
    const changes: FieldChange[] = []
    for (const path of before === undefined ? ancestors(location.path) : []) {
      if (findLocation(known, { name: path }) !== undefined) continue
      const parent = plain(path, stamp)
      locations.set(parent.id, parent)
      changes.push(...fieldChanges('location', showUlid(parent.id), {}, parent, fields, stamp))
    }
    // Last in the map: the answer is the location that was asked for.
    locations.delete(location.id)
    locations.set(location.id, location)
    changes.push(...fieldChanges('location', showUlid(location.id), before ?? {}, location, fields, stamp))
    return Result.succeed({ known: { ...known, locations }, versions: [], changes })
  },
}
