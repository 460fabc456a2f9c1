import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import type { FieldChange } from '../known.ts'
import { annotationFields, type InventoryRow, type Lot } from '../lot/lot.ts'
import type { Location, Material, ReasonCode, Unit, UnitConversion } from '../master-data/master-data.ts'

type Value = FieldChange['to']

/** What changes are told of and what stands as it was last told: lots and master data. */
export type Changed = Lot | Unit | UnitConversion | Material | Location | ReasonCode

interface Said {
  /** Who made it and when; undefined where the change table does not tell its beginning. */
  readonly made: Pick<FieldChange, 'changedBy' | 'changedDate'> | undefined
  readonly fields: Record<string, Value>
}

/** Remembers what the change table says last of each field, and finds what stands otherwise. */
export interface SaidChanges {
  /** Every change, in the order in which they were written. */
  readonly add: (change: FieldChange) => void
  /** What of this stands otherwise than it was last told, after all changes were added. */
  readonly problemsOf: (thing: Changed) => readonly string[]
  /** Which labels of a row of stock are others than they were last told. */
  readonly problemsOfLabels: (row: InventoryRow) => readonly string[]
  /** What a setting was last set to; undefined where it never was. */
  readonly setting: (name: string) => Value | undefined
}

// The first change of everything is that of its first field, and says that there was nothing before.
const firstFields = new Set(['name', 'path', 'fromUnitId', 'lotRecordType'])
const ofItsOwn = new Set(['id', 'version', 'createdDate', 'createdBy', 'modifiedDate', 'modifiedBy'])
const ofEveryLot = ['name', 'materialId', 'unitOfMeasureId', 'supplierId']
// A lot may begin with these without a change that says so. What records set is folded from their entries.
const ofSomeLots = ['initialStatus', ...annotationFields]

// Records change none of these, and every row begins without them.
const labels = ['name', 'productionOrderId', 'productionOrderName', ...annotationFields] as const

const comparedFields = (thing: Changed, { made, fields }: Said): readonly string[] => {
  const always = 'totalQuantity' in thing ? ofEveryLot : Object.keys(thing).filter((field) => !ofItsOwn.has(field))
  const all = 'totalQuantity' in thing ? [...always, ...ofSomeLots] : always
  return all.filter((field) => Object.hasOwn(fields, field) || (made !== undefined && always.includes(field)))
}

const show = (value: unknown): string => JSON.stringify(value)

/** Makes a memory of changes. */
export const makeSaidChanges = (): SaidChanges => {
  const said = new Map<string, Said>()
  return {
    add: ({ entityId, field, from, to, changedBy, changedDate }) => {
      const key: Ulid | string = readUlid(entityId) ?? entityId
      let thing = said.get(key)
      if (thing === undefined) {
        const isMade = from === null && firstFields.has(field)
        thing = { made: isMade ? { changedBy, changedDate } : undefined, fields: {} }
        said.set(key, thing)
      }
      thing.fields[field] = to
    },
    problemsOf: (thing) => {
      const found = said.get(thing.id)
      if (found === undefined) return []
      const { made, fields } = found
      const problems: string[] = []
      for (const field of comparedFields(thing, found)) {
        const value: unknown = thing[field as keyof Changed]
        // What was nothing from the beginning is not told.
        const told = fields[field] ?? null
        if (value !== told) problems.push(`its ${field} is ${show(value)}, and was last set to ${show(told)}`)
      }
      if (made !== undefined && made.changedBy !== thing.createdBy)
        problems.push(`its createdBy is ${show(thing.createdBy)}, and it was made by ${show(made.changedBy)}`)
      if (made !== undefined && made.changedDate !== thing.createdDate)
        problems.push(`its createdDate is ${thing.createdDate}, and it was made at ${made.changedDate}`)
      return problems
    },
    problemsOfLabels: (row) => {
      const fields = said.get(row.id)?.fields ?? {}
      return labels.flatMap((label) => {
        const value: Value = row[label]
        const told = Object.hasOwn(fields, label) ? (fields[label] ?? null) : label === 'enabled' ? true : null
        return value === told ? [] : [`its ${label} is ${show(value)}, and was last set to ${show(told)}`]
      })
    },
    setting: (name) => said.get(name)?.fields[name],
  }
}
