import { Schema } from 'effect'
import { orNull, Text } from './fields.ts'

/** A page of a list. */
export const pageOf = (identifier: string, item: Schema.Top) =>
  Schema.Struct({
    items: Schema.Array(item),
    next: orNull(Text).annotate({ description: 'The cursor of the next page; null at the end.' }),
  }).annotate({ identifier })

/** The answer of the `validate…` functions. */
export const ViolationMap = Schema.Record(Text, Schema.Array(Text)).annotate({
  identifier: 'ViolationMap',
  description: 'Field name to messages; empty when all is well.',
})
