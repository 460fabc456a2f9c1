import { over, plus, type Ratio, ratio, times, zero } from '../quantity/ratio.ts'
import type { AmountOf, FoldFacts } from './amounts.ts'
import type { Key, TracedRecord } from './questions.ts'

/** A part of a lot's content was replaced: `part` of it is now what `from` was made of at that moment; null = from nowhere. */
export interface Mixing {
  readonly into: Key
  readonly from: Key | null
  /** Above 0, at most 1. */
  readonly part: Ratio
}

interface Input {
  readonly from: Key
  /** In millionths of the receiving lot's unit. */
  readonly amount: Ratio
}

/** What one record did to one lot. */
interface Event {
  readonly lot: Key
  readonly record: TracedRecord
  readonly inputs: Input[]
  change: number
}

/** A lot while its records are gone through. */
interface Content {
  /** What lies there, in millionths. */
  stock: bigint
  /** What the present content weighs against what is added to it, in millionths of what went in. */
  weight: Ratio
}

const effective = ({ endDate, startDate }: TracedRecord): number => endDate ?? startDate

const eventsOf = ({ records, edges, postings }: FoldFacts, amountOf: AmountOf): readonly Event[] => {
  const events = new Map<string, Event>()
  const eventOf = (lot: Key, record: Key): Event | undefined => {
    const told = records.get(record)
    if (told === undefined) return undefined
    const key = `${lot} ${record}`
    const event = events.get(key) ?? { lot, record: told, inputs: [], change: 0 }
    events.set(key, event)
    return event
  }
  for (const { lot, record, quantity } of postings) {
    const event = eventOf(lot, record)
    if (event !== undefined) event.change += quantity
  }
  for (const edge of edges) {
    const amount = amountOf(edge)
    if (typeof amount === 'string') continue
    const event = eventOf(edge.to, edge.record)
    // Several PRODUCE records of one operation: what was consumed went in once.
    const isTold = edge.produced !== null && event?.inputs.some(({ from }) => from === edge.from)
    if (event !== undefined && isTold !== true) event.inputs.push({ from: edge.from, amount })
  }
  return [...events.values()].sort(
    (left, right) => effective(left.record) - effective(right.record) || left.record.sequence - right.record.sequence,
  )
}

const withdraw = (content: Content, quantity: bigint): void => {
  if (content.stock > 0n)
    content.weight =
      quantity >= content.stock ? zero : times(content.weight, ratio(content.stock - quantity, content.stock))
  content.stock -= quantity
}

/** More of a lot was counted than was known: it is of the same content. */
const recount = (content: Content, found: bigint): void => {
  content.weight =
    content.stock > 0n
      ? times(content.weight, ratio(content.stock + found, content.stock))
      : plus(content.weight, ratio(found))
  content.stock += found
}

/**
 * Goes through the records of some lots in the order of (effective time, sequence) and says how the content of each was
 * mixed. What goes in mixes well with what is there; what goes out takes of everything alike. What was consumed into a
 * lot is what it is made of; its production then only says how much it became. Without such inputs, what is received or
 * produced comes from nowhere: from the lot itself.
 */
export const mixingsOf = function* (facts: FoldFacts, amountOf: AmountOf): Generator<Mixing, void, unknown> {
  const events = eventsOf(facts, amountOf)
  const fed = new Set(
    events
      .filter(({ inputs, record }) => inputs.length > 0 && record.lotRecordType === 'CONSUME')
      .map(({ lot }) => lot),
  )
  const contents = new Map<Key, Content>()
  for (const { lot, record, inputs, change } of events) {
    const content = contents.get(lot) ?? { stock: 0n, weight: zero }
    contents.set(lot, content)
    if (change < 0) withdraw(content, BigInt(-change))
    for (const { from, amount } of inputs) {
      content.weight = plus(content.weight, amount)
      yield { into: lot, from, part: over(amount, content.weight) }
    }
    if (change <= 0) continue
    const gained = BigInt(change)
    if (record.lotRecordType === 'EDIT') recount(content, gained)
    else {
      content.stock += gained
      if (inputs.length > 0 || (record.lotRecordType === 'PRODUCE' && fed.has(lot))) continue
      content.weight = plus(content.weight, ratio(gained))
      yield { into: lot, from: null, part: over(ratio(gained), content.weight) }
    }
  }
}
