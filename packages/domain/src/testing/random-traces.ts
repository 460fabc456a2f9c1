import { Effect, Result } from 'effect'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { TraceView } from '../trace/trace-view.ts'
import type { RecordView } from '../views/record-view.ts'
import { at } from './clock.ts'
import { makePlant, type Plant, type StoreUnderTest } from './fixtures.ts'
import { added, type Fraction, fraction, type NaiveRecord, naiveEdges, naiveReach, naiveShares } from './naive-trace.ts'
import { judgeRecalls } from './random-recalls.ts'

const names = ['A', 'B', 'C', 'D', 'E'] as const

const step = fc.record({
  type: fc.constantFrom<(LotRecordType | 'REVERSE' | 'MEMO')[]>(
    ...([
      'RECEIVE',
      'RECEIVE',
      'CONSUME',
      'CONSUME',
      'CONSUME',
      'CONSUME',
      'PRODUCE',
      'PRODUCE',
      'MERGE',
      'MERGE',
    ] as const),
    ...(['SPLIT', 'UNCONSUME', 'UNCONSUME', 'SCRAP', 'EDIT', 'REVERSE', 'MEMO'] as const),
  ),
  lot: fc.constantFrom(...names),
  other: fc.constantFrom(...names),
  alone: fc.boolean(),
  quantity: fc.integer({ min: 1, max: 9 }),
  day: fc.integer({ min: 2, max: 8 }),
  operation: fc.constantFrom(null, null, 1, 2),
  which: fc.nat({ max: 100 }),
})
type Step = typeof step extends fc.Arbitrary<infer A> ? A : never

const exact = (text: string): Fraction => {
  const [numerator = '0', denominator = '1'] = text.split('/')
  return fraction(BigInt(numerator), BigInt(denominator))
}

/** Plays some steps among lots of a material of their own; what the rules refuse does not happen. */
const play = async (plant: Plant, history: number, steps: readonly Step[]) => {
  const path = `Trace/${history}`
  const operationOf = (operation: number): string =>
    `01JE6F0CE9T94PZD8RTH${String(2 * history + operation).padStart(6, '0')}`
  const { inventory, ada, done, result } = plant
  const { id: materialId } = await done(inventory.saveMaterial({ path, unitOfMeasureSymbol: 'kg' }, ada))
  const lots = new Map<string, string>()
  for (const name of names) lots.set(name, await plant.lot(name, { materialId: materialId ?? '' }))
  const { line } = plant.location
  const written: RecordView[] = []
  const takes = new Map<string, string>()
  for (const [index, { type, lot, other, alone, quantity, day, operation, which }] of steps.entries()) {
    const some = written[which % Math.max(1, written.length)]
    if (type === 'REVERSE') {
      if (some !== undefined) await result(inventory.reverseLotRecord({ id: some.id }, ada))
      continue
    }
    const kind = type === 'MEMO' ? 'CONSUME' : type
    const consumed = written.filter(({ lotRecordType }) => lotRecordType === 'CONSUME')
    const taken = consumed[which % Math.max(1, consumed.length)]
    if (kind === 'UNCONSUME' && taken === undefined) continue
    if (kind === 'SPLIT') lots.set(`S${index}`, await plant.lot(`S${index}`, { materialId: materialId ?? '' }))
    const secondary = kind === 'SPLIT' ? `S${index}` : other
    const joins = kind === 'SPLIT' || kind === 'MERGE' || (['CONSUME', 'PRODUCE'].includes(kind) && !alone)
    // A lot that goes into itself goes nowhere.
    if (joins && secondary === lot) continue
    const into = ['RECEIVE', 'PRODUCE', 'UNCONSUME'].includes(kind)
    const id = kind === 'UNCONSUME' ? taken?.inventoryLotId : lots.get(lot)
    const saved = await result(
      plant.saving(kind, id ?? '', {
        quantity: type === 'MEMO' ? null : kind === 'EDIT' && alone ? -quantity : quantity,
        startDate: at(kind === 'UNCONSUME' ? 9 : day),
        operationId: kind === 'UNCONSUME' || operation === null ? null : operationOf(operation),
        ...(into ? { destinationLocationId: line } : { sourceLocationId: line }),
        ...(joins && { secondaryInventoryLotId: lots.get(secondary) }),
        ...(kind === 'UNCONSUME' && { consumeRecordId: taken?.id }),
      }),
    )
    if (Result.isFailure(saved)) continue
    written.push(saved.success)
    if (kind === 'UNCONSUME') takes.set(saved.success.id ?? '', taken?.id ?? '')
  }
  const records: RecordView[] = []
  for (const { id } of written) records.push(await done(inventory.getInventoryLotRecord(id ?? '', ada)))
  const backOf = (consumption: string | null): number =>
    records
      .filter(({ id, reversedBy }) => reversedBy === null && takes.get(id ?? '') === consumption)
      .reduce((sum, { quantity }) => sum + (quantity ?? 0), 0)
  const ordered = records
    .map((record): NaiveRecord => ({ ...record, back: backOf(record.id) }))
    .sort(
      (left, right) => left.startDate.localeCompare(right.startDate) || (left.sequence ?? 0) - (right.sequence ?? 0),
    )
  return { lots, ordered }
}

/** Everything that must hold of the traces of all lots of a history. */
const judge = (records: readonly NaiveRecord[], traces: ReadonlyMap<string, TraceView>): void => {
  const edges = naiveEdges(records)
  const madeOf = naiveShares(records)
  const reachedFrom = (lot: string, side: 'ANCESTOR' | 'DESCENDANT') =>
    new Map(
      traces
        .get(lot)
        ?.nodes.filter(({ reach }) => reach === side)
        .map((node) => [node.lotName, node]),
    )
  for (const [lot, trace] of traces) {
    expect(trace).toMatchObject({ truncated: false, sharesLeftOut: null })
    const [up, down] = [reachedFrom(lot, 'ANCESTOR'), reachedFrom(lot, 'DESCENDANT')]
    expect(new Set(up.keys())).toEqual(naiveReach(edges, lot, 'up'))
    expect(new Set(down.keys())).toEqual(naiveReach(edges, lot, 'down'))
    for (const other of up.keys()) expect(reachedFrom(other, 'DESCENDANT').has(lot)).toBe(true)
    for (const other of down.keys()) expect(reachedFrom(other, 'ANCESTOR').has(lot)).toBe(true)

    const ids = new Map(trace.nodes.map(({ lotId, lotName }) => [lotId, lotName]))
    const show = (from: string | undefined, to: string | undefined, quantity: number | null, inferred: boolean) =>
      `${from} ${to} ${quantity} ${inferred}`
    const near = new Set([lot, ...up.keys()])
    const far = new Set([lot, ...down.keys()])
    const walked = edges.filter(({ from, to }) => (near.has(from) && near.has(to)) || (far.has(from) && far.has(to)))
    expect(trace.edges.map((e) => show(ids.get(e.source), ids.get(e.target), e.quantity, e.inferred)).sort()).toEqual(
      walked.map((e) => show(e.from, e.to, e.quantity, e.inferred)).sort(),
    )

    const { through, origins } = madeOf(lot)
    const shown = (part: Fraction | undefined): string => {
      const [n, d] = part ?? [0n, 1n]
      return d === 1n ? `${n}` : `${n}/${d}`
    }
    for (const [other, node] of up) {
      expect(node.shareExact ?? '0').toBe(shown(through.get(other)))
      expect(node.originShareExact ?? '0').toBe(shown(origins.get(other)))
    }
    for (const [other, node] of down) expect(node.shareExact ?? '0').toBe(shown(madeOf(other).through.get(lot)))
    const parts = trace.nodes.filter(({ reach }) => reach !== 'DESCENDANT')
    const sum = parts.reduce((all, node) => added(all, exact(node.originShareExact ?? '0')), [0n, 1n] as Fraction)
    expect(sum).toEqual([1n, 1n])
  }
}

/** The JSON of a trace, as it is sent. */
const jsonOf = async (plant: Plant, id: string, query: object): Promise<string> => {
  const pieces = await plant.done(plant.inventory.traceLotJson(id, query, plant.ada))
  const decoder = new TextDecoder()
  return Array.from(pieces, (piece) => decoder.decode(piece, { stream: true })).join('')
}

/** A basic trace is the full one without what it leaves out, as objects and as JSON, whatever limits are given. */
const judgeBasic = async (plant: Plant, id: string, steps: readonly Step[]): Promise<void> => {
  const { day = 5, quantity = 1, which = 1 } = steps[0] ?? {}
  const depth = 1 + (which % 3)
  const direction = quantity % 2 === 0 ? 'ANCESTORS' : 'DESCENDANTS'
  for (const query of [{}, { direction, depth }, { limit: 1 + (quantity % 5), asOf: at(day) }]) {
    const full = await plant.done(plant.inventory.traceLot(id, query, plant.ada))
    const basic = await plant.done(plant.inventory.traceLotBasic(id, query, plant.ada))
    const { lotId, direction, depth, asOf, truncated } = full
    expect(basic).toEqual({
      ...{ lotId, direction, depth, asOf, truncated },
      nodes: full.nodes.map(({ lotId, reach, depth, terminal }) => ({ lotId, reach, depth, terminal })),
      edges: full.edges.map(({ source, target, lotRecordType, recordIds, unitOfMeasureSymbol, quantity }) => ({
        ...{ source, target, lotRecordType, recordIds, unitOfMeasureSymbol, quantity },
      })),
    })
    expect(await jsonOf(plant, id, { ...query, detail: 'BASIC' })).toBe(JSON.stringify(basic))
  }
}

/** Random ledgers with splits, merges, blends, rework, take-backs and reversals: every trace is the naive one. */
export const checkRandomTraces = async (
  makeStore: () => Promise<StoreUnderTest>,
  { runs: numRuns, seed }: { readonly runs: number; readonly seed?: number },
): Promise<void> => {
  const plant = await makePlant(await makeStore())
  await plant.setPolicy('permissive')
  let histories = 0
  const property = fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
    histories += 1
    const { lots, ordered } = await play(plant, histories, steps)
    const traces = new Map<string, TraceView>()
    for (const [name, id] of lots) {
      const trace = await plant.done(plant.inventory.traceLot(id, {}, plant.ada))
      const text = await jsonOf(plant, id, {})
      expect(text).toBe(JSON.stringify(trace))
      traces.set(name, trace)
      await judgeBasic(plant, id, steps)
    }
    judge(ordered, traces)
    await judgeRecalls(plant, traces)
  })
  await fc.assert(property, { numRuns, ...(seed !== undefined && { seed }) })
  expect((await Effect.runPromise(plant.store.verify())).mismatches).toEqual([])
  await plant.close()
}
