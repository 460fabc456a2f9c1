import { Result } from 'effect'
import { type Action, fieldChanges, whyInvalid, whyStale } from '../actions/action.ts'
import { factorField, flagField, idOrPathField, nameField, textField, ulidField } from '../fields.ts'
import { showUlid } from '../identifiers/ulid.ts'
import { findMaterial, findUnit, type Known } from '../known.ts'
import { annotationFields } from '../lot/lot.ts'
import { toRef } from '../queries/refs.ts'
import { DuplicateName, NotFound } from '../refusals.ts'
import { type Decoded, defineRequest } from '../request.ts'
import { annotate, authored } from './authored.ts'
import type { UnitConversion } from './master-data.ts'
import { whyStockForbidsConversion } from './present-stock.ts'

/** The request that creates a unit conversion, or with `id` changes its factor or words. One `from` is `factor` `to`. */
export const saveUnitConversionShape = defineRequest('SaveUnitConversionRequest', {
  id: ulidField,
  from: nameField,
  to: nameField,
  factor: factorField,
  materialPath: idOrPathField,
  notes: textField,
  enabled: flagField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
})
/** A request that saves a unit conversion as the domain reads it. */
export type SaveUnitConversionRequest = ReturnType<typeof saveUnitConversionShape.decode>['request']

const unitOf = (known: Known, symbol: string | null) =>
  symbol === null ? undefined : findUnit(known, { name: symbol })

const judge = (known: Known, { request, violations }: Decoded<SaveUnitConversionRequest>): void => {
  for (const field of ['from', 'to', 'factor'] as const)
    if (request.id === null && request[field] === null && !violations.has(field)) violations.add(field, 'is required')
  for (const field of ['from', 'to', 'materialPath'] as const)
    if (request.id !== null && request[field] !== null)
      violations.add(field, 'is fixed: disable this conversion and make a new one')
  for (const field of ['from', 'to'] as const)
    if (request[field] !== null && unitOf(known, request[field]) === undefined)
      violations.add(field, 'no unit has this symbol or name')
  const [from, to] = [unitOf(known, request.from), unitOf(known, request.to)]
  if (from !== undefined && from === to) violations.add('to', 'must be another unit than from')
  if (request.materialPath !== null && findMaterial(known, toRef(request.materialPath)) === undefined)
    violations.add('materialPath', 'no material has this id or path')
}

/** Creates or changes an exact conversion between two units, in general or for one material. */
export const saveUnitConversion: Action<SaveUnitConversionRequest> = {
  permission: 'INVENTORY.WRITE.MASTER_DATA',
  decode: saveUnitConversionShape.decode,
  scope: ({ id, from, to, materialPath }) => ({
    ...(id !== null && { unitConversions: [id] }),
    units: [from, to].filter((text) => text !== null).map((name) => ({ name })),
    ...(materialPath !== null && { materials: [toRef(materialPath)] }),
    conversions: true,
    convertedStock: true,
  }),
  violations: (known, decoded) => {
    judge(known, decoded)
    return decoded.violations
  },
  decide: (known, decoded, stamp) => {
    const { request } = decoded
    const before = request.id === null ? undefined : known.conversions.get(request.id)
    if (request.id !== null && before === undefined)
      return Result.fail(new NotFound({ kind: 'unit conversion', idOrName: showUlid(request.id) }))
    judge(known, decoded)
    const refusal =
      (before && whyStale('unit conversion', showUlid(before.id), before.version, stamp)) ??
      whyInvalid(decoded.violations)
    if (refusal !== undefined) return Result.fail(refusal)
    const fromUnitId = before?.fromUnitId ?? unitOf(known, request.from)?.id
    const toUnitId = before?.toUnitId ?? unitOf(known, request.to)?.id
    if (fromUnitId === undefined || toUnitId === undefined)
      return Result.fail(new NotFound({ kind: 'unit', idOrName: request.from ?? '' }))
    const material = request.materialPath === null ? undefined : findMaterial(known, toRef(request.materialPath))
    const conversion: UnitConversion = {
      ...authored(before, stamp),
      ...annotate(before, request),
      fromUnitId,
      toUnitId,
      numerator: request.factor?.numerator ?? before?.numerator ?? 1,
      denominator: request.factor?.denominator ?? before?.denominator ?? 1,
      materialId: before?.materialId ?? material?.id ?? null,
    }
    for (const other of known.conversions.values()) {
      const units = [other.fromUnitId, other.toUnitId]
      const twin = other.materialId === conversion.materialId && units.includes(fromUnitId) && units.includes(toUnitId)
      if (other.id !== conversion.id && twin)
        return Result.fail(
          new DuplicateName({
            kind: 'unit conversion',
            name: `${request.from} to ${request.to}`,
            existingId: showUlid(other.id),
          }),
        )
    }
    const fields = ['fromUnitId', 'toUnitId', 'numerator', 'denominator', 'materialId', ...annotationFields] as const
    const changes = fieldChanges('unit conversion', showUlid(conversion.id), before ?? {}, conversion, fields, stamp)
    const conversions = new Map(known.conversions).set(conversion.id, conversion)
    const after = { ...known, conversions }
    const forbidden = whyStockForbidsConversion(known, after)
    return forbidden === undefined ? Result.succeed({ known: after, versions: [], changes }) : Result.fail(forbidden)
  },
}
