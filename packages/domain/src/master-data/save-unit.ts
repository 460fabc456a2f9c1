import { Result } from 'effect'
import { type Action, fieldChanges, whyInvalid, whyStale } from '../actions/action.ts'
import { flagField, nameField, textField, ulidField } from '../fields.ts'
import { showUlid } from '../identifiers/ulid.ts'
import { annotationFields } from '../lot/lot.ts'
import { DuplicateName, NotFound } from '../refusals.ts'
import { defineRequest } from '../request.ts'
import { annotate, authored } from './authored.ts'
import type { Unit } from './master-data.ts'

/** The request that creates a unit, or with `id` changes one. Null keeps. */
export const saveUnitShape = defineRequest('SaveUnitRequest', {
  id: ulidField,
  name: nameField,
  symbol: nameField,
  notes: textField,
  enabled: flagField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
})
/** A request that saves a unit as the domain reads it. */
export type SaveUnitRequest = ReturnType<typeof saveUnitShape.decode>['request']

/** Creates or changes a unit of measure. Name and symbol are unique, and neither may be another unit's name or symbol. */
export const saveUnit: Action<SaveUnitRequest> = {
  permission: 'INVENTORY.WRITE.MASTER_DATA',
  decode: saveUnitShape.decode,
  scope: ({ id, name, symbol }) => ({
    units: [
      ...(id === null ? [] : [{ id }]),
      ...[name, symbol].filter((text) => text !== null).map((text) => ({ name: text })),
    ],
  }),
  violations: (_known, { request, violations }) => {
    if (request.id === null)
      for (const field of ['name', 'symbol'] as const)
        if (request[field] === null && !violations.has(field)) violations.add(field, 'is required')
    return violations
  },
  decide: (known, decoded, stamp) => {
    const { request } = decoded
    const before = request.id === null ? undefined : known.units.get(request.id)
    if (request.id !== null && before === undefined)
      return Result.fail(new NotFound({ kind: 'unit', idOrName: showUlid(request.id) }))
    const refusal =
      (before && whyStale('unit', showUlid(before.id), before.version, stamp)) ??
      whyInvalid(saveUnit.violations(known, decoded, stamp))
    if (refusal !== undefined) return Result.fail(refusal)
    const unit: Unit = {
      ...authored(before, stamp),
      ...annotate(before, request),
      name: request.name ?? before?.name ?? '',
      symbol: request.symbol ?? before?.symbol ?? '',
    }
    for (const other of known.units.values())
      if (other.id !== unit.id && [other.name, other.symbol].some((text) => text === unit.name || text === unit.symbol))
        return Result.fail(new DuplicateName({ kind: 'unit', name: other.name, existingId: showUlid(other.id) }))
    const changes = fieldChanges(
      'unit',
      showUlid(unit.id),
      before ?? {},
      unit,
      ['name', 'symbol', ...annotationFields],
      stamp,
    )
    return Result.succeed({
      known: { ...known, units: new Map(known.units).set(unit.id, unit) },
      versions: [],
      changes,
    })
  },
}
