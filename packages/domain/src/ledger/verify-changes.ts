import { readUlid, showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { FieldChange } from '../known.ts'
import { annotationFields, type InventoryRow, type Lot } from '../lot/lot.ts'
import type { Location, Material, ReasonCode, Unit, UnitConversion } from '../master-data/master-data.ts'

type Value = FieldChange['to']

/** What changes are told of and what stands as it was last told: lots and master data. */
export type Changed = Lot | Unit | UnitConversion | Material | Location | ReasonCode

interface Said {
  readonly entity: FieldChange['entity']
  /** Who made it and when; undefined where the change table does not tell its beginning. */
  made: Pick<FieldChange, 'changedBy' | 'changedDate'> | undefined
  deleted: boolean
  fields: Record<string, Value>
}

/** Something that changes tell of. */
export interface Told {
  readonly entity: FieldChange['entity']
  readonly entityId: string
}

/** Remembers what the change table says last of each field, and finds what stands otherwise. */
export interface SaidChanges {
  /** Every change, in the order in which they were written. */
  readonly add: (change: FieldChange) => void
  /** What of this stands otherwise than it was last told, after all changes were added. Asked once for each: it is then forgotten. */
  readonly problemsOf: (thing: Changed) => readonly string[]
  /** Which labels of a row of stock are others than they were last told. */
  readonly problemsOfLabels: (row: InventoryRow) => readonly string[]
  /** Lots and master data that were never asked for though changes tell of them, and not that they were deleted. */
  readonly gone: () => Iterable<Told>
  /** What a setting was last set to; undefined where it never was. */
  readonly setting: (name: string) => Value | undefined
}

// The first change of everything is that of its first field, and says that there was nothing before.
const firstFields = new Set(['name', 'path', 'fromUnitId', 'lotRecordType'])
// Every schema had the change table, and every version of Lotbook has written into it what it made: none of these is older.
const alwaysTold = new Set<FieldChange['entity']>([
  ...(['lot', 'unit', 'unit conversion', 'material', 'location', 'reason code'] as const),
])
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

const notMade = 'no change tells of its making'

const show = (value: unknown): string => JSON.stringify(value)

/** Makes a memory of changes. */
export const makeSaidChanges = (): SaidChanges => {
  const said = new Map<string, Said>()
  return {
    add: ({ entity, entityId, field, from, to, changedBy, changedDate }) => {
      const key: Ulid | string = readUlid(entityId) ?? entityId
      let thing = said.get(key)
      if (thing === undefined) {
        thing = { entity, made: undefined, deleted: false, fields: {} }
        said.set(key, thing)
      }
      // What a making brings with it, as the supplier of a split lot, may be told before it.
      if (from === null && firstFields.has(field)) thing.made ??= { changedBy, changedDate }
      thing.fields[field] = to
      // Only lots are deleted. Nothing but that takes a name away.
      if (entity === 'lot' && field === 'name' && to === null) {
        thing.deleted = true
        thing.fields = {}
      }
    },
    problemsOf: (thing) => {
      const found = said.get(thing.id)
      if (found === undefined) return [notMade]
      said.delete(thing.id)
      if (found.deleted) return ['it is there, and a change tells of its deletion']
      const { made, fields } = found
      const problems: string[] = made === undefined ? [notMade] : []
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
    *gone() {
      for (const [key, { entity, deleted }] of said) {
        const id = readUlid(key)
        if (alwaysTold.has(entity) && !deleted) yield { entity, entityId: id === undefined ? key : showUlid(id) }
      }
    },
    setting: (name) => said.get(name)?.fields[name],
  }
}
