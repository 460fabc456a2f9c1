import {
  ActionRefused,
  BatchItemRefused,
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
  type SingleRefusal,
  StatusTransitionRefused,
  StorageUnavailable,
  ValidationFailed,
  VersionConflict,
} from '@lotbook/domain'
import { Option, Schema } from 'effect'

type Members = Readonly<Record<string, unknown>>

const read =
  <R extends SingleRefusal>(refusal: Schema.Codec<R, unknown>, _tag: R['_tag'], more?: (members: Members) => Members) =>
  (members: Members): SingleRefusal | undefined =>
    Option.getOrUndefined(Schema.decodeUnknownOption(refusal)({ ...members, ...more?.(members), _tag }))

/** Reads the members of a problem as the refusal that they came from. A refusal that is missing here does not compile. */
const readers: { readonly [T in SingleRefusal['_tag']]: (members: Members) => SingleRefusal | undefined } = {
  PermissionDenied: read(PermissionDenied, 'PermissionDenied'),
  IdempotencyKeyReused: read(IdempotencyKeyReused, 'IdempotencyKeyReused'),
  NotFound: read(NotFound, 'NotFound'),
  VersionConflict: read(VersionConflict, 'VersionConflict'),
  ValidationFailed: read(ValidationFailed, 'ValidationFailed', ({ errors }) => ({ violations: errors })),
  DuplicateName: read(DuplicateName, 'DuplicateName'),
  StatusTransitionRefused: read(StatusTransitionRefused, 'StatusTransitionRefused'),
  ActionRefused: read(ActionRefused, 'ActionRefused'),
  ReversalBlocked: read(ReversalBlocked, 'ReversalBlocked'),
  LotStorageRefused: read(LotStorageRefused, 'LotStorageRefused'),
  InsufficientStock: read(InsufficientStock, 'InsufficientStock'),
  CapacityExceeded: read(CapacityExceeded, 'CapacityExceeded'),
  InUse: read(InUse, 'InUse'),
  // The server keeps its own reason to itself.
  StorageUnavailable: ({ mayBeWritten }) =>
    new StorageUnavailable({
      reason: 'the server cannot read or write it now',
      ...(mayBeWritten === true && { mayBeWritten }),
    }),
}

/** `/problems/not-found` → `NotFound`. */
const tagOf = (type: string): string =>
  (type.split('/').at(-1) ?? '').replaceAll(/(?:^|-)([a-z])/gu, (_, letter: string) => letter.toUpperCase())

const isTag = (tag: string): tag is SingleRefusal['_tag'] => Object.hasOwn(readers, tag)

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The refusal that a problem document tells of; undefined where it tells of none. */
export const refusalOfProblem = (problem: unknown): Refusal | undefined => {
  if (!isObject(problem) || typeof problem['type'] !== 'string') return undefined
  const tag = tagOf(problem['type'])
  const refusal = isTag(tag) ? readers[tag](problem) : undefined
  const { index } = problem
  return refusal !== undefined && typeof index === 'number' ? new BatchItemRefused({ index, refusal }) : refusal
}
