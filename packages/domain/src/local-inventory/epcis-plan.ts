import { Effect } from 'effect'
import { whyInvalid } from '../actions/action.ts'
import { type EpcisQuery, readEpcisQuery } from '../epcis/export-request.ts'
import { unitCode } from '../epcis/units.ts'
import type { EpcisPlan, GivenBack } from '../epcis.ts'
import { readUlid, showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Caller } from '../inventory.ts'
import { findLot } from '../known.ts'
import { netTakeBacks } from '../lot-record/take-back.ts'
import type { Unit } from '../master-data/master-data.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { largestPage } from '../queries/paging.ts'
import { NotFound, type Refusal, ValidationFailed } from '../refusals.ts'
import type { LotRef } from '../scope.ts'
import type { Page, Paging, RecordQuery } from '../store.ts'
import { traceLotBasic } from '../trace/basic-trace.ts'
import { largestTrace } from '../trace/trace-request.ts'
import type { RecordView } from '../views/record-view.ts'
import { type Calls, read } from './calls.ts'

/** How many records the lots of a trace may have together: more are asked for as a period. */
export const mostTracedRecords = 200_000

/** Which records are told at all: what posted and takes nothing back. */
export const told = { posted: true, isReversal: false, limit: largestPage } as const

const refuse = (field: string, message: string) =>
  Effect.fail<Refusal>(new ValidationFailed({ violations: { [field]: [message] } }))

const idOf = (shown: string | null): Ulid => readUlid(shown ?? '') as Ulid

/** All pages of a list. */
const wholeList = <A>(
  page: (paging: Paging) => Effect.Effect<Page<A>, Refusal>,
): Effect.Effect<readonly A[], Refusal> =>
  Effect.gen(function* () {
    const all: A[] = []
    let after: string | null = null
    do {
      const found: Page<A> = yield* page({ limit: largestPage, after })
      all.push(...found.items)
      after = found.next
    } while (after !== null)
    return all
  })

/** Reads what is asked of an export, and finds out what must be known before its first event. */
export const makePlanEvents = ({ store, now, permitted }: Calls) => {
  const recordsOf = (query: Omit<RecordQuery, keyof Paging>) =>
    wholeList((paging) => store.findRecords({ ...told, ...query, ...paging }))

  const lotsOf = ({ lot, direction, depth }: EpcisQuery): Effect.Effect<readonly Ulid[] | null, Refusal> =>
    Effect.gen(function* () {
      if (lot === null) return null
      const idOrName = 'id' in lot ? showUlid(lot.id) : lot.name
      const id = yield* store.view({ lots: [lot] }, (known) => findLot(known, lot)?.lot.id)
      if (id === undefined) return yield* Effect.fail<Refusal>(new NotFound({ kind: 'lot', idOrName }))
      if (direction === null) return [id]
      const form = { format: 'JSON', detail: 'BASIC' } as const
      const query = { direction, depth, asOf: null, limit: largestTrace, material: null, ...form }
      const trace = yield* store.trace(() => traceLotBasic({ id }, query))
      if (trace?.truncated === true)
        return yield* refuse('depth', `must be given, or less: the trace has more than ${largestTrace} lots`)
      return trace?.nodes.map(({ lotId }) => idOf(lotId)) ?? [id]
    })

  const wordless = (units: Iterable<Pick<Unit, 'symbol' | 'name'>>): Effect.Effect<void, Refusal> => {
    const without = [...units].filter(({ symbol, name }) => unitCode(symbol, name) === undefined)
    if (without.length === 0) return Effect.void
    const names = without.map(({ symbol, name }) => `${symbol} (${name})`).join(', ')
    return refuse(
      '(root)',
      `no code of UN/ECE Recommendation 20 is known for the unit ${names}: give the unit a symbol or name of the table in docs/reference/epcis.md, or the code itself`,
    )
  }

  /** Every unit that a lot is kept in has a code, or nothing is told: a number without its unit would be read as pieces. */
  const judgeUnits = (lots: readonly Ulid[] | null): Effect.Effect<void, Refusal> =>
    Effect.gen(function* () {
      if (lots !== null) {
        const refs = lots.map((id) => ({ id }))
        return yield* wordless(
          yield* store.view({ lots: refs }, (known) => {
            const ids = new Set(refs.map((ref) => findLot(known, ref)?.lot.unitOfMeasureId))
            return [...known.units.values()].filter(({ id }) => ids.has(id))
          }),
        )
      }
      const units = yield* wholeList(store.findUnits)
      const used: (typeof units)[number][] = []
      for (const unit of units) {
        if (unitCode(unit.symbol, unit.name) !== undefined) continue
        const filter = { field: 'unitOfMeasureId', condition: 'EQUALS', values: [idOf(unit.id)] } as const
        const { total } = yield* store.searchLots({ filters: [filter], sort: [], limit: 1, offset: 0, now: now() })
        if (total > 0) used.push(unit)
      }
      yield* wordless(used)
    })

  const placeOf = (id: Ulid): Effect.Effect<string | null, Refusal> =>
    Effect.map(store.recordById(id), (record) => record?.sourceLocationId ?? null)

  const givingBackOf = (unconsumes: readonly RecordView[]) =>
    Effect.gen(function* () {
      const givenBack = new Map<Ulid, GivenBack[]>()
      const elsewhere = new Map<Ulid, string | null>()
      for (const record of unconsumes) {
        const id = idOf(record.id)
        const takesBack = yield* store.view({ records: [id] }, ({ records }) =>
          netTakeBacks(records.get(id)?.takesBack ?? []),
        )
        const places = new Set<string | null>()
        for (const { consumeRecordId } of takesBack) places.add(yield* placeOf(consumeRecordId))
        if (places.size !== 1 || !places.has(record.destinationLocationId)) {
          const [only] = takesBack
          elsewhere.set(id, takesBack.length === 1 && only !== undefined ? showUlid(only.consumeRecordId) : null)
          continue
        }
        const reversal = record.reversedBy === null ? undefined : yield* store.recordById(idOf(record.reversedBy))
        for (const { consumeRecordId, quantity } of takesBack) {
          const since = record.modifiedDate ?? record.createdDate
          const own = givenBack.get(consumeRecordId) ?? []
          own.push({ since, quantity: showQuantity(quantity) })
          if (reversal !== undefined) own.push({ since: reversal.createdDate, quantity: showQuantity(0 - quantity) })
          givenBack.set(consumeRecordId, own)
        }
      }
      return { givenBack, elsewhere }
    })

  /** The records of several lots, each once, in the order in which they were first written. */
  const inOrder = (lots: readonly Ulid[], query: Omit<RecordQuery, keyof Paging>) =>
    Effect.gen(function* () {
      const sequences = new Map<Ulid, number>()
      for (const lot of lots)
        for (const { id, version, sequence } of yield* recordsOf({ ...query, lot: { id: lot } })) {
          const record = idOf(id)
          if (sequences.has(record)) continue
          const first = version === 1 ? sequence : (yield* store.recordVersions(record))[0]?.sequence
          sequences.set(record, first ?? 0)
          if (sequences.size > mostTracedRecords)
            return yield* refuse('direction', `must be left out: the lots have more than ${mostTracedRecords} records`)
        }
      return [...sequences].sort(([, left], [, right]) => left - right).map(([id]) => id)
    })

  return (input: unknown, caller: Caller): Effect.Effect<EpcisPlan, Refusal> =>
    Effect.gen(function* () {
      yield* permitted(caller, read)
      const { request, violations } = readEpcisQuery(input)
      const invalid = whyInvalid(violations)
      if (invalid !== undefined) return yield* Effect.fail<Refusal>(invalid)
      const { from, to, base } = request
      const lots = yield* lotsOf(request)
      yield* judgeUnits(lots)
      const period = { ...(from !== null && { from }), ...(to !== null && { to }) }
      const unconsumes: RecordView[] = []
      for (const id of lots ?? [null]) {
        const ofLot: { readonly primaryLot?: LotRef } = id === null ? {} : { primaryLot: { id } }
        unconsumes.push(...(yield* recordsOf({ lotRecordType: ['UNCONSUME'], ...ofLot })))
      }
      const [lot] = lots ?? []
      const isOne = lots?.length === 1 && lot !== undefined
      return {
        base,
        lot: isOne ? lot : null,
        records: lots === null || isOne ? null : yield* inOrder(lots, period),
        from,
        to,
        ...(yield* givingBackOf(unconsumes)),
      }
    })
}
