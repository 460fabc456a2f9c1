import { Result } from 'effect'
import { type Action, fieldChanges, whyInvalid, whyStale } from '../actions/action.ts'
import { enumField, flagField, nameField, pathField, textField, ulidField, wholeField } from '../fields.ts'
import { showUlid } from '../identifiers/ulid.ts'
import { findMaterial, findUnit, type Known } from '../known.ts'
import { annotationFields } from '../lot/lot.ts'
import { DuplicateName, NotFound } from '../refusals.ts'
import { type Decoded, defineRequest } from '../request.ts'
import { annotate, authored } from './authored.ts'
import type { Material } from './master-data.ts'

/** The longest shelf life, in days: a hundred years. */
export const longestShelfLife = 36_500

/** The request that creates a material, or with `id` changes one. Null keeps. */
export const saveMaterialShape = defineRequest('SaveMaterialRequest', {
  id: ulidField,
  path: pathField,
  unitOfMeasureSymbol: nameField,
  shelfLifeDays: wholeField(1, longestShelfLife),
  initialLotStatus: enumField(['OPEN', 'AVAILABLE', 'QA_HOLD']),
  description: textField,
  notes: textField,
  enabled: flagField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
})
/** A request that saves a material as the domain reads it. */
export type SaveMaterialRequest = ReturnType<typeof saveMaterialShape.decode>['request']

const judge = (known: Known, { request, violations }: Decoded<SaveMaterialRequest>): void => {
  if (request.id === null)
    for (const field of ['path', 'unitOfMeasureSymbol'] as const)
      if (request[field] === null && !violations.has(field)) violations.add(field, 'is required')
  if (request.unitOfMeasureSymbol !== null && findUnit(known, { name: request.unitOfMeasureSymbol }) === undefined)
    violations.add('unitOfMeasureSymbol', 'no unit has this symbol')
}

/** Creates or changes a material. Its path is unique; a new unit is for lots made from then on. */
export const saveMaterial: Action<SaveMaterialRequest> = {
  permission: 'INVENTORY.WRITE.MASTER_DATA',
  decode: saveMaterialShape.decode,
  scope: ({ id, path, unitOfMeasureSymbol }) => ({
    materials: [...(id === null ? [] : [{ id }]), ...(path === null ? [] : [{ name: path }])],
    ...(unitOfMeasureSymbol !== null && { units: [{ name: unitOfMeasureSymbol }] }),
  }),
  violations: (known, decoded) => {
    judge(known, decoded)
    return decoded.violations
  },
  decide: (known, decoded, stamp) => {
    const { request } = decoded
    const before = request.id === null ? undefined : known.materials.get(request.id)
    if (request.id !== null && before === undefined)
      return Result.fail(new NotFound({ kind: 'material', idOrName: showUlid(request.id) }))
    judge(known, decoded)
    const refusal =
      (before && whyStale('material', showUlid(before.id), before.version, stamp)) ?? whyInvalid(decoded.violations)
    if (refusal !== undefined) return Result.fail(refusal)
    const unit =
      request.unitOfMeasureSymbol === null ? undefined : findUnit(known, { name: request.unitOfMeasureSymbol })
    const unitOfMeasureId = unit?.id ?? before?.unitOfMeasureId
    if (unitOfMeasureId === undefined)
      return Result.fail(new NotFound({ kind: 'unit', idOrName: request.unitOfMeasureSymbol ?? '' }))
    const material: Material = {
      ...authored(before, stamp),
      ...annotate(before, request),
      path: request.path ?? before?.path ?? '',
      unitOfMeasureId,
      shelfLifeDays: request.shelfLifeDays ?? before?.shelfLifeDays ?? null,
      initialLotStatus: request.initialLotStatus ?? before?.initialLotStatus ?? 'AVAILABLE',
      description: request.description ?? before?.description ?? null,
    }
    const namesake = findMaterial(known, { name: material.path })
    if (namesake !== undefined && namesake.id !== material.id)
      return Result.fail(
        new DuplicateName({ kind: 'material', name: material.path, existingId: showUlid(namesake.id) }),
      )
    const fields = [
      'path',
      'unitOfMeasureId',
      'shelfLifeDays',
      'initialLotStatus',
      'description',
      ...annotationFields,
    ] as const
    const changes = fieldChanges('material', showUlid(material.id), before ?? {}, material, fields, stamp)
    return Result.succeed({
      known: { ...known, materials: new Map(known.materials).set(material.id, material) },
      versions: [],
      changes,
    })
  },
}
