import type { Refusal } from '@lotbook/domain'

/** What the program ends with. Scripts can rely on these numbers. */
export const exitCode = {
  ok: 0,
  /** `verify` found something that does not fit, a trace was cut off, or a recall is incomplete or does not add up. */
  mismatch: 1,
  /** The command line or a setting is wrong. */
  usage: 2,
  /** The ledger refused. */
  refused: 3,
  notFound: 4,
  /** Somebody else was first. */
  conflict: 5,
  /** The store cannot be read or written now. */
  unavailable: 6,
  /** A mistake of ours. */
  defect: 70,
} as const
/** See {@link exitCode}. */
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

const codes: Readonly<Record<Refusal['_tag'], ExitCode>> = {
  PermissionDenied: exitCode.refused,
  IdempotencyKeyReused: exitCode.refused,
  NotFound: exitCode.notFound,
  VersionConflict: exitCode.conflict,
  ValidationFailed: exitCode.usage,
  DuplicateName: exitCode.refused,
  StatusTransitionRefused: exitCode.refused,
  ActionRefused: exitCode.refused,
  ReversalBlocked: exitCode.refused,
  BatchItemRefused: exitCode.refused,
  LotStorageRefused: exitCode.refused,
  InsufficientStock: exitCode.refused,
  CapacityExceeded: exitCode.refused,
  InUse: exitCode.refused,
  StorageUnavailable: exitCode.unavailable,
}

const isTag = (tag: unknown): tag is Refusal['_tag'] => typeof tag === 'string' && Object.hasOwn(codes, tag)

/** What a refusal ends the program with; undefined for any other error. */
export const exitCodeOf = (error: unknown): ExitCode | undefined =>
  error instanceof Error && '_tag' in error && isTag(error._tag) ? codes[error._tag] : undefined

/** Ends the command with a message for people and an exit code for programs. */
export class Stop extends Error {
  override readonly name = 'Stop'
  readonly code: ExitCode
  constructor(message: string, options: { readonly code: ExitCode; readonly cause?: unknown }) {
    super(message, options)
    this.code = options.code
  }
}
