import { Schema } from 'effect'
import { permissions } from './permissions.ts'

const Text = Schema.String
const NullableText = Schema.NullOr(Schema.String)
const Whole = Schema.Finite

/** What stands in the way: where a reference lies (`tableName`, `fkColName`, as documented) and the ids that hold it. */
export const Reference = Schema.Struct({
  tableName: Text,
  references: Schema.Array(Schema.Struct({ fkColName: Text, id: Text })),
})
/** See the schema of the same name. */
export type Reference = typeof Reference.Type

/** One thing that keeps a record from being reversed, with the record it comes from. */
export const Blocker = Schema.Struct({ reason: Text, recordId: NullableText, lotRecordType: NullableText })
/** See the schema of the same name. */
export type Blocker = typeof Blocker.Type

/** Fields that break a rule: field name → messages, all of them at once. The shape of the `validate…` functions. */
export class ValidationFailed extends Schema.TaggedError<ValidationFailed>()('ValidationFailed', {
  violations: Schema.Record(Text, Schema.Array(Text)),
}) {
  override get message(): string {
    return Object.entries(this.violations)
      .map(([field, messages]) => `${field} ${messages.join('; ')}`)
      .join('. ')
  }
}

/** Nothing has this id or name. */
export class NotFound extends Schema.TaggedError<NotFound>()('NotFound', {
  kind: Text,
  idOrName: Text,
  /** What to give besides, so that it could be found. */
  hint: Schema.optionalKey(Text),
}) {
  override get message(): string {
    return `no ${this.kind} has the id or name ${this.idOrName}${this.hint === undefined ? '' : ` (${this.hint})`}`
  }
}

/** A lot was named without its material: names are unique within one. */
export const nameAlone = (idOrName: string): NotFound =>
  new NotFound({ kind: 'lot', idOrName, hint: 'a name needs its material' })

/** The caller lacks a permission. */
export class PermissionDenied extends Schema.TaggedError<PermissionDenied>()('PermissionDenied', {
  permission: Schema.Literals(permissions),
}) {
  override get message(): string {
    return `this needs the permission ${this.permission}`
  }
}

/** The caller expected another version: somebody saved in between. */
export class VersionConflict extends Schema.TaggedError<VersionConflict>()('VersionConflict', {
  kind: Text,
  id: Text,
  expected: Whole,
  actual: Whole,
}) {
  override get message(): string {
    return `${this.kind} ${this.id} is at version ${this.actual}, not ${this.expected}: read it again and repeat the change`
  }
}

/** The name or path is taken. */
export class DuplicateName extends Schema.TaggedError<DuplicateName>()('DuplicateName', {
  kind: Text,
  name: Text,
  existingId: Text,
}) {
  override get message(): string {
    return `a ${this.kind} called ${this.name} exists already (${this.existingId})`
  }
}

/** A lot or a record cannot go from one status to another. */
export class StatusTransitionRefused extends Schema.TaggedError<StatusTransitionRefused>()('StatusTransitionRefused', {
  kind: Schema.Literals(['lot', 'lot record']),
  id: Text,
  name: NullableText,
  from: Text,
  to: Text,
  legal: Schema.Array(Text),
  clearedBy: Text,
}) {
  override get message(): string {
    return `${this.kind} ${this.name ?? this.id} cannot go from ${this.from} to ${this.to}: ${this.clearedBy}${this.legal.length === 0 ? '' : `. Legal now: ${this.legal.join(', ')}`}`
  }
}

/** A lot's state, or another record, forbids the action. */
export class ActionRefused extends Schema.TaggedError<ActionRefused>()('ActionRefused', {
  action: Text,
  lotId: Text,
  lotName: Text,
  lotStatus: Text,
  reason: Text,
  clearedBy: Text,
  blockers: Schema.Array(Blocker),
  /** The lot is the other one of the record, not the one that it is about. */
  isOtherLot: Schema.optionalKey(Schema.Boolean),
}) {
  override get message(): string {
    return `${this.action} ${this.isOtherLot === true ? 'with' : 'of'} lot ${this.lotName} is refused: ${this.reason}. ${this.clearedBy}`
  }
}

/** There is not enough of the lot at the location, now or at another moment of effective time. Nothing `asked`: a setting is. */
export class InsufficientStock extends Schema.TaggedError<InsufficientStock>()('InsufficientStock', {
  locationId: Text,
  locationPath: Text,
  lotId: Text,
  lotName: Text,
  unitOfMeasureSymbol: Text,
  onHand: Whole,
  asked: Whole,
  moment: Text,
  /** Where no lot was named: what would be taken, in order, as far as it goes. */
  wouldTake: Schema.Array(Schema.Struct({ lotId: Text, lotName: Text, quantity: Whole, unitOfMeasureSymbol: Text })),
}) {
  override get message(): string {
    const [asked, unit] = [`${this.asked} ${this.unitOfMeasureSymbol}`, this.unitOfMeasureSymbol]
    const takes = this.wouldTake
      .map((take) => `${take.quantity} ${take.unitOfMeasureSymbol} of ${take.lotName}`)
      .join(', ')
    if (takes !== '' && this.onHand === this.asked)
      return `no single lot at ${this.locationPath} covers ${asked}: in order there would be taken ${takes}. Ask for less, name a lot, or set allowMultiple`
    // No lot was named, and all that may be taken is not enough.
    if (takes !== '' || this.lotId === '')
      return `${this.locationPath} holds ${this.onHand} ${unit} that may be taken at ${this.moment}, and ${asked} are asked for${takes === '' ? '' : `: in order there would be taken ${takes}`}. Ask for less, or bring more there first`
    const holds = `${this.locationPath} holds ${this.onHand} ${unit} of lot ${this.lotName} at ${this.moment}`
    return this.asked === 0 ? `${holds}, and may not go below zero` : `${holds}, and ${this.asked} are asked for`
  }
}

/** The location has no room for the quantity; with nothing `asked`, for what lies there. */
export class CapacityExceeded extends Schema.TaggedError<CapacityExceeded>()('CapacityExceeded', {
  locationId: Text,
  locationPath: Text,
  unitOfMeasureSymbol: Text,
  capacity: Whole,
  held: Whole,
  asked: Whole,
}) {
  override get message(): string {
    const holds = `room for ${this.capacity} ${this.unitOfMeasureSymbol} and holds ${this.held}`
    return this.asked === 0
      ? `${this.locationPath} would have ${holds}`
      : `${this.locationPath} has ${holds}; ${this.asked} more do not fit`
  }
}

/** The location's storage strategy refuses the lot. */
export class LotStorageRefused extends Schema.TaggedError<LotStorageRefused>()('LotStorageRefused', {
  locationId: Text,
  locationPath: Text,
  lotStorageStrategy: Text,
  reason: Text,
}) {
  override get message(): string {
    return `${this.locationPath} does not take the lot: ${this.reason}`
  }
}

/** Something still refers to it. */
export class InUse extends Schema.TaggedError<InUse>()('InUse', {
  kind: Text,
  id: Text,
  name: Text,
  references: Schema.Array(Reference),
}) {
  override get message(): string {
    const places = this.references.map(({ tableName, references }) => `${references.length} in ${tableName}`)
    return `${this.kind} ${this.name} is referred to: ${places.join(', ')}`
  }
}

/** A record cannot be reversed as things stand. */
export class ReversalBlocked extends Schema.TaggedError<ReversalBlocked>()('ReversalBlocked', {
  recordId: Text,
  blockers: Schema.Array(Blocker),
}) {
  override get message(): string {
    return `record ${this.recordId} cannot be reversed: ${this.blockers.map(({ reason }) => reason).join('; ')}`
  }
}

/** The idempotency key came before with another request. */
export class IdempotencyKeyReused extends Schema.TaggedError<IdempotencyKeyReused>()('IdempotencyKeyReused', {
  key: Text,
}) {
  override get message(): string {
    return `the idempotency key ${this.key} was used for another request: send a new key with a new request`
  }
}

/** The store cannot be written or read now. Unless `mayBeWritten`, nothing was written, and the same call may be sent again. */
export class StorageUnavailable extends Schema.TaggedError<StorageUnavailable>()('StorageUnavailable', {
  reason: Text,
  /** True where the commit was asked for and its answer is not known: sending it again is safe with the same receipt only. */
  mayBeWritten: Schema.optionalKey(Schema.Boolean),
}) {
  /** What is known of the change, and what to do, as a sentence. */
  get outcome(): string {
    return this.mayBeWritten === true
      ? 'The change may be written or not: send it again with the same Idempotency-Key, or look whether it is there'
      : 'Nothing was written: send the same request again'
  }
  override get message(): string {
    const unknown = this.mayBeWritten === true ? `. ${this.outcome}` : ''
    return `the store is not available: ${this.reason}${unknown}`
  }
}

/** Every typed refusal of one action, in the order in which they take precedence. */
export type SingleRefusal =
  | PermissionDenied
  | IdempotencyKeyReused
  | NotFound
  | VersionConflict
  | ValidationFailed
  | DuplicateName
  | StatusTransitionRefused
  | ActionRefused
  | ReversalBlocked
  | LotStorageRefused
  | InsufficientStock
  | CapacityExceeded
  | InUse
  | StorageUnavailable

/** An action of a list was refused, and with it the whole list. */
export class BatchItemRefused extends Schema.TaggedError<BatchItemRefused>()('BatchItemRefused', {
  /** Which one, from 0. */
  index: Whole,
  /** Why: the refusal that the action alone would have met. Violations are those of all actions: `requests[1].quantity`. */
  refusal: Schema.declare((value): value is SingleRefusal => value instanceof Error),
}) {
  override get message(): string {
    const { message, _tag } = this.refusal
    // Violations name their actions themselves.
    return _tag === 'ValidationFailed' ? message : `action ${this.index} of the list: ${message}`
  }
}

/** Every typed refusal. A new one does not compile until every face knows it. */
export type Refusal = SingleRefusal | BatchItemRefused
