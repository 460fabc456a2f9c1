import { Schema } from 'effect'
import { Whole } from './fields.ts'

const Anything = Schema.Record(Schema.String, Schema.Unknown)

const Event = Schema.StructWithRest(
  Schema.Struct({
    type: Schema.String,
    eventTime: Schema.String,
    eventTimeZoneOffset: Schema.String,
  }),
  [Anything],
).annotate({ identifier: 'EpcisEvent', description: 'An event, with all the members that EPCIS 2.0 gives it.' })

/** A document of EPCIS 2.0 in JSON-LD, as far as the API describes it: the standard says the rest. */
export const EpcisDocument = Schema.StructWithRest(
  Schema.Struct({
    '@context': Schema.Unknown,
    type: Schema.Literal('EPCISDocument'),
    schemaVersion: Schema.String,
    creationDate: Schema.String,
    epcisBody: Schema.StructWithRest(Schema.Struct({ eventList: Schema.Array(Event) }), [Anything]),
  }),
  [Anything],
).annotate({ identifier: 'EpcisDocument' })

/** What a document came to. */
export const EpcisImported = Schema.Struct({
  events: Whole,
  saved: Whole.annotate({ description: 'Lot records that were written.' }),
  alreadyThere: Whole.annotate({ description: 'Records that this or an earlier document wrote.' }),
  declaredInError: Whole.annotate({ description: 'Events that are declared errors, or void: nothing is written.' }),
  lotsMade: Whole,
}).annotate({ identifier: 'EpcisImported' })
