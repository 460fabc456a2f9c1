import { one, type Ratio, ratio, times } from '../quantity/ratio.ts'
import { type Conversions, factorBetween } from '../quantity/unit-conversion.ts'
import type { Edge, Key, LotPosting, TracedLot, TracedRecord } from './questions.ts'
import { primaryIsSource } from './trace-link.ts'

/** What a fold is made from: some lots, every edge into them, and all that was posted to them. */
export interface FoldFacts {
  readonly lots: ReadonlyMap<Key, TracedLot>
  readonly records: ReadonlyMap<Key, TracedRecord>
  readonly edges: readonly Edge[]
  readonly postings: readonly LotPosting[]
  readonly conversions: Conversions
}

/**
 * What an edge adds to its lot, in millionths of that lot's unit. `uncounted`: a memo, or told a second time.
 * `otherDimension`: no exact factor leads to the lot's unit, so it is in no share.
 */
export type AmountOf = (edge: Edge) => Ratio | 'uncounted' | 'otherDimension'

/** Makes the function that says what each of some edges adds. */
export const amounts = (facts: FoldFacts): AmountOf => {
  const { lots, records, conversions } = facts
  const factors = new Map<string, Ratio | undefined>()
  const factorOf = (from: TracedLot['lot'], to: TracedLot['lot']): Ratio | undefined => {
    if (from.unitOfMeasureId === to.unitOfMeasureId) return one
    const key = `${from.unitOfMeasureId} ${to.unitOfMeasureId} ${from.materialId}`
    if (!factors.has(key)) {
      const factor = factorBetween(conversions, from.unitOfMeasureId, to.unitOfMeasureId, from.materialId)
      factors.set(key, 'why' in factor ? undefined : factor)
    }
    return factors.get(key)
  }
  const joint = (edge: Edge): string => `${edge.from} ${edge.to} ${records.get(edge.record)?.operationId}`
  const isConsumption = (edge: Edge): boolean => records.get(edge.record)?.lotRecordType === 'CONSUME'
  // By the PRODUCE records of an operation: what it is known to have consumed into what they produced.
  const inferred = new Set(
    facts.edges.filter((edge) => edge.quantity !== null).map((edge) => `${edge.from} ${edge.produced}`),
  )
  const consumed = new Set(facts.edges.filter((edge) => edge.quantity !== null && isConsumption(edge)).map(joint))

  return (edge) => {
    const [from, to, record] = [lots.get(edge.from), lots.get(edge.to), records.get(edge.record)]
    if (from === undefined || to === undefined || record === undefined || edge.quantity === null) return 'uncounted'
    // Consumption and production of one step are told twice: what was consumed is what counts.
    const isToldTwice = consumed.has(joint(edge)) || inferred.has(`${edge.from} ${edge.record}`)
    if (record.lotRecordType === 'PRODUCE' && isToldTwice) return 'uncounted'
    const factor = factorOf(from.lot, to.lot)
    if (factor === undefined) return 'otherDimension'
    const quantity = ratio(BigInt(edge.quantity))
    return primaryIsSource(record.lotRecordType) ? times(quantity, factor) : quantity
  }
}
