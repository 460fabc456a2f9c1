import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import { readUlid, type Ulid } from '../../identifiers/ulid.ts'
import { ask } from '../../trace/questions.ts'
import { reach } from '../../trace/reach.ts'
import { at } from '../clock.ts'
import type { MakeStore } from './store-contract.ts'
import { campaign, operation, tracedPlant } from './traced-plant.ts'

/** What went into what by one operation that consumed and produced. */
export const traceOperationsContract = (makeStore: MakeStore): void => {
  describe('a trace through operations', () => {
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
      const { made, consumed, produced, traced, reached, idOf } = await tracedPlant(makeStore)
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
      const { plant, made, consumed, produced, traced, reached, idOf } = await tracedPlant(makeStore)
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
      const { plant, made, consumed, produced, edges, reached, idOf } = await tracedPlant(makeStore)
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
      const { plant, made, consumed, produced, edges, reached, idOf } = await tracedPlant(makeStore)
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
      const { made, consumed, produced, reached, edges, idOf } = await tracedPlant(makeStore)
      await made('A', 10)
      await made('B', 10)
      await made('P', 0)
      await consumed('A', 'P', 2, { operationId: operation })
      await produced('P', 6, { operationId: operation, secondaryInventoryLotId: idOf('A') })
      await consumed('B', 'P', 2)
      expect(await edges('P', { direction: 'ancestors' })).toHaveLength(3)
      expect(await reached('P', 'ancestors')).toEqual({ A: '1/2', B: '1/2' })
    })
  })
}
