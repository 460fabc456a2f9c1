import { Schema } from 'effect'
import { Flag, orNull, Text, Whole } from './fields.ts'

/** A page of a list. */
export const pageOf = (identifier: string, item: Schema.Top) =>
  Schema.Struct({
    items: Schema.Array(item),
    next: orNull(Text).annotate({ description: 'The cursor of the next page; null at the end.' }),
  }).annotate({ identifier })

/** The documented page of a search. */
export const queryPageOf = (identifier: string, item: Schema.Top) =>
  Schema.Struct({
    content: Schema.Array(item),
    totalPages: Whole,
    totalElements: Whole,
    pageSize: Whole.annotate({ description: 'As asked for; without paging, as many as there are.' }),
    pageIndex: Whole.annotate({ description: 'From 0.' }),
    hasContent: Flag,
    isFirst: Flag,
    isLast: Flag,
    hasNext: Flag,
    hasPrevious: Flag,
  }).annotate({ identifier })

/** The answer of the `validate…` functions. */
export const ViolationMap = Schema.Record(Text, Schema.Array(Text)).annotate({
  identifier: 'ViolationMap',
  description: 'Field name to messages; empty when all is well.',
})
