import type { ActionAnswer, ActionName, actionCatalog, RecordView } from '@lotbook/domain'
import { Schema } from 'effect'
import { type Agree, Moment, type Same } from './fields.ts'
import { InventoryLotRecord } from './lot-record.ts'

type Template = ReturnType<(typeof actionCatalog)[ActionName]['template']>

const valueSchema = (key: string, value: string | boolean | number | null): Schema.Top => {
  if (key === 'startDate') return Moment
  if (typeof value === 'string') return Schema.Literal(value)
  return typeof value === 'boolean' ? Schema.Boolean : Schema.Null
}

/** The template of an action: its type, its moment, its flags, and null everywhere else. */
export const templateSchema = (identifier: string, template: Template): Schema.Top =>
  Schema.Struct(
    Object.fromEntries(Object.entries(template).map(([key, value]) => [key, valueSchema(key, value)])),
  ).annotate({ identifier })

/** The answer of an action that wrote one record for each of several lots. */
export const RecordItems = Schema.Struct({ items: Schema.Array(InventoryLotRecord) }).annotate({
  identifier: 'InventoryLotRecordItems',
})

/** The answer of an action that takes `allowMultiple`. */
export const RecordOrItems = Schema.Union([InventoryLotRecord, RecordItems], { mode: 'oneOf' })

/** The answer of an action that always writes a list. */
export const RecordList = Schema.Array(InventoryLotRecord)

/** The schemas above and the domain's answers are the same. */
export type ActionSchemasAgree = Agree<
  [Same<typeof RecordOrItems.Type, ActionAnswer>, Same<typeof RecordList.Type, readonly RecordView[]>]
>
