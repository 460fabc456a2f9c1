import type { Ulid } from '../identifiers/ulid.ts'
import type { Lot } from '../lot/lot.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { Material, Unit, UnitConversion } from '../master-data/master-data.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { RecallQuestions } from '../recall/recall-questions.ts'
import type { LotRef } from '../scope.ts'
import type { Instant } from '../time/instant.ts'

/**
 * A store's own number of a lot: it grows in the order in which lots were made. Records have such numbers too, in the
 * order in which they were first written. They mean nothing outside one walk.
 */
export type Key = number

/** Which way the walk goes: to what a lot was made of, or to what it went into. */
export type Side = 'up' | 'down'

/** One lot went into another. */
export interface Edge {
  readonly from: Key
  readonly to: Key
  readonly record: Key
  /** Inferred: the PRODUCE record of the same operation; `record` is then the CONSUME record. */
  readonly produced: Key | null
  /** What was not taken back, in millionths of the unit of the record's primary lot; null = a memo. */
  readonly quantity: Quantity | null
}

/** Edges of some lots, a list for each part of them, and where to go on where there are more. */
export interface EdgePage {
  /** The places of the lots in the list that was asked for. */
  readonly places: readonly number[]
  /** The lots at the other ends. */
  readonly others: readonly Key[]
  readonly records: readonly Key[]
  readonly quantities: readonly (Quantity | null)[]
  /** Null where this was all. */
  readonly next: EdgeCursor | null
}

/** The place of an edge among those of a list of lots: the lot's place in the list, the lot at the other end, the record. */
export type EdgeCursor = readonly [place: number, other: Key, record: Key]

/** Inferred edges of some lots, and where to go on where there are more. */
export interface InferredPage {
  readonly edges: readonly Edge[]
  /** Null where this was all. */
  readonly next: InferredCursor | null
}

/** The place of an inferred edge: as of an edge, and the PRODUCE record. */
export type InferredCursor = readonly [...EdgeCursor, produced: Key]

/** A lot as the trace shows it. Quantities in millionths of the lot's unit. */
export interface TracedLot {
  readonly key: Key
  readonly lot: Pick<
    Lot,
    'id' | 'name' | 'status' | 'materialId' | 'unitOfMeasureId' | 'totalQuantity' | 'expirationDate'
  >
  readonly material: Pick<Material, 'path' | 'description'>
  readonly unit: Pick<Unit, 'symbol'>
  readonly onHand: Quantity
}

/** A record as the trace shows it. */
export interface TracedRecord {
  readonly key: Key
  readonly id: Ulid
  readonly lotRecordType: LotRecordType
  readonly startDate: Instant
  readonly endDate: Instant | null
  readonly operationId: Ulid | null
  /** The sequence at which it posted; 0 for a memo. */
  readonly sequence: number
}

/** What tells lots apart, and the symbols of their units, in the order in which they were asked for. */
export interface LotColumns {
  /** Their ids, one after the other: 26 characters each. */
  readonly ids: string
  readonly units: readonly string[]
}

/** What the trace shows of many records, in the order in which they were asked for. */
export interface RecordColumns {
  /** Their ids, one after the other: 26 characters each. */
  readonly ids: string
  readonly types: readonly LotRecordType[]
  /** Like `endDates` empty where they were not asked for. */
  readonly startDates: readonly Instant[]
  readonly endDates: readonly (Instant | null)[]
}

/** What a live record put into a lot or took out of it, all its versions and places together. An UNCONSUME has none. */
export interface LotPosting {
  readonly lot: Key
  readonly record: Key
  /** Signed; never zero. A CONSUME counts without what was taken back. */
  readonly quantity: Quantity
}

/** What a walk may ask a store: the form of each question and of its answer. `asOf` leaves out what is effective later. */
export interface Questions extends RecallQuestions {
  /** The number of a lot; undefined where there is no such lot. */
  readonly key: { readonly ask: { readonly lot: LotRef }; readonly answer: Key | undefined }
  /** The edges of records that name both lots, in the order of the list, the other lots and the records. */
  readonly edges: {
    readonly ask: {
      readonly lots: readonly Key[]
      readonly side: Side
      readonly asOf: Instant | null
      readonly after: EdgeCursor | null
    }
    readonly answer: EdgePage
  }
  /** The inferred edges, in the same order. */
  readonly inferred: {
    readonly ask: {
      readonly lots: readonly Key[]
      readonly side: Side
      readonly asOf: Instant | null
      readonly after: InferredCursor | null
    }
    readonly answer: InferredPage
  }
  /** With `asOf` their status, expiration, total and stock are those of then. */
  readonly lots: {
    readonly ask: { readonly lots: readonly Key[]; readonly asOf: Instant | null }
    readonly answer: readonly TracedLot[]
  }
  readonly records: { readonly ask: { readonly records: readonly Key[] }; readonly answer: readonly TracedRecord[] }
  /** Of many at once, each of which is there. */
  readonly lotColumns: { readonly ask: { readonly lots: readonly Key[] }; readonly answer: LotColumns }
  /** Of many at once, each of which is there. */
  readonly recordColumns: {
    readonly ask: { readonly records: readonly Key[]; readonly dates: boolean }
    readonly answer: RecordColumns
  }
  readonly postings: {
    readonly ask: { readonly lots: readonly Key[]; readonly asOf: Instant | null }
    readonly answer: readonly LotPosting[]
  }
  /** Those that are enabled. */
  readonly conversions: {
    readonly ask: object
    readonly answer: readonly Pick<
      UnitConversion,
      'id' | 'fromUnitId' | 'toUnitId' | 'numerator' | 'denominator' | 'materialId'
    >[]
  }
  /** Nothing is asked: others get their turn. */
  readonly pause: { readonly ask: object; readonly answer: undefined }
}

/** The name of a question. */
export type QuestionKind = keyof Questions

/** A question with what it asks for. */
export type Question = { readonly [K in QuestionKind]: { readonly kind: K } & Questions[K]['ask'] }[QuestionKind]

/**
 * Work that asks a store one question after another and is given the answers. A store runs it at one moment of the
 * ledger and lets others work between two questions.
 */
export type Walk<A> = Generator<Question, A, unknown>

/** Asks one question. The one place where answers get their type. */
export function* ask<K extends QuestionKind>(
  kind: K,
  question: Questions[K]['ask'],
): Generator<Question, Questions[K]['answer'], unknown> {
  return (yield { kind, ...question } as Question) as Questions[K]['answer']
}

/** A store's answers, one function for each question. */
export type Answers = { readonly [K in QuestionKind]: (question: Questions[K]['ask']) => Questions[K]['answer'] }

/** Runs a walk to its end with answers that are there at once. */
export const runWalk = <A>(walk: Walk<A>, answers: Answers): A => {
  let step = walk.next()
  while (step.done !== true) {
    const answer = answers[step.value.kind] as (question: Question) => unknown
    step = walk.next(answer(step.value))
  }
  return step.value
}
