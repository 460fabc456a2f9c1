/** The six states of a lot, in the order of the transition table. */
export const lotStatuses = ['OPEN', 'AVAILABLE', 'QA_HOLD', 'EXPIRED', 'SHIPPED', 'CLOSED'] as const
/** OPEN: known, not yet usable. AVAILABLE: usable. QA_HOLD: quarantined. EXPIRED. SHIPPED: with the customer. CLOSED. */
export type LotStatus = (typeof lotStatuses)[number]

/** Which rules a store keeps for changes of status. */
export const policies = ['permissive', 'standard', 'strict'] as const
/**
 * `permissive`: every status to every other, OPEN lots may be used. `standard`: the transition table.
 * `strict`: the table, and reasons and releases are asked for.
 */
export type Policy = (typeof policies)[number]

/** What a move from one lot status to another asks for; `no` is never legal, `reversal` only as a reversal. */
export type TransitionRule = 'same' | 'yes' | 'no' | 'empty' | 'not-expired' | 're-test' | 'reversal'

type Row = Readonly<Record<LotStatus, TransitionRule>>

const row = (...rules: readonly TransitionRule[]): Row =>
  Object.fromEntries(lotStatuses.map((to, index) => [to, rules[index]])) as unknown as Row

/**
 * The transition table of the standard and strict policies: from (outer key) to (inner key).
 * `empty` = only with nothing on hand, `not-expired` = only before the expiration date,
 * `re-test` = only with a new, future expiration date.
 */
export const lotStatusTransitions: Readonly<Record<LotStatus, Row>> = {
  //                OPEN  AVAILABLE       QA_HOLD  EXPIRED  SHIPPED  CLOSED
  OPEN: row('same', 'yes', 'yes', 'yes', 'no', 'empty'),
  AVAILABLE: row('no', 'same', 'yes', 'yes', 'empty', 'empty'),
  QA_HOLD: row('no', 'not-expired', 'same', 'yes', 'no', 'empty'),
  EXPIRED: row('no', 're-test', 'yes', 'same', 'no', 'empty'),
  SHIPPED: row('no', 'reversal', 'yes', 'no', 'same', 'yes'),
  CLOSED: row('no', 'no', 'yes', 'no', 'no', 'same'),
}

/** What a change of status is judged by. */
export interface TransitionFacts {
  readonly policy: Policy
  readonly from: LotStatus
  /** What is there of the lot, or was there at the record's effective time or later, row by row; empty where nothing. */
  readonly lies: readonly string[]
  /** The lot is at or past its expiration date at the record's effective time. */
  readonly expired: boolean
  /** The request carries a new expiration date that lies ahead. */
  readonly newExpiration: boolean
  /** The move takes back an earlier change of status. */
  readonly reversal: boolean
}

/** Why a move is refused, or undefined where it is legal: a sentence that says what would clear it. */
export const whyNotTransition = (facts: TransitionFacts, to: LotStatus): string | undefined => {
  if (facts.policy === 'permissive') return undefined
  const rule = lotStatusTransitions[facts.from][to]
  switch (rule) {
    case 'same':
    case 'yes':
      return undefined
    case 'no':
      // Back to the OPEN that a lot began with, but by no other way.
      return facts.reversal && to === 'OPEN' ? undefined : `a lot that is ${facts.from} cannot become ${to}`
    case 'empty':
      return facts.lies.length === 0
        ? undefined
        : `a lot becomes ${to} only when nothing of it is on hand, from that time on: there is ${facts.lies.join(', ')}. Move out, ship or scrap what is there, count what is below zero, or date the change later`
    case 'not-expired':
      return facts.expired && !facts.newExpiration
        ? 'the lot is past its expiration date: give a new, future expirationDate, or let it become EXPIRED'
        : undefined
    case 're-test':
      return facts.newExpiration ? undefined : 'an expired lot becomes AVAILABLE only with a new, future expirationDate'
    case 'reversal':
      return facts.reversal
        ? undefined
        : 'a shipped lot becomes AVAILABLE only by reversing its shipment; a customer return goes to QA_HOLD'
  }
}

/** The statuses a lot may move to under the given facts, in table order; its own status is among them. */
export const legalTransitions = (facts: TransitionFacts): readonly LotStatus[] =>
  lotStatuses.filter((to) => whyNotTransition(facts, to) === undefined)
