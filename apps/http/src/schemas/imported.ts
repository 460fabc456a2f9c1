import { Schema } from 'effect'
import { Whole } from './fields.ts'

const RefusedRow = Schema.Struct({
  line: Whole.annotate({ description: 'The line of the body on which the row begins, from 1.' }),
  errors: Schema.Record(Schema.String, Schema.Array(Schema.String)).annotate({
    description: 'Field → messages; what is not about one field stands under `(root)`.',
  }),
}).annotate({ identifier: 'RefusedRow' })

/** What an import came to. */
export const Imported = Schema.Struct({
  rows: Whole.annotate({ description: 'How many rows were decided; in a restore, how many lines were read.' }),
  saved: Whole,
  alreadyThere: Whole.annotate({ description: 'Rows that were there by their name, with the same fields.' }),
  refused: Whole,
  errors: Schema.Array(RefusedRow).annotate({ description: 'The first refused rows.' }),
  moreErrors: Whole.annotate({ description: 'How many more rows were refused than `errors` names.' }),
}).annotate({ identifier: 'Imported' })
