import { changedEntities, type FieldChange } from '../known.ts'
import type { Annotations, Authorship, InventoryRow, Lot } from '../lot/lot.ts'
import { lotStatuses, policies } from '../lot/lot-status.ts'
import { lotRecordTypes } from '../lot-record/lot-record-type.ts'
import {
  type Location,
  lotStorageStrategies,
  lotUseStrategies,
  type Material,
  type ReasonCode,
  type Unit,
  type UnitConversion,
} from '../master-data/master-data.ts'
import { columns, lineCodec, orNull } from './line.ts'

const { id, instant, quantity, name, path, text, flag, count, number, scalar, word } = columns

const ownWords = {
  notes: orNull(text),
  enabled: flag,
  spare1: orNull(text),
  spare2: orNull(text),
  spare3: orNull(text),
} satisfies Record<keyof Annotations, unknown>
const authorship = {
  createdDate: instant,
  createdBy: text,
  modifiedDate: orNull(instant),
  modifiedBy: orNull(text),
} satisfies Record<keyof Authorship, unknown>
const common = { version: number, ...ownWords, ...authorship }

/** A row of the change table, with its place among the versions. */
export type ArchivedChange = FieldChange & { readonly sequence: number }

/** How everything but versions stands in an archive. */
export const archiveCodecs = {
  unit: lineCodec<Unit>('ArchivedUnit', { id, name, symbol: name, ...common }),
  material: lineCodec<Material>('ArchivedMaterial', {
    ...{ id, path, unitOfMeasureId: id, shelfLifeDays: orNull(number), initialLotStatus: word(lotStatuses) },
    ...{ description: orNull(text), ...common },
  }),
  unitConversion: lineCodec<UnitConversion>('ArchivedUnitConversion', {
    ...{ id, fromUnitId: id, toUnitId: id, numerator: number, denominator: number, materialId: orNull(id), ...common },
  }),
  location: lineCodec<Location>('ArchivedLocation', {
    ...{ id, path, type: orNull(text), allowNegativeInventory: flag, storageCapacity: orNull(quantity) },
    ...{ storageCapacityUnitId: orNull(id), lotStorageStrategy: word(lotStorageStrategies) },
    ...{ lotUseStrategy: word(lotUseStrategies), ...common },
  }),
  reasonCode: lineCodec<ReasonCode>('ArchivedReasonCode', {
    ...{ id, lotRecordType: word(lotRecordTypes), reasonCode: name, description: orNull(text), requireComments: flag },
    ...common,
  }),
  lot: lineCodec<Lot>('ArchivedLot', {
    ...{ id, name, materialId: id, unitOfMeasureId: id, initialStatus: word(lotStatuses), status: word(lotStatuses) },
    ...{ totalQuantity: quantity, expirationDate: orNull(instant), closedDate: orNull(instant) },
    ...{ supplierId: orNull(text), ...common },
  }),
  inventory: lineCodec<InventoryRow>('ArchivedInventory', {
    ...{ id, locationId: id, lotId: id, quantity, name: orNull(text), productionOrderId: orNull(id) },
    ...{ productionOrderName: orNull(text), lastEffectiveDate: instant, ...ownWords },
  }),
  change: lineCodec<ArchivedChange>('ArchivedChange', {
    entity: word(changedEntities),
    ...{ entityId: text, field: text, from: orNull(scalar), to: orNull(scalar), changedDate: instant },
    ...{ changedBy: text, sequence: count },
  }),
} as const

/** The first line of an archive: of which form it is, the policy, and the end of the chain that follows. */
export interface ArchiveHead {
  readonly format: 1
  readonly policy: (typeof policies)[number]
  readonly count: number
  readonly head: string
}

/** How the first line stands in an archive. */
export const archiveHead = lineCodec<Omit<ArchiveHead, 'format'> & { readonly format: number }>('Archive', {
  ...{ format: number, policy: word(policies), count, head: text },
})
