import { Effect } from 'effect'
import { whyInvalid } from '../actions/action.ts'
import { readUlid, showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Caller, TraceFunctions, TraceTexts } from '../inventory.ts'
import { findLot, findMaterial } from '../known.ts'
import { NotFound, nameAlone, type Refusal } from '../refusals.ts'
import { Violations } from '../request.ts'
import type { LotRef } from '../scope.ts'
import type { Instant } from '../time/instant.ts'
import { traceLotBasic } from '../trace/basic-trace.ts'
import { lotTraceGraph, lotTraceGraphShape, lotTraceRow, lotTraceTableShape } from '../trace/documented.ts'
import type { Walk } from '../trace/questions.ts'
import { traceLot, traceLotBytes } from '../trace/trace-lot.ts'
import { largestTrace, lotToTrace, readTraceQuery, type TraceQuery } from '../trace/trace-request.ts'
import type { TraceView } from '../trace/trace-view.ts'
import type { LotView } from '../views/lot-view.ts'
import type { RecordView } from '../views/record-view.ts'
import { viewOfLot } from './answers.ts'
import { type Calls, read } from './calls.ts'

/** The functions that say where lots came from and where they went. */
export const traceFunctions = ({ store, now, permitted }: Calls): TraceFunctions & TraceTexts => {
  const refuse = (violations: Violations): Effect.Effect<void, Refusal> => {
    const invalid = whyInvalid(violations)
    return invalid === undefined ? Effect.void : Effect.fail<Refusal>(invalid)
  }

  type Traces<A> = (lot: LotRef, query: TraceQuery, now: Instant) => Walk<A | undefined>
  const traced = <A>(walk: Traces<A>, idOrName: string, query: TraceQuery): Effect.Effect<A, Refusal> => {
    const lot = lotToTrace(idOrName, query.material)
    if (lot === undefined) return Effect.fail<Refusal>(nameAlone(idOrName))
    return Effect.flatMap(
      store.trace(() => walk(lot, query, now())),
      (trace): Effect.Effect<A, Refusal> =>
        trace === undefined ? Effect.fail(new NotFound({ kind: 'lot', idOrName })) : Effect.succeed(trace),
    )
  }

  const asked =
    <A>(walk: Traces<A>) =>
    (idOrName: string, input: unknown, caller: Caller): Effect.Effect<A, Refusal> =>
      Effect.gen(function* () {
        yield* permitted(caller, read)
        const { request, violations } = readTraceQuery(input)
        yield* refuse(violations)
        return yield* traced(walk, idOrName, request)
      })

  const descriptionsOf = (trace: TraceView): Effect.Effect<ReadonlyMap<string, string | null>, Refusal> => {
    const ids = [...new Set(trace.nodes.map(({ materialId }) => materialId))]
    const materials = ids.map((id) => ({ id: readUlid(id) as Ulid }))
    return store.view(
      { materials },
      (known) =>
        new Map(materials.map((ref) => [showUlid(ref.id), findMaterial(known, ref)?.description ?? null] as const)),
    )
  }

  /** The records in the order asked for; one that is not there is a violation. */
  const recordsOf = (ids: readonly Ulid[]): Effect.Effect<readonly RecordView[], Refusal> =>
    Effect.gen(function* () {
      const violations = new Violations()
      const records: RecordView[] = []
      for (const id of ids) {
        const record = yield* store.recordById(id)
        if (record === undefined) violations.add('inventoryLotRecordIds', `no lot record has the id ${showUlid(id)}`)
        else records.push(record)
      }
      yield* refuse(violations)
      return records
    })

  return {
    traceLot: asked(traceLot),
    traceLotBasic: asked(traceLotBasic),
    traceLotJson: asked(traceLotBytes),
    getLotTraceGraph: (input, caller) =>
      Effect.gen(function* () {
        yield* permitted(caller, read)
        const { request, violations } = lotTraceGraphShape.decode(input)
        yield* refuse(violations)
        const query: TraceQuery = {
          direction: request.direction === 'INPUT' ? 'ANCESTORS' : 'DESCENDANTS',
          depth: request.depth ?? 1,
          asOf: null,
          limit: largestTrace,
          format: 'JSON',
          detail: 'FULL',
          material: null,
        }
        const trace = yield* traced(traceLot, request.rootNodeId ?? '', query)
        return lotTraceGraph(trace, yield* descriptionsOf(trace))
      }),
    getLotTraceTable: (input, caller) =>
      Effect.gen(function* () {
        yield* permitted(caller, read)
        const { request, violations } = lotTraceTableShape.decode(input)
        yield* refuse(violations)
        const records = yield* recordsOf(request.inventoryLotRecordIds ?? [])
        const others = records
          .map(({ secondaryInventoryLotId: id }) => (id === null ? undefined : readUlid(id)))
          .filter((id) => id !== undefined)
        const lots = yield* store.view({ lots: others.map((id) => ({ id })) }, (known) => {
          const views = new Map<string | null, LotView>()
          for (const id of others) {
            const item = findLot(known, { id })
            if (item !== undefined) views.set(showUlid(id), viewOfLot(known, item, now()))
          }
          return views
        })
        return records.map((record) => lotTraceRow(record, lots.get(record.secondaryInventoryLotId)))
      }),
  }
}
