import {
  ActionRefused,
  CapacityExceeded,
  DuplicateName,
  IdempotencyKeyReused,
  InsufficientStock,
  InUse,
  LotStorageRefused,
  NotFound,
  PermissionDenied,
  type Refusal,
  ReversalBlocked,
  StatusTransitionRefused,
  StorageUnavailable,
  ValidationFailed,
  VersionConflict,
} from '@lotbook/domain'
import { Schema } from 'effect'
import { translations } from '../refusal-problem.ts'

const { String: Text } = Schema

const standard = {
  type: Text,
  title: Text,
  status: Schema.Int,
  detail: Text,
  instance: Text,
  requestId: Text,
}

/** A problem without fields of its own. */
export const PlainProblem = Schema.Struct(standard).annotate({ identifier: 'Problem' })

const fieldsOf: { readonly [T in Refusal['_tag']]: Schema.Struct.Fields } = {
  PermissionDenied: PermissionDenied.fields,
  IdempotencyKeyReused: IdempotencyKeyReused.fields,
  NotFound: NotFound.fields,
  VersionConflict: VersionConflict.fields,
  ValidationFailed: {
    ...ValidationFailed.fields,
    errors: Schema.Record(Text, Schema.Array(Text)),
    pointers: Schema.Array(Schema.Struct({ pointer: Text, detail: Text })),
  },
  DuplicateName: DuplicateName.fields,
  StatusTransitionRefused: StatusTransitionRefused.fields,
  ActionRefused: ActionRefused.fields,
  ReversalBlocked: ReversalBlocked.fields,
  LotStorageRefused: LotStorageRefused.fields,
  InsufficientStock: InsufficientStock.fields,
  CapacityExceeded: CapacityExceeded.fields,
  InUse: InUse.fields,
  StorageUnavailable: StorageUnavailable.fields,
}

// What a refusal has inside and does not tell, or tells under another name.
const untold: readonly string[] = ['_tag', 'violations']

const told = (tag: Refusal['_tag']): Schema.Struct.Fields =>
  tag === 'StorageUnavailable'
    ? {}
    : Object.fromEntries(Object.entries(fieldsOf[tag]).filter(([key]) => !untold.includes(key)))

/** The schema of the problem that a refusal becomes. */
export const problemSchema = (tag: Refusal['_tag']): Schema.Top => {
  const { status, type } = translations[tag]
  return Schema.Struct({
    ...standard,
    type: Schema.Literal(`/problems/${type}`),
    status: Schema.Literal(status),
    ...told(tag),
  }).annotate({ identifier: `${tag}Problem` })
}

/** How a refusal is told, for the generated reference. */
export interface RefusalRow {
  readonly refusal: Refusal['_tag']
  readonly status: number
  readonly type: string
  readonly title: string
  readonly fields: readonly string[]
}

/** Every refusal of the domain, in order of precedence, and the problem that it becomes. */
export const refusalTable: readonly RefusalRow[] = (Object.keys(translations) as Refusal['_tag'][]).map((refusal) => {
  const { status, type, title } = translations[refusal]
  return { refusal, status, type: `/problems/${type}`, title, fields: Object.keys(told(refusal)) }
})
