import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Movement } from './recall-questions.ts'

/** What the records of a lot say about its quantity, in millionths of its unit. */
export interface LotBalance {
  readonly in: Quantity
  readonly out: Quantity
  readonly shipped: Quantity
  readonly scrapped: Quantity
  readonly returned: Quantity
  /** What was ever added: what `totalQuantity` of the lot should be. */
  readonly added: Quantity
}

type Sign = 1 | -1 | 0

/** Which way a record of each type moves the quantity of its primary lot. */
const primarySigns: Readonly<Record<LotRecordType, Sign>> = {
  RECEIVE: 1,
  PRODUCE: 1,
  UNCONSUME: 1,
  MERGE: 1,
  EDIT: 1,
  CONSUME: -1,
  SPLIT: -1,
  SCRAP: -1,
  RETURN: -1,
  SHIP: -1,
  MOVE: 0,
  STATUS_CHANGE: 0,
}

/** Which way it moves that of the secondary lot. CONSUME, UNCONSUME and PRODUCE only name it. */
const secondarySign = ({ lotRecordType, hasSource, hasDestination }: Movement): Sign => {
  switch (lotRecordType) {
    case 'SPLIT':
      return 1
    case 'MERGE':
      return -1
    case 'RECEIVE':
      return hasSource ? -1 : 0
    case 'SCRAP':
    case 'RETURN':
    case 'SHIP':
      return hasDestination ? 1 : 0
    default:
      return 0
  }
}

const addsToTotal: ReadonlySet<LotRecordType> = new Set(['RECEIVE', 'PRODUCE', 'MERGE', 'EDIT'])

const adds = ({ role, lotRecordType, isNegative }: Movement, sign: Sign): boolean =>
  sign === 1 && !isNegative && (role === 'secondary' || addsToTotal.has(lotRecordType))

/**
 * Adds up what the records of one lot say: what came in, what went out, and where to. It looks at neither the entries nor
 * the rows of stock, so that all three can be held against each other.
 */
export const balanceOf = (movements: readonly Movement[]): LotBalance => {
  const sums = { in: 0, out: 0, shipped: 0, scrapped: 0, returned: 0, added: 0 }
  const leaving: Partial<Record<LotRecordType, 'shipped' | 'scrapped' | 'returned'>> = {
    SHIP: 'shipped',
    SCRAP: 'scrapped',
    RETURN: 'returned',
  }
  for (const movement of movements) {
    const { role, lotRecordType, quantity, isNegative } = movement
    const sign = role === 'primary' ? primarySigns[lotRecordType] : secondarySign(movement)
    const signed = sign * quantity
    // A reversal counts against its kind, so the sign of the sum does not say which side it stands on.
    if ((sign === 1) !== isNegative) sums.in += signed
    else sums.out -= signed
    const where = role === 'primary' ? leaving[lotRecordType] : undefined
    if (where !== undefined) sums[where] += quantity
    if (adds(movement, sign)) sums.added += quantity
  }
  return sums
}
