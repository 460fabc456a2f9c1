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
  ReversalBlocked,
  type SingleRefusal,
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

type Tag = SingleRefusal['_tag']

const fieldsOf: { readonly [T in Tag]: Schema.Struct.Fields } = {
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
  StorageUnavailable: {
    ...StorageUnavailable.fields,
    mayBeWritten: Schema.Boolean.annotate({
      description:
        'True where the change may be written or not: send it again with the same Idempotency-Key only, or look whether it is there. False where nothing was written.',
    }),
  },
}

// What a refusal has inside and does not tell, or tells under another name.
const untold = (tag: Tag): readonly string[] =>
  tag === 'StorageUnavailable' ? ['_tag', 'reason'] : ['_tag', 'violations']

const told = (tag: Tag): Schema.Struct.Fields =>
  Object.fromEntries(Object.entries(fieldsOf[tag]).filter(([key]) => !untold(tag).includes(key)))

const membersOf = (tag: Tag): Schema.Struct.Fields => {
  const { status, type } = translations[tag]
  return {
    ...standard,
    type: Schema.Literal(`/problems/${type}`),
    status: Schema.Literal(status),
    ...told(tag),
  }
}

/** The schema of the problem that a refusal becomes. */
export const problemSchema = (tag: Tag): Schema.Top =>
  Schema.Struct(membersOf(tag)).annotate({ identifier: `${tag}Problem` })

const index = Schema.Int.annotate({ description: 'Which action of the list was refused, from 0.' })

/** The schema of the same problem where it is about one item of a list. */
export const itemProblemSchema = (tag: Tag): Schema.Top =>
  Schema.Struct({ ...membersOf(tag), index }).annotate({ identifier: `BatchItem${tag}Problem` })

/** How a refusal is told, for the generated reference. */
export interface RefusalRow {
  readonly refusal: Tag
  readonly status: number
  readonly type: string
  readonly title: string
  readonly fields: readonly string[]
}

/** Every refusal of a single action, in order of precedence, and the problem that it becomes. */
export const refusalTable: readonly RefusalRow[] = (Object.keys(translations) as Tag[]).map((refusal) => {
  const { status, type, title } = translations[refusal]
  return { refusal, status, type: `/problems/${type}`, title, fields: Object.keys(told(refusal)) }
})
