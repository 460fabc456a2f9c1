import { lotRecordTypes, lotStatuses, permissions, policies, recordStatuses } from '@lotbook/domain'
import { Schema } from 'effect'

// The fields that answers are made of. Descriptions travel into the OpenAPI document.

/** An id as answers write it. */
export const Id = Schema.String.check(
  Schema.isPattern(/^[0-9A-HJKMNP-TV-Z]{10}-[0-9A-HJKMNP-TV-Z]{8}-[0-9A-HJKMNP-TV-Z]{8}$/u),
).annotate({ identifier: 'Ulid', description: 'A ULID, in groups of 10, 8 and 8.' })

/** A moment as answers write it. */
export const Moment = Schema.String.check(Schema.isPattern(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u)).annotate({
  identifier: 'Instant',
  description: 'ISO 8601, in UTC, to the millisecond.',
})

/** An exact quantity. */
export const Amount = Schema.Finite.annotate({
  identifier: 'Quantity',
  description: 'An exact decimal: at most 9 digits before the point and 6 after.',
})

/** A whole number. */
export const Whole = Schema.Int

/** Text. */
export const Text = Schema.String
/** True or false. */
export const Flag = Schema.Boolean
/** See `lotRecordTypes`. */
export const LotRecordTypeName = Schema.Literals(lotRecordTypes).annotate({ identifier: 'LotRecordType' })
/** See `recordStatuses`. */
export const RecordStatusName = Schema.Literals(recordStatuses).annotate({ identifier: 'RecordStatus' })
/** See `lotStatuses`. */
export const LotStatusName = Schema.Literals(lotStatuses).annotate({ identifier: 'LotStatus' })
/** See `policies`. */
export const PolicyName = Schema.Literals(policies).annotate({ identifier: 'Policy' })
/** See `permissions`. */
export const PermissionName = Schema.Literals(permissions).annotate({ identifier: 'Permission' })
/** Something, or null. */
export const orNull = <S extends Schema.Top>(schema: S): Schema.NullOr<S> => Schema.NullOr(schema)

/** The user's own words, which everything carries. */
export const annotations = {
  notes: orNull(Text),
  enabled: Flag,
  spare1: orNull(Text),
  spare2: orNull(Text),
  spare3: orNull(Text),
}

/** Whether two types are the same. */
export type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

/** Does not compile unless every check holds: a schema says exactly what the domain's view holds. */
export type Agree<Checks extends readonly true[]> = Checks
