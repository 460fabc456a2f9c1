import type { BatchItemRefused, Refusal, SingleRefusal } from '@lotbook/domain'
import { retryAfterSeconds } from './limits.ts'
import { Problem, pointersOf } from './problem.ts'

type Tag = SingleRefusal['_tag']
type Of<T extends Tag> = Extract<SingleRefusal, { readonly _tag: T }>

/** How one kind of refusal is told over HTTP. */
interface Translation<R extends SingleRefusal> {
  readonly status: number
  /** The last part of the problem's `type`. */
  readonly type: string
  readonly title: string
  /** What a client can go by, besides the sentence. */
  readonly fields: (refusal: R) => Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
  /** In place of the refusal's own message, which may speak of things inside. */
  readonly detail?: (refusal: R) => string
}

// A refusal without its tag: exactly the fields it was made from.
const own =
  <R extends SingleRefusal>(...keys: readonly (keyof R & string)[]) =>
  (refusal: R): Readonly<Record<string, unknown>> =>
    Object.fromEntries(keys.map((key) => [key, refusal[key]]))

/** The one place where refusals become statuses. A refusal that is missing here does not compile. */
export const translations: { readonly [T in Tag]: Translation<Of<T>> } = {
  PermissionDenied: {
    status: 403,
    type: 'permission-denied',
    title: 'The key lacks a permission',
    fields: own('permission'),
  },
  IdempotencyKeyReused: {
    status: 422,
    type: 'idempotency-key-reused',
    title: 'The idempotency key came with another request',
    fields: own('key'),
  },
  NotFound: {
    status: 404,
    type: 'not-found',
    title: 'There is no such thing',
    fields: own('kind', 'idOrName', 'hint'),
  },
  VersionConflict: {
    status: 412,
    type: 'version-conflict',
    title: 'Somebody saved in between',
    fields: own('kind', 'id', 'expected', 'actual'),
  },
  ValidationFailed: {
    status: 422,
    type: 'validation-failed',
    title: 'Fields break a rule',
    fields: ({ violations }) => ({ errors: violations, pointers: pointersOf(violations) }),
  },
  DuplicateName: {
    status: 409,
    type: 'duplicate-name',
    title: 'The name is taken',
    fields: own('kind', 'name', 'existingId'),
  },
  StatusTransitionRefused: {
    status: 409,
    type: 'status-transition-refused',
    title: 'The status cannot change that way',
    fields: own('kind', 'id', 'name', 'from', 'to', 'legal', 'clearedBy'),
  },
  ActionRefused: {
    status: 409,
    type: 'action-refused',
    title: 'The state of the lot forbids this',
    fields: own('action', 'lotId', 'lotName', 'lotStatus', 'reason', 'clearedBy', 'blockers', 'isOtherLot'),
  },
  ReversalBlocked: {
    status: 409,
    type: 'reversal-blocked',
    title: 'Something stands in the way of the reversal',
    fields: own('recordId', 'blockers'),
  },
  LotStorageRefused: {
    status: 409,
    type: 'lot-storage-refused',
    title: 'The location does not take the lot',
    fields: own('locationId', 'locationPath', 'lotStorageStrategy', 'reason'),
  },
  InsufficientStock: {
    status: 409,
    type: 'insufficient-stock',
    title: 'There is not enough',
    fields: own(
      ...(['locationId', 'locationPath', 'lotId', 'lotName'] as const),
      ...(['unitOfMeasureSymbol', 'onHand', 'asked', 'moment', 'wouldTake'] as const),
    ),
  },
  CapacityExceeded: {
    status: 409,
    type: 'capacity-exceeded',
    title: 'There is no room',
    fields: own('locationId', 'locationPath', 'unitOfMeasureSymbol', 'capacity', 'held', 'asked'),
  },
  InUse: {
    status: 409,
    type: 'in-use',
    title: 'Something still refers to it',
    fields: own('kind', 'id', 'name', 'references'),
  },
  StorageUnavailable: {
    status: 503,
    type: 'storage-unavailable',
    title: 'The store is not available',
    detail: ({ outcome }) => `the store cannot be read or written now. ${outcome}`,
    fields: ({ mayBeWritten = false }) => ({ mayBeWritten }),
    headers: { 'Retry-After': String(retryAfterSeconds) },
  },
}

/** Whether what was thrown is a refusal of the domain. */
export const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && '_tag' in error && Object.hasOwn(translations, String(error._tag))

const problemFor = <T extends Tag>(tag: T, refusal: Of<T>): Problem => {
  const { status, type, title, fields, headers, detail } = translations[tag]
  const said = detail?.(refusal) ?? refusal.message
  return new Problem({ status, type, title, detail: said, fields: fields(refusal), headers, cause: refusal })
}

// The problem of the item, with its place in the list.
const problemOfItem = ({ index, refusal, message }: BatchItemRefused): Problem => {
  const problem = problemFor(refusal._tag, refusal)
  return new Problem({ ...problem, detail: message, fields: { ...problem.fields, index } })
}

/** A refusal as a problem. */
export const refusalProblem = (refusal: Refusal): Problem =>
  refusal._tag === 'BatchItemRefused' ? problemOfItem(refusal) : problemFor(refusal._tag, refusal)
