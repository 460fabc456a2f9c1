import { Result } from 'effect'
import { ulidField } from '../fields.ts'
import type { Ulid } from '../identifiers/ulid.ts'
import { showUlid } from '../identifiers/ulid.ts'
import type { Known } from '../known.ts'
import { InUse, NotFound, type Reference } from '../refusals.ts'
import { defineRequest } from '../request.ts'
import { type Action, whyInvalid, whyStale } from './action.ts'

/** The request of deleteLot. */
export const deleteLotShape = defineRequest('DeleteLotRequest', { id: ulidField }, ['id'])
/** A request of deleteLot as the domain reads it. */
export type DeleteLotRequest = ReturnType<typeof deleteLotShape.decode>['request']

/** What refers to a lot, by table, as documented. */
export const referencesTo = (known: Known, id: Ulid): readonly Reference[] => {
  const tables = new Map<string, { fkColName: string; id: string }[]>()
  for (const { tableName, fkColName, id: holder } of known.references.get(id) ?? [])
    tables.set(tableName, [...(tables.get(tableName) ?? []), { fkColName, id: showUlid(holder) }])
  return [...tables].map(([tableName, references]) => ({ tableName, references }))
}

/** Deletes a lot that nothing refers to. That it was deleted, and by whom, stays in the change table. */
export const deleteLot: Action<DeleteLotRequest> = {
  permission: 'INVENTORY.WRITE.DELETE',
  decode: deleteLotShape.decode,
  scope: ({ id }) => (id === null ? {} : { lots: [{ id }], referencesTo: [id] }),
  violations: (known, { request, violations }) => {
    if (request.id !== null && !known.lots.has(request.id)) violations.add('id', 'no lot has this id')
    return violations
  },
  decide: (known, { request: { id }, violations }, stamp) => {
    const invalid = whyInvalid(violations)
    if (invalid !== undefined || id === null) return Result.fail(invalid ?? new NotFound({ kind: 'lot', idOrName: '' }))
    const item = known.lots.get(id)
    if (item === undefined) return Result.fail(new NotFound({ kind: 'lot', idOrName: showUlid(id) }))
    const stale = whyStale('lot', showUlid(id), item.lot.version, stamp)
    if (stale !== undefined) return Result.fail(stale)
    const references = referencesTo(known, id)
    if (references.length > 0)
      return Result.fail(new InUse({ kind: 'lot', id: showUlid(id), name: item.lot.name, references }))
    const lots = new Map(known.lots)
    lots.delete(id)
    const { now: changedDate, actor: changedBy } = stamp
    return Result.succeed({
      known: { ...known, lots },
      versions: [],
      changes: [
        { entity: 'lot', entityId: showUlid(id), field: 'name', from: item.lot.name, to: null, changedDate, changedBy },
      ],
      deletedLots: [id],
    })
  },
}
