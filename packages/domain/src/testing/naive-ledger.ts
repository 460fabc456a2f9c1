import type { LotRecordType } from '../lot-record/lot-record-type.ts'

// The rules of stock as simply as they can be said: everything is summed up anew from the list of what was posted.

/** A quantity put into a row, which is named by location and lot: `Dock A`. */
export type Leg = readonly [row: string, quantity: number]

/** What one record posts: its legs, what it adds to the totals of lots, and which consumptions it takes back. */
export interface Posting {
  readonly id: string
  readonly type: LotRecordType
  readonly day: number
  readonly legs: readonly Leg[]
  readonly added: readonly (readonly [lot: string, quantity: number])[]
  readonly takes: readonly (readonly [consumption: string, quantity: number])[]
}

/** What is asked of a record. A MERGE without a quantity takes everything. */
export interface Asked extends Pick<Posting, 'id' | 'type' | 'day'> {
  readonly lot: string
  readonly other: string
  readonly from: string
  readonly to: string
  readonly quantity: number | null
}

const sum = (pairs: readonly (readonly [string, number])[], of?: string): number =>
  pairs.reduce((total, [what, quantity]) => (of === undefined || what === of ? total + quantity : total), 0)

/** What a row holds at the end of a day. */
export const balance = (postings: readonly Posting[], row: string, day: number): number =>
  postings.reduce((total, posting) => (posting.day <= day ? total + sum(posting.legs, row) : total), 0)

/** All rows that anything was posted to. */
export const rowsOf = (postings: readonly Posting[]): readonly string[] => [
  ...new Set(postings.flatMap(({ legs }) => legs.map(([row]) => row))),
]

/** All that was ever added to a lot and not taken back. */
export const total = (postings: readonly Posting[], lot: string): number =>
  postings.reduce((all, { added }) => all + sum(added, lot), 0)

// Own consumptions first, then the newest; each as far as it is open.
const takesOf = (postings: readonly Posting[], { lot, day, quantity }: Asked, own: Posting['takes']) => {
  const consumed = postings.filter(({ type, legs }) => type === 'CONSUME' && legs[0]?.[0].endsWith(` ${lot}`))
  const newest = consumed.filter((one) => one.day <= day).toReversed()
  newest.sort((left, right) => right.day - left.day)
  let missing = quantity ?? 0
  return [...new Set([...own.map(([id]) => id), ...newest.map(({ id }) => id)])].map((id): Leg => {
    const taken = postings.reduce((all, { takes }) => all + sum(takes, id), 0)
    const part = Math.min(missing, -sum(consumed.find((one) => one.id === id)?.legs ?? []) - taken)
    missing -= part
    return [id, part]
  })
}

/** What a record posts beside the others. `own` is what it took back so far. */
export const posts = (others: readonly Posting[], asked: Asked, own: Posting['takes'] = []): Posting => {
  const { id, type, day, lot, other, from, to, quantity } = asked
  const q = quantity ?? 0
  const made = (legs: Posting['legs'], added: Posting['added'] = [], takes: Posting['takes'] = []): Posting => {
    return { id, type, day, legs, added, takes }
  }
  const [out, into] = [[`${from} ${lot}`, -q] as const, [`${to} ${lot}`, q] as const]
  if (type === 'RECEIVE' || type === 'PRODUCE') return made([into], [[lot, q]])
  if (type === 'UNCONSUME') return made([into], [], takesOf(others, asked, own))
  if (type === 'MOVE') return made([out, into])
  if (type === 'SPLIT') return made([out, [`${from} ${other}`, q]], [[other, q]])
  if (type === 'EDIT') return made([[`${from} ${lot}`, q]], [[lot, Math.max(0, q)]])
  if (type !== 'MERGE') return made([out])
  const rows = quantity === null ? rowsOf(others).filter((row) => row.endsWith(` ${other}`)) : [`${from} ${other}`]
  const all = rows.map((row): Leg => [row, quantity ?? balance(others, row, Number.POSITIVE_INFINITY)])
  const taken = all.filter(([, what]) => what !== 0)
  const given = taken.map(([row, what]): Leg => [`${row.split(' ')[0]} ${lot}`, what])
  return made([...taken.map(([row, what]): Leg => [row, -what]), ...given], [[lot, Math.max(0, sum(taken))]])
}

/** Why the ledger cannot go from one posting to another, or undefined where it can. Undefined stands for no posting. */
export const whyNot = (
  postings: readonly Posting[],
  before: Posting | undefined,
  after: Posting | undefined,
  mayBeNegative: (row: string) => boolean,
): 'not consumed' | 'counted' | 'negative' | undefined => {
  if (after?.type === 'UNCONSUME' && sum(after.takes) < sum(after.legs)) return 'not consumed'
  const place = before === undefined ? postings.length : postings.indexOf(before)
  for (const { day, legs } of [before, after].filter((posting) => posting !== undefined))
    for (const [row] of legs) {
      const isSame = before?.day === after?.day && sum(before?.legs ?? [], row) === sum(after?.legs ?? [], row)
      const isCounted = ({ type, legs: [leg] }: Posting): boolean => type === 'EDIT' && leg?.[0] === row
      const later = postings.filter((one, at) => one.day > day || (one.day === day && at > place))
      if (!isSame && later.some((count) => count !== before && isCounted(count))) return 'counted'
    }
  const next = [...postings.filter((posting) => posting !== before), ...(after === undefined ? [] : [after])]
  for (const row of rowsOf(next).filter((one) => !mayBeNegative(one)))
    for (const { day } of [...next, ...postings]) if (balance(next, row, day) < 0) return 'negative'
  return undefined
}
