import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import { readUlid, type Ulid } from '../../identifiers/ulid.ts'
import { ask } from '../../trace/questions.ts'
import { reach } from '../../trace/reach.ts'
import { at } from '../clock.ts'
import type { Fields, Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const operation = '01JE6F0CE9T94PZD8RTH9J01TJ'

/** Short words for a plant whose lots go into each other. Everything lies at the line. */
const tracing = (plant: Plant) => {
  const { line } = plant.location
  const lots = new Map<string, string>()
  const idOf = (name: string): string => lots.get(name) ?? ''
  const nameOf = (id: string): string => [...lots].find(([, other]) => other === id)?.[0] ?? id
  const made = async (name: string, stock: number, setup: Parameters<Plant['lot']>[1] = {}) => {
    lots.set(name, await plant.lot(name, setup))
    if (stock > 0) await plant.receive(idOf(name), stock, 2, line)
  }
  const consumed = (from: string, into: string | null, quantity: number | null, fields: Fields = {}) =>
    plant.save('CONSUME', idOf(from), {
      quantity,
      sourceLocationId: line,
      startDate: at(3),
      ...(into !== null && { secondaryInventoryLotId: idOf(into) }),
      ...fields,
    })
  const produced = (name: string, quantity: number | null, fields: Fields = {}) =>
    plant.save('PRODUCE', idOf(name), { quantity, destinationLocationId: line, startDate: at(4), ...fields })
  const traced = (name: string, query: Fields = {}) =>
    plant.done(plant.inventory.traceLot(idOf(name), query, plant.ada))
  /** The lots that were reached, with their shares; the lot itself left out. */
  const reached = async (name: string, direction: string, query: Fields = {}) => {
    const { nodes } = await traced(name, { direction, ...query })
    return Object.fromEntries(nodes.slice(1).map(({ lotName, shareExact }) => [lotName, shareExact]))
  }
  const edges = async (name: string, query: Fields = {}) =>
    (await traced(name, query)).edges.map(({ source, target, quantity }) => [nameOf(source), nameOf(target), quantity])
  return { line, idOf, made, consumed, produced, traced, reached, edges }
}

const stage = async (makeStore: MakeStore) => {
  const plant = await withPlant(makeStore)
  return { plant, ...tracing(plant) }
}

/** A campaign: one lot consumed `times` in an operation that produced as many lots as `names`. One consumption is taken back. */
const campaign = async (makeStore: MakeStore, times: number, names: readonly string[]) => {
  const { plant, line, idOf, made, consumed, produced } = await stage(makeStore)
  await made('A', times)
  for (const name of names) await made(name, 0)
  const operationId = { operationId: operation }
  const first = await consumed('A', null, 1, operationId)
  for (let time = 1; time < times; time += 1) await consumed('A', null, 1, operationId)
  for (const name of names) await produced(name, 1, operationId)
  await plant.save('UNCONSUME', idOf('A'), {
    ...{ quantity: 1, startDate: at(5), destinationLocationId: line, consumeRecordId: first.id },
  })
  return { plant, idOf }
}

/** Where lots came from and where they went. */
export const traceContract = (makeStore: MakeStore): void => {
  describe('a trace', () => {
    it('goes both ways with quantities, depths, ends and shares', async () => {
      const { plant, made, consumed, produced, traced, idOf } = await stage(makeStore)
      await made('A', 30)
      await made('B', 70)
      await made('P', 0)
      await made('Q', 0)
      const fromA = await consumed('A', 'P', 30)
      await consumed('B', 'P', 70)
      await produced('P', 90)
      await consumed('P', 'Q', 45, { startDate: at(5) })
      const trace = await traced('P')
      expect(trace).toMatchObject({ direction: 'BOTH', depth: null, truncated: false, sharesLeftOut: null })
      expect(
        trace.nodes.map(({ lotName, reach, depth, terminal, shareExact, originShareExact, onHand }) => [
          ...[lotName, reach, depth, terminal, shareExact, originShareExact, onHand],
        ]),
      ).toEqual([
        ['P', 'SELF', 0, false, '1', '0', 45],
        ['A', 'ANCESTOR', 1, true, '3/10', '3/10', 0],
        ['B', 'ANCESTOR', 1, true, '7/10', '7/10', 0],
        ['Q', 'DESCENDANT', 1, true, '1', null, 0],
      ])
      expect(trace.nodes[1]).toMatchObject({ share: 0.3, materialPath: 'Raw/Sugar', status: 'AVAILABLE' })
      expect(trace.terminalNodes).toEqual(['A', 'B', 'Q'].map(idOf))
      expect(trace.edges).toHaveLength(3)
      expect(trace.edges[0]).toEqual({
        source: idOf('A'),
        target: idOf('P'),
        lotRecordType: 'CONSUME',
        recordIds: [fromA.id],
        quantity: 30,
        unitOfMeasureSymbol: 'kg',
        startDate: at(3),
        endDate: null,
        inferred: false,
        memo: false,
      })
      const byName = await plant.done(plant.inventory.traceLot('P', { material: 'Raw/Sugar' }, plant.ada))
      expect(byName).toEqual(trace)
      expect((await traced('Q', { direction: 'ancestors', depth: 1 })).nodes).toMatchObject([
        { lotName: 'Q', terminal: false },
        { lotName: 'P', share: 1, originShare: 0, terminal: false, depth: 1 },
      ])
    })

    it('follows every type of record that joins two lots, in the direction of the material', async () => {
      const { plant, made, line, idOf, edges } = await stage(makeStore)
      for (const name of ['A', 'B', 'C', 'D']) await made(name, 100)
      await made('S', 0)
      const post = (type: Parameters<Plant['save']>[0], lot: string, other: string, fields: Fields) =>
        plant.save(type, idOf(lot), { secondaryInventoryLotId: idOf(other), startDate: at(5), quantity: 4, ...fields })
      const out = { sourceLocationId: line }
      const into = { destinationLocationId: line }
      await post('SPLIT', 'A', 'S', out)
      await post('MERGE', 'A', 'B', out)
      await post('RECEIVE', 'A', 'B', { ...out, ...into })
      await post('PRODUCE', 'A', 'C', into)
      for (const type of ['CONSUME', 'SCRAP', 'RETURN', 'SHIP'] as const) await post(type, 'A', 'D', out)
      expect(await edges('A', { direction: 'descendants' })).toEqual([
        ['A', 'D', 4],
        ['A', 'D', 4],
        ['A', 'D', 4],
        ['A', 'D', 4],
        ['A', 'S', 4],
      ])
      expect(await edges('A', { direction: 'ancestors' })).toEqual([
        ['B', 'A', 4],
        ['B', 'A', 4],
        ['C', 'A', 4],
      ])
    })

    it('shows a memo as a marked edge that counts in no share', async () => {
      const { made, consumed, traced, reached } = await stage(makeStore)
      await made('A', 10)
      await made('P', 5)
      await consumed('A', 'P', null)
      const { edges } = await traced('P')
      expect(edges).toMatchObject([{ memo: true, inferred: false, quantity: null }])
      expect(await reached('P', 'ancestors')).toEqual({ A: null })
      expect(await reached('A', 'descendants')).toEqual({ P: null })
    })

    it('shows nothing of a RUNNING record until it is COMPLETED', async () => {
      const { plant, made, consumed, reached } = await stage(makeStore)
      await made('A', 10)
      await made('P', 0)
      const running = await consumed('A', 'P', 4, { status: 'RUNNING' })
      expect(await reached('A', 'descendants')).toEqual({})
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: running.id, status: 'COMPLETED' }, plant.ada))
      expect(await reached('A', 'descendants')).toEqual({ P: '1' })
    })

    it('shows nothing of a cancelled record', async () => {
      const { plant, made, consumed, reached } = await stage(makeStore)
      await made('A', 10)
      await made('P', 0)
      const running = await consumed('A', 'P', 4, { status: 'RUNNING' })
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: running.id, status: 'CANCELLED' }, plant.ada))
      expect(await reached('A', 'descendants')).toEqual({})
      expect(await reached('P', 'ancestors')).toEqual({})
    })

    it('shows nothing of a reversed record, nor of its reversal', async () => {
      const { plant, made, consumed, reached, edges } = await stage(makeStore)
      await made('A', 10)
      await made('P', 0)
      const first = await consumed('A', 'P', 4)
      await consumed('A', 'P', 2)
      await plant.reverse(first)
      expect(await edges('A')).toEqual([['A', 'P', 2]])
      expect(await reached('A', 'descendants')).toEqual({ P: '1' })
    })

    it('shows what a corrected record says now, and a memo that was given other lots', async () => {
      const { plant, made, consumed, edges, idOf } = await stage(makeStore)
      await made('A', 10)
      await made('P', 0)
      await made('Q', 0)
      const record = await consumed('A', 'P', 4)
      const memo = await consumed('A', 'P', null)
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: record.id, quantity: 5 }, plant.ada))
      const other = { id: memo.id, secondaryInventoryLotId: idOf('Q') }
      await plant.done(plant.inventory.saveInventoryLotRecord(other, plant.ada))
      expect(await edges('A')).toEqual([
        ['A', 'P', 5],
        ['A', 'Q', null],
      ])
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: memo.id, enabled: false }, plant.ada))
      expect(await edges('A')).toEqual([['A', 'P', 5]])
    })

    it('takes back what an UNCONSUME took back, partly and wholly, and gives it again', async () => {
      const { plant, made, consumed, edges, reached, idOf, line } = await stage(makeStore)
      await made('A', 10)
      await made('B', 10)
      await made('P', 0)
      const record = await consumed('A', 'P', 6)
      await consumed('B', 'P', 6)
      const back = (quantity: number) =>
        plant.save('UNCONSUME', idOf('A'), {
          quantity,
          destinationLocationId: line,
          consumeRecordId: record.id,
          startDate: at(5),
        })
      await back(4)
      expect(await edges('A')).toEqual([['A', 'P', 2]])
      expect(await reached('P', 'ancestors')).toEqual({ A: '1/4', B: '3/4' })
      const rest = await back(2)
      expect(await edges('A')).toEqual([])
      expect(await reached('P', 'ancestors')).toEqual({ B: '1' })
      expect(await reached('P', 'ancestors', { asOf: at(4) })).toEqual({ A: '1/2', B: '1/2' })
      await plant.reverse(rest)
      expect(await edges('A')).toEqual([['A', 'P', 2]])
    })

    it('is cut at a moment', async () => {
      const { made, consumed, edges, reached } = await stage(makeStore)
      await made('A', 10)
      await made('B', 10)
      await made('P', 0)
      await consumed('A', 'P', 1, { startDate: at(3) })
      await consumed('B', 'P', 3, { startDate: at(5) })
      expect(await edges('P', { asOf: at(2) })).toEqual([])
      expect(await edges('P', { asOf: at(3) })).toEqual([['A', 'P', 1]])
      expect(await reached('P', 'ancestors', { asOf: at(4) })).toEqual({ A: '1' })
      expect(await reached('P', 'ancestors', { asOf: at(5) })).toEqual({ A: '1/4', B: '3/4' })
    })

    it('shows status, expiry, stock and total as they were at a moment, as objects and as JSON', async () => {
      const { plant, made, consumed, traced, line, idOf } = await stage(makeStore)
      await made('A', 30, { expirationDate: at(10) })
      await made('P', 0)
      await consumed('A', 'P', 12, { startDate: at(3) })
      await plant.save('RECEIVE', idOf('P'), { quantity: 5, destinationLocationId: line, startDate: at(4) })
      await plant.save('SHIP', idOf('P'), { quantity: 5, sourceLocationId: line, startDate: at(6) })
      await plant.changeStatus(idOf('A'), 'QA_HOLD')
      const shown = async (query: Fields) => {
        const trace = await traced('A', query)
        const pieces = await plant.done(plant.inventory.traceLotJson(idOf('A'), query, plant.ada))
        const decoder = new TextDecoder()
        const text = Array.from(pieces, (piece) => decoder.decode(piece, { stream: true })).join('')
        expect(JSON.parse(text)).toEqual(trace)
        return trace.nodes.map((node) => [
          ...[node.lotName, node.status, node.effectiveStatus, node.onHand, node.totalQuantity],
        ])
      }
      expect(await shown({ asOf: at(2) })).toEqual([['A', 'AVAILABLE', 'AVAILABLE', 30, 30]])
      expect(await shown({ asOf: at(3) })).toEqual([
        ['A', 'AVAILABLE', 'AVAILABLE', 18, 30],
        ['P', 'AVAILABLE', 'AVAILABLE', 0, 0],
      ])
      expect(await shown({ asOf: at(5) })).toEqual([
        ['A', 'AVAILABLE', 'AVAILABLE', 18, 30],
        ['P', 'AVAILABLE', 'AVAILABLE', 5, 5],
      ])
      expect(await shown({ asOf: at(10) })).toEqual([
        ['A', 'AVAILABLE', 'EXPIRED', 18, 30],
        ['P', 'SHIPPED', 'SHIPPED', 0, 5],
      ])
      expect(await shown({})).toEqual([
        ['A', 'QA_HOLD', 'EXPIRED', 18, 30],
        ['P', 'SHIPPED', 'SHIPPED', 0, 5],
      ])
      expect(await shown({ asOf: at(23) })).toEqual(await shown({}))
    })

    it('says when a limit cut it short, and then gives no shares that would be wrong', async () => {
      const { made, consumed, traced } = await stage(makeStore)
      await made('A', 10)
      for (const name of ['P', 'Q', 'R']) {
        await made(name, 0)
        await consumed('A', name, 1)
      }
      const cut = await traced('A', { direction: 'descendants', limit: 3 })
      expect(cut.nodes.map(({ lotName }) => lotName)).toEqual(['A', 'P', 'Q'])
      expect(cut).toMatchObject({ truncated: true, terminalNodes: [], nodes: [{}, { share: 1 }, { share: 1 }] })
      const whole = await traced('A', { direction: 'descendants', limit: 4 })
      expect(whole.truncated).toBe(false)
      expect(whole.terminalNodes).toHaveLength(3)
    })

    it('misses nothing of a campaign that joins more lots than one answer of the store tells', async () => {
      const names = Array.from({ length: 90 }, (_, index) => `P${index}`)
      const { plant, idOf } = await campaign(makeStore, 120, names)
      const walk = (side: 'up' | 'down', name: string) =>
        Effect.runPromise(
          plant.store.trace(function* () {
            const root = yield* ask('key', { lot: { id: readUlid(idOf(name)) as Ulid } })
            return yield* reach(root as number, { side, depth: null, asOf: null, lots: 1000, edges: 1e6 })
          }),
        )
      const down = await walk('down', 'A')
      expect([down.places.size, down.records.length, down.terminals.size]).toEqual([91, 119 * 90, 90])
      expect(down.truncated).toBe(false)
      const up = await walk('up', 'P89')
      expect([up.places.size, up.records.length, up.truncated]).toEqual([2, 119, false])
    })

    it('infers that what one operation consumed went into what it produced', async () => {
      const { made, consumed, produced, traced, reached, idOf } = await stage(makeStore)
      await made('A', 10)
      await made('B', 10)
      await made('P', 0)
      await made('Q', 0)
      const own = { operationId: operation }
      const fromA = await consumed('A', null, 1, own)
      await consumed('B', null, 3, own)
      const into = await produced('P', 4, own)
      await produced('Q', null, { operationRecordId: operation })
      const { edges } = await traced('A')
      expect(edges).toMatchObject([
        { source: idOf('A'), target: idOf('P'), inferred: true, memo: false, quantity: 1 },
        { source: idOf('A'), target: idOf('Q'), inferred: true, memo: true, quantity: null },
      ])
      expect(edges[0]?.recordIds).toEqual([fromA.id, into.id])
      expect(await reached('P', 'ancestors')).toEqual({ A: '1/4', B: '3/4' })
      expect(await reached('B', 'descendants')).toEqual({ P: '3/4', Q: null })
    })

    it('infers by either id of an operation, and once where two records share both', async () => {
      const { plant, made, consumed, produced, traced, reached, idOf } = await stage(makeStore)
      const [one, two] = [operation, '01JE6F0CE9T94PZD8RTH9J01TX']
      await made('A', 10)
      for (const name of ['P', 'Q', 'R', 'S']) await made(name, 0)
      const both = { operationId: one, operationRecordId: two }
      const fromA = await consumed('A', null, 4, both)
      await produced('P', 4, { operationRecordId: two })
      await produced('Q', 4, { operationId: one })
      await produced('R', 4, both)
      await produced('S', 4, { operationId: two, operationRecordId: '01JE6F0CE9T94PZD8RTH9J01TY' })
      const expected = ['P', 'Q', 'R', 'S'].map((name) => ({ target: idOf(name), inferred: true, quantity: 4 }))
      expect((await traced('A')).edges).toMatchObject(expected)
      const recall = await plant.done(plant.inventory.recallLot(idOf('A'), {}, plant.ada))
      expect(recall.lots.map(({ lotName }) => lotName)).toEqual(['A', 'P', 'Q', 'R', 'S'])
      expect(await reached('R', 'ancestors')).toEqual({ A: '1' })
      const back = {
        quantity: 1,
        startDate: at(5),
        destinationLocationId: plant.location.line,
        consumeRecordId: fromA.id,
      }
      await plant.save('UNCONSUME', idOf('A'), back)
      expect((await traced('A')).edges.map(({ quantity }) => quantity)).toEqual([3, 3, 3, 3])
      await plant.save('UNCONSUME', idOf('A'), { ...back, quantity: 3 })
      expect((await traced('A')).edges).toEqual([])
      expect((await Effect.runPromise(plant.store.verify())).mismatches).toEqual([])
    })

    it('infers by the operation also where a record names another lot, and counts once what is told twice', async () => {
      const { plant, made, consumed, produced, edges, reached, idOf } = await stage(makeStore)
      const own = { operationId: operation }
      for (const name of ['Salt', 'Dough']) await made(name, 10)
      for (const name of ['Bread', 'Crumbs']) await made(name, 0)
      await consumed('Salt', null, 1, own)
      await consumed('Dough', 'Bread', 5, own)
      await produced('Bread', 6, { ...own, secondaryInventoryLotId: idOf('Salt') })
      await produced('Crumbs', 1, own)
      expect(await edges('Salt')).toEqual([
        ['Salt', 'Bread', 6],
        ['Salt', 'Bread', 1],
        ['Salt', 'Crumbs', 1],
      ])
      expect(await edges('Dough')).toEqual([
        ['Dough', 'Bread', 5],
        ['Dough', 'Crumbs', 5],
      ])
      expect(await reached('Bread', 'ancestors')).toEqual({ Salt: '1/6', Dough: '5/6' })
      expect(await reached('Crumbs', 'ancestors')).toEqual({ Salt: '1/6', Dough: '5/6' })
      for (const name of ['Salt', 'Dough']) {
        const recall = await plant.done(plant.inventory.recallLot(idOf(name), {}, plant.ada))
        expect(recall.lots.map(({ lotName }) => lotName)).toEqual([name, 'Bread', 'Crumbs'])
      }
    })

    it('of a lot whose product names its other input and of a lot that names one of two products tells of both', async () => {
      const { plant, made, consumed, produced, edges, reached, idOf } = await stage(makeStore)
      const [own, other] = [{ operationId: operation }, { operationRecordId: '01JE6F0CE9T94PZD8RTH9J01TX' }]
      for (const name of ['A', 'B', 'C']) await made(name, 10)
      for (const name of ['P', 'Main', 'By']) await made(name, 0)
      await consumed('A', null, 1, own)
      const fromB = await consumed('B', null, 5, { ...own, ...other })
      await produced('P', 6, { ...other, ...own, secondaryInventoryLotId: idOf('B') })
      await consumed('C', 'Main', 4, { operationId: '01JE6F0CE9T94PZD8RTH9J01TZ' })
      await produced('Main', 3, { operationId: '01JE6F0CE9T94PZD8RTH9J01TZ' })
      await produced('By', 1, { operationId: '01JE6F0CE9T94PZD8RTH9J01TZ' })
      expect(await reached('A', 'descendants')).toEqual({ P: '1/6' })
      expect(await reached('P', 'ancestors')).toEqual({ A: '1/6', B: '5/6' })
      expect(await reached('C', 'descendants')).toEqual({ Main: '1', By: '1' })
      expect(await reached('By', 'ancestors', { asOf: at(4) })).toEqual({ C: '1' })
      const back = { startDate: at(5), destinationLocationId: plant.location.line, consumeRecordId: fromB.id }
      await plant.save('UNCONSUME', idOf('B'), { ...back, quantity: 2 })
      expect(await edges('B')).toEqual([
        ['B', 'P', 6],
        ['B', 'P', 3],
      ])
      await plant.save('UNCONSUME', idOf('B'), { ...back, quantity: 3 })
      expect(await edges('B')).toEqual([['B', 'P', 6]])
      expect(await reached('P', 'ancestors')).toEqual({ A: '1/7', B: '6/7' })
      expect((await Effect.runPromise(plant.store.verify())).mismatches).toEqual([])
    })

    it('counts once what was both consumed into a lot and produced from it', async () => {
      const { made, consumed, produced, reached, edges, idOf } = await stage(makeStore)
      await made('A', 10)
      await made('B', 10)
      await made('P', 0)
      await consumed('A', 'P', 2, { operationId: operation })
      await produced('P', 6, { operationId: operation, secondaryInventoryLotId: idOf('A') })
      await consumed('B', 'P', 2)
      expect(await edges('P', { direction: 'ancestors' })).toHaveLength(3)
      expect(await reached('P', 'ancestors')).toEqual({ A: '1/2', B: '1/2' })
    })

    it('follows blends: what goes out later is of the mixture of that moment', async () => {
      const { made, plant, consumed, reached, idOf, line } = await stage(makeStore)
      await made('A', 40)
      await made('B', 10)
      await made('T', 10)
      await made('P', 0)
      await made('Q', 0)
      const pour = (from: string, quantity: number, day: number) =>
        plant.save('MERGE', idOf('T'), {
          quantity,
          secondaryInventoryLotId: idOf(from),
          sourceLocationId: line,
          startDate: at(day),
        })
      await pour('A', 30, 3)
      await consumed('T', 'P', 20, { startDate: at(4) })
      await pour('B', 10, 5)
      await consumed('T', 'Q', 5, { startDate: at(6) })
      expect(await reached('P', 'ancestors')).toEqual({ T: '1', A: '3/4', B: '0' })
      // 20 were left, of which 15 from A; 10 from B came.
      expect(await reached('Q', 'ancestors')).toEqual({ T: '1', A: '1/2', B: '1/3' })
      expect(await reached('A', 'descendants')).toEqual({ T: '1/2', P: '3/4', Q: '1/2' })
    })

    it('gives no share to what cannot be converted, and converts exactly what can be', async () => {
      const { plant, made, consumed, reached, traced } = await stage(makeStore)
      await made('A', 10)
      await made('B', 10)
      await made('M', 0, { material: 'milk' })
      await made('C', 12, { material: 'cap' })
      await consumed('C', 'M', 12)
      await consumed('A', 'M', 3)
      expect(await reached('M', 'ancestors')).toEqual({ A: null, C: null })
      const { nodes } = await traced('M', { direction: 'ancestors' })
      expect(nodes[0]).toMatchObject({ share: 1, originShare: 1 })
      const factor = { from: 'kg', to: 'l', factor: '1/3' }
      await plant.done(plant.inventory.saveUnitConversion(factor, plant.ada))
      await made('L', 10, { material: 'milk' })
      await consumed('L', 'M', 2)
      expect(await reached('M', 'ancestors')).toEqual({ A: '1/3', C: null, L: '2/3' })
    })

    it('says of what unit a share is where something of another dimension went in, here or on the way', async () => {
      const { made, consumed, produced, traced } = await stage(makeStore)
      const litres = { material: 'milk' } as const
      await made('Salt', 10)
      await made('Cream', 10, litres)
      await made('Powder', 0)
      await made('Milk', 10, litres)
      await made('Cheese', 0)
      await made('Sauce', 0)
      await consumed('Milk', 'Powder', 1)
      await consumed('Salt', 'Powder', 1)
      await produced('Powder', 2, { startDate: at(3) })
      await consumed('Powder', 'Cheese', 1, { startDate: at(4) })
      await produced('Cheese', 2)
      await consumed('Cheese', 'Sauce', 1, { startDate: at(5) })
      const units = async (name: string, direction: string) =>
        Object.fromEntries(
          (await traced(name, { direction })).nodes.map(({ lotName, share, shareUnitOfMeasureSymbol: unit }) => [
            lotName,
            [share, unit],
          ]),
        )
      // Sauce and cheese are of powder alone: only what is in the powder is told by kilograms.
      expect(await units('Sauce', 'ancestors')).toEqual({
        Sauce: [1, null],
        Cheese: [1, null],
        Powder: [1, null],
        Milk: [null, null],
        Salt: [1, 'kg'],
      })
      expect(await units('Powder', 'ancestors')).toEqual({ Powder: [1, 'kg'], Milk: [null, null], Salt: [1, 'kg'] })
      expect(await units('Salt', 'descendants')).toEqual({
        Salt: [1, null],
        Powder: [1, 'kg'],
        Cheese: [1, 'kg'],
        Sauce: [1, 'kg'],
      })
      expect(await units('Powder', 'descendants')).toEqual({ Powder: [1, null], Cheese: [1, null], Sauce: [1, null] })
      await consumed('Cream', 'Sauce', 1, { startDate: at(5) })
      expect((await units('Sauce', 'ancestors'))['Cheese']).toEqual([1, 'kg'])
      expect((await units('Powder', 'descendants'))['Sauce']).toEqual([1, 'kg'])
    })

    it('goes through rework once, however often it went round', async () => {
      const { made, consumed, reached } = await stage(makeStore)
      await made('A', 10)
      await made('R', 10)
      await made('P', 10)
      await consumed('R', 'P', 10, { startDate: at(3) })
      await consumed('P', 'R', 5, { startDate: at(4) })
      await consumed('A', 'R', 5, { startDate: at(5) })
      const shares = await reached('R', 'ancestors')
      expect(shares).toEqual({ A: '1/2', P: '1/2' })
      expect(await reached('P', 'ancestors')).toEqual({ R: '1/2', A: '0' })
    })

    it('is refused to who may not read, and for what is not there', async () => {
      const { plant, made, idOf } = await stage(makeStore)
      await made('A', 1)
      const { inventory, caller, ada, refused } = plant
      expect(await refused(inventory.traceLot(idOf('A'), {}, caller()))).toMatchObject({ _tag: 'PermissionDenied' })
      expect(await refused(inventory.traceLot(operation, {}, ada))).toMatchObject({ _tag: 'NotFound' })
      expect(await refused(inventory.traceLot('A', {}, ada))).toMatchObject({ _tag: 'NotFound' })
      expect(
        await refused(inventory.traceLot(idOf('A'), { direction: 'sideways', depth: 0, limit: 100_001, x: 1 }, ada)),
      ).toMatchObject({
        violations: {
          direction: ['must be one of ANCESTORS, DESCENDANTS, BOTH'],
          depth: [expect.stringContaining('must be a whole number')],
          limit: ['must be a whole number from 1 to 100000'],
          x: ['is not a field of this request'],
        },
      })
    })
  })

  describe('the documented trace', () => {
    it('has its graph and its table', async () => {
      const { plant, made, consumed, idOf } = await stage(makeStore)
      const { inventory, ada, done } = plant
      await made('A', 10)
      await made('P', 0)
      await made('Q', 0)
      const first = await consumed('A', 'P', 4, { endDate: at(4) })
      const second = await consumed('P', 'Q', null)
      const request = { rootNodeId: idOf('A'), direction: 'output', depth: 5 }
      const graph = await done(inventory.getLotTraceGraph(request, ada))
      const sugar = { materialName: 'Sugar', materialClassName: 'Raw', materialDescription: null, uom: 'kg' }
      expect(graph).toEqual({
        nodes: [
          { id: idOf('A'), data: { ...sugar, lotName: 'A', quantity: 10 } },
          { id: idOf('P'), data: { ...sugar, lotName: 'P', quantity: 4 } },
          { id: idOf('Q'), data: { ...sugar, lotName: 'Q', quantity: null } },
        ],
        edges: [
          { id: first.id, source: idOf('A'), target: idOf('P'), animated: false },
          { id: second.id, source: idOf('P'), target: idOf('Q'), animated: true },
        ],
        rootNodeId: idOf('A'),
        direction: 'OUTPUT',
      })
      const near = await done(inventory.getLotTraceGraph({ rootNodeId: idOf('Q'), direction: 'INPUT' }, ada))
      expect(near.nodes.map(({ data }) => data.lotName)).toEqual(['Q', 'P'])
      const ids = { inventoryLotRecordIds: [second.id, first.id] }
      const rows = await done(inventory.getLotTraceTable(ids, ada))
      expect(rows.map(({ id }) => id)).toEqual([second.id, first.id])
      expect(rows[1]).toMatchObject({
        lotRecordType: 'CONSUME',
        sourceInventoryLotName: 'A',
        targetInventoryLotName: 'P',
        sourceLocationPath: 'Plant/Line',
        destinationLocationPath: null,
        quantity: 4,
        durationInMillis: 86_400_000,
        sourceMaterialName: 'Sugar',
        targetMaterialName: 'Sugar',
      })
      const wrong = { inventoryLotRecordIds: [first.id, operation] }
      expect(await plant.refused(inventory.getLotTraceTable(wrong, ada))).toMatchObject({
        violations: { inventoryLotRecordIds: ['no lot record has the id 01JE6F0CE9-T94PZD8R-TH9J01TJ'] },
      })
    })
  })
}
