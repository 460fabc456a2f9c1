import type { LotStatus, Policy } from '../lot/lot-status.ts'
import type { Permission } from '../permissions.ts'

/** The twelve kinds of lot record, as documented. */
export const lotRecordTypes = [
  'CONSUME',
  'UNCONSUME',
  'PRODUCE',
  'MOVE',
  'SPLIT',
  'MERGE',
  'SCRAP',
  'RETURN',
  'STATUS_CHANGE',
  'EDIT',
  'RECEIVE',
  'SHIP',
] as const
/** What a lot record says happened. */
export type LotRecordType = (typeof lotRecordTypes)[number]

/** Whether a posting of a type needs a field, may carry it, or must not carry it. */
export type Need = 'needed' | 'optional' | 'none'

/** What a record of a type must carry to post, and which permission writes it. */
export interface LotRecordTypeRule {
  readonly permission: Permission
  readonly source: Need
  readonly destination: Need
  readonly secondary: Need
  /** `positive`: above zero. `signed`: the difference, zero included. `optional`: absent means all there is. `none`: must be absent. */
  readonly quantity: 'positive' | 'signed' | 'optional' | 'none'
}

const rule = (
  permission: Permission,
  source: Need,
  destination: Need,
  secondary: Need,
  quantity: LotRecordTypeRule['quantity'] = 'positive',
): LotRecordTypeRule => ({ permission, source, destination, secondary, quantity })

/** What each type needs. `optional` places and lots are kept on the record and may carry a second leg. */
export const lotRecordTypeRules: Readonly<Record<LotRecordType, LotRecordTypeRule>> = {
  CONSUME: rule('INVENTORY.WRITE.CONSUME', 'needed', 'optional', 'optional'),
  UNCONSUME: rule('INVENTORY.WRITE.UNCONSUME', 'optional', 'needed', 'optional'),
  PRODUCE: rule('INVENTORY.WRITE.PRODUCE', 'optional', 'needed', 'optional'),
  MOVE: rule('INVENTORY.WRITE.MOVE', 'needed', 'needed', 'none'),
  SPLIT: rule('INVENTORY.WRITE.SPLIT', 'needed', 'optional', 'needed'),
  MERGE: rule('INVENTORY.WRITE.MERGE', 'optional', 'optional', 'needed', 'optional'),
  SCRAP: rule('INVENTORY.WRITE.SCRAP', 'needed', 'optional', 'optional'),
  RETURN: rule('INVENTORY.WRITE.RETURN', 'needed', 'optional', 'optional'),
  STATUS_CHANGE: rule('INVENTORY.WRITE.CHANGE_STATUS', 'optional', 'optional', 'none', 'none'),
  EDIT: rule('INVENTORY.WRITE.EDIT', 'needed', 'optional', 'none', 'signed'),
  RECEIVE: rule('INVENTORY.WRITE.RECEIVE', 'optional', 'needed', 'optional'),
  SHIP: rule('INVENTORY.WRITE.SHIP', 'needed', 'optional', 'optional'),
}

const usable: readonly LotStatus[] = ['AVAILABLE']
const present: readonly LotStatus[] = ['OPEN', 'AVAILABLE', 'QA_HOLD', 'EXPIRED']

/** In which statuses of the primary lot a record of each type may post (standard and strict). STATUS_CHANGE has its own table. */
export const statusesThatAllow: Readonly<Record<Exclude<LotRecordType, 'STATUS_CHANGE'>, readonly LotStatus[]>> = {
  CONSUME: usable,
  SHIP: usable,
  RECEIVE: [...present, 'SHIPPED'],
  PRODUCE: present,
  MOVE: present,
  SCRAP: present,
  RETURN: present,
  SPLIT: present,
  UNCONSUME: present,
  EDIT: present,
  MERGE: present,
}

/** The statuses in which a lot may take part in a record of this type under a policy. */
export const statusesFor = (type: Exclude<LotRecordType, 'STATUS_CHANGE'>, policy: Policy): readonly LotStatus[] =>
  policy === 'permissive' && (type === 'CONSUME' || type === 'SHIP') ? ['OPEN', 'AVAILABLE'] : statusesThatAllow[type]
