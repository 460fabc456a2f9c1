import { describe, expect, it } from 'vitest'
import { at } from '../clock.ts'
import type { Fields, Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { operation, tracedPlant } from './traced-plant.ts'

/** Where lots came from and where they went. */
export const traceContract = (makeStore: MakeStore): void => {
  describe('a trace', () => {
    it('goes both ways with quantities, depths, ends and shares', async () => {
      const { plant, made, consumed, produced, traced, idOf } = await tracedPlant(makeStore)
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
      const { plant, made, line, idOf, edges } = await tracedPlant(makeStore)
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
      const { made, consumed, traced, reached } = await tracedPlant(makeStore)
      await made('A', 10)
      await made('P', 5)
      await consumed('A', 'P', null)
      const { edges } = await traced('P')
      expect(edges).toMatchObject([{ memo: true, inferred: false, quantity: null }])
      expect(await reached('P', 'ancestors')).toEqual({ A: null })
      expect(await reached('A', 'descendants')).toEqual({ P: null })
    })

    it('shows nothing of a RUNNING record until it is COMPLETED', async () => {
      const { plant, made, consumed, reached } = await tracedPlant(makeStore)
      await made('A', 10)
      await made('P', 0)
      const running = await consumed('A', 'P', 4, { status: 'RUNNING' })
      expect(await reached('A', 'descendants')).toEqual({})
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: running.id, status: 'COMPLETED' }, plant.ada))
      expect(await reached('A', 'descendants')).toEqual({ P: '1' })
    })

    it('shows nothing of a cancelled record', async () => {
      const { plant, made, consumed, reached } = await tracedPlant(makeStore)
      await made('A', 10)
      await made('P', 0)
      const running = await consumed('A', 'P', 4, { status: 'RUNNING' })
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: running.id, status: 'CANCELLED' }, plant.ada))
      expect(await reached('A', 'descendants')).toEqual({})
      expect(await reached('P', 'ancestors')).toEqual({})
    })

    it('shows nothing of a reversed record, nor of its reversal', async () => {
      const { plant, made, consumed, reached, edges } = await tracedPlant(makeStore)
      await made('A', 10)
      await made('P', 0)
      const first = await consumed('A', 'P', 4)
      await consumed('A', 'P', 2)
      await plant.reverse(first)
      expect(await edges('A')).toEqual([['A', 'P', 2]])
      expect(await reached('A', 'descendants')).toEqual({ P: '1' })
    })

    it('shows what a corrected record says now, and a memo that was given other lots', async () => {
      const { plant, made, consumed, edges, idOf } = await tracedPlant(makeStore)
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
      const { plant, made, consumed, edges, reached, idOf, line } = await tracedPlant(makeStore)
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
      const { made, consumed, edges, reached } = await tracedPlant(makeStore)
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
      const { plant, made, consumed, traced, line, idOf } = await tracedPlant(makeStore)
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
      const { made, consumed, traced } = await tracedPlant(makeStore)
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

    it('is refused to who may not read, and for what is not there', async () => {
      const { plant, made, idOf } = await tracedPlant(makeStore)
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
      const { plant, made, consumed, idOf } = await tracedPlant(makeStore)
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
