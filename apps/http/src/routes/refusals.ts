import type { Refusal, SingleRefusal } from '@lotbook/domain'

/** What may refuse a record that is written: its lot's state, the stock, the places. */
export const recordRefusals: readonly SingleRefusal['_tag'][] = [
  'NotFound',
  'VersionConflict',
  'StatusTransitionRefused',
  'ActionRefused',
  'ReversalBlocked',
  'LotStorageRefused',
  'InsufficientStock',
  'CapacityExceeded',
]

/** What may refuse an item of a list. */
export const itemRefusals: readonly SingleRefusal['_tag'][] = [
  'PermissionDenied',
  'ValidationFailed',
  ...recordRefusals,
]

/** What may refuse master data that is saved. */
export const masterDataRefusals: readonly Refusal['_tag'][] = ['NotFound', 'VersionConflict', 'DuplicateName']
