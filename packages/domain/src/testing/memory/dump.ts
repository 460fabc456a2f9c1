import type { FieldChange } from '../../known.ts'
import type { InventoryRow, Lot } from '../../lot/lot.ts'
import type { Policy } from '../../lot/lot-status.ts'
import type { LotRecord } from '../../lot-record/lot-record.ts'
import type { Location, Material, ReasonCode, Unit, UnitConversion } from '../../master-data/master-data.ts'
import { headOf, type KeptAnswer, type Tables } from './tables.ts'

/** Everything that a store holds, as plain JSON, for comparing a store before and after. */
export interface Dump {
  readonly policy: Policy
  readonly units: readonly Unit[]
  readonly materials: readonly Material[]
  readonly locations: readonly Location[]
  readonly reasonCodes: readonly ReasonCode[]
  readonly conversions: readonly UnitConversion[]
  readonly lots: readonly Lot[]
  readonly inventory: readonly InventoryRow[]
  readonly records: readonly LotRecord[]
  readonly versions: readonly { readonly sequence: number; readonly hash: string; readonly content: string }[]
  readonly head: string
  readonly changes: readonly FieldChange[]
  readonly receipts: readonly (KeptAnswer & { readonly receipt: string })[]
}

/** Takes the snapshot. */
export const dump = (tables: Tables): Dump => ({
  policy: tables.policy,
  units: [...tables.units.values()],
  materials: [...tables.materials.values()],
  locations: [...tables.locations.values()],
  reasonCodes: [...tables.reasonCodes.values()],
  conversions: [...tables.conversions.values()],
  lots: Array.from(tables.lots.values(), ({ lot }) => lot),
  inventory: Array.from(tables.lots.values()).flatMap(({ rows }) => [...rows.values()]),
  records: Array.from(tables.records.values(), ({ record }) => record),
  versions: tables.versions.map(({ sequence, hash, content }) => ({ sequence, hash, content })),
  head: headOf(tables),
  changes: tables.changes.map(({ change }) => change),
  receipts: Array.from(tables.keptAnswers, ([receipt, kept]) => ({ receipt, ...kept })),
})
