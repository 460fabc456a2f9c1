import { describe, expect, it } from 'vitest'
import type { RecallLot } from '../../recall/recall-view.ts'
import { at } from '../clock.ts'
import type { Fields } from '../fixtures.ts'
import { named, recalledPlant, spread } from './recalled-plant.ts'
import type { MakeStore } from './store-contract.ts'

/** What a lot reached. */
export const recallContract = (makeStore: MakeStore): void => {
  describe('a recall', () => {
    it('lists every affected lot with its share, where it lies, what was shipped and to whom, and what is held', async () => {
      const { recalled, plant, idOf } = await spread(makeStore)
      await plant.changeStatus(idOf('P'), 'QA_HOLD')
      const recall = await recalled('A')
      expect(recall).toMatchObject({
        lotId: idOf('A'),
        lotName: 'A',
        materialPath: 'Raw/Sugar',
        ...{ asOf: null, complete: true, truncated: false, balanced: true, sharesLeftOut: null },
      })
      const show = (lot: RecallLot) => [
        ...[lot.lotName, lot.depth, lot.shareExact, lot.status, lot.quantityIn, lot.quantityOut, lot.onHand, lot.held],
        ...[lot.shipped, lot.scrapped, lot.returned, lot.unexplained],
      ]
      expect(recall.lots.map(show)).toEqual([
        ['A', 0, '1', 'AVAILABLE', 100, 32.5, 67.5, 0, 0, 0, 2.5, 0],
        ['P', 1, '3/10', 'QA_HOLD', 90, 43, 47, 47, 0, 3, 0, 0],
        ['Q', 2, '3/10', 'AVAILABLE', 40, 30, 10, 0, 30, 0, 0, 0],
      ])
      expect(named(recall, 'P').stock).toEqual([
        { locationId: plant.location.cellar, locationPath: 'Plant/Cellar', quantity: 15 },
        { locationId: plant.location.line, locationPath: 'Plant/Line', quantity: 32 },
      ])
      expect(
        named(recall, 'Q').shipments.map(({ date, quantity, to, notes, spare1 }) => [
          date,
          quantity,
          to,
          notes,
          spare1,
        ]),
      ).toEqual([
        [at(6), 25, 'To North Market', 'To North Market', null],
        [at(7), 5, 'SO-17', null, 'truck 4'],
      ])
      expect(recall.totals).toEqual([
        {
          ...{ unitOfMeasureSymbol: 'kg', lots: 3, onHand: 124.5, held: 47, shipped: 30, scrapped: 3, returned: 2.5 },
          ...{ quantityIn: 230, quantityOut: 105.5, unexplained: 0 },
        },
      ])
      expect(recall.warnings).toEqual(['2 lots with stock not on QA_HOLD'])
    })

    it('says to whom from the destination, the other lot, the order or the words, in this order, and where nothing says it', async () => {
      const { made, left, shipped, recalled, plant, idOf } = await recalledPlant(makeStore)
      await made('A', 100)
      await made('Customer', 0)
      const { drain } = plant.location
      const other = { destinationLotIdOrName: idOf('Customer') }
      await shipped('A', 1, { ...other, destinationLocationIdOrPath: drain, notes: 'n' })
      await left('SHIP', 'A', 2, { secondaryInventoryLotId: idOf('Customer'), startDate: at(8), notes: 'n' })
      await shipped('A', 3, { productionOrderIdOrName: 'SO-1', notes: 'n', startDate: at(9) })
      await left('SHIP', 'A', 4, { notes: 'n', spare1: 's', startDate: at(10) })
      await left('SHIP', 'A', 5, { spare2: 's2', spare3: 's3', startDate: at(11) })
      await left('SHIP', 'A', 6, { startDate: at(12) })
      const recall = await recalled('A')
      expect(named(recall, 'A').shipments.map(({ quantity, to }) => [quantity, to])).toEqual([
        ...[
          [1, 'Plant/Drain'],
          [2, 'Customer'],
          [3, 'SO-1'],
        ],
        ...[
          [4, 'n'],
          [5, 's2'],
          [6, null],
        ],
      ])
      expect(named(recall, 'Customer')).toMatchObject({ depth: 1, share: 1, quantityIn: 1, onHand: 1 })
      expect(recall.warnings).toContain('Shipped, and the record does not say to whom: A')
    })

    it('adds up with every type of record, corrections, take-backs and reversals', async () => {
      const { plant, made, consumed, left, recalled, idOf, line } = await recalledPlant(makeStore)
      for (const name of ['A', 'B', 'C']) await made(name, 100)
      await made('S', 0)
      const post = (type: Parameters<typeof plant.save>[0], lot: string, fields: Fields) =>
        plant.save(type, idOf(lot), { startDate: at(5), quantity: 4, ...fields })
      const [out, into] = [{ sourceLocationId: line }, { destinationLocationId: line }]
      const with_ = (name: string) => ({ secondaryInventoryLotId: idOf(name) })
      await post('SPLIT', 'A', { ...out, ...with_('S'), quantity: 7 })
      await post('MERGE', 'C', { ...out, ...with_('B') })
      await post('RECEIVE', 'C', { ...out, ...into, ...with_('A'), quantity: 0.000001 })
      await post('SCRAP', 'A', { ...out, ...into, ...with_('C'), quantity: 3 })
      await post('EDIT', 'A', { ...out, quantity: -1.5 })
      await post('EDIT', 'C', { ...out, quantity: 2.25 })
      const taken = await consumed('A', 'C', 10, { startDate: at(6) })
      await post('UNCONSUME', 'A', { ...into, quantity: 4, consumeRecordId: taken.id, startDate: at(7) })
      const shipped = await left('SHIP', 'C', 9, { startDate: at(7) })
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: shipped.id, quantity: 8 }, plant.ada))
      await plant.reverse(await left('SHIP', 'C', 20, { startDate: at(8) }))
      await plant.reverse(await post('EDIT', 'C', { ...out, quantity: -5, startDate: at(9) }))
      await post('MERGE', 'C', { ...with_('S'), quantity: null, startDate: at(10) })
      const recall = await recalled('A')
      expect(recall).toMatchObject({ complete: true, balanced: true })
      const show = (lot: RecallLot) => [
        lot.lotName,
        lot.quantityIn,
        lot.quantityOut,
        lot.onHand,
        lot.shipped,
        lot.scrapped,
      ]
      expect(recall.lots.map(show)).toEqual([
        ['A', 104, 21.500001, 82.499999, 0, 3],
        ['C', 116.250001, 8, 108.250001, 8, 0],
        ['S', 7, 7, 0, 0, 0],
      ])
      expect(named(recall, 'C').shipments.map(({ quantity }) => quantity)).toEqual([8])
    })

    it('shows what was effective by a moment, and adds up then too', async () => {
      const { recalled, plant, idOf } = await spread(makeStore)
      await plant.changeStatus(idOf('P'), 'QA_HOLD')
      const then = await recalled('A', { asOf: at(5) })
      expect(then).toMatchObject({ asOf: at(5), complete: true, balanced: true })
      expect(
        then.lots.map(({ lotName, onHand, shipped, entriesUnexplained }) => [
          lotName,
          onHand,
          shipped,
          entriesUnexplained,
        ]),
      ).toEqual([
        ['A', 70, 0, null],
        ['P', 50, 0, null],
        ['Q', 40, 0, null],
      ])
      expect(named(then, 'P').stock.map(({ locationPath, quantity }) => [locationPath, quantity])).toEqual([
        ['Plant/Cellar', 15],
        ['Plant/Line', 35],
      ])
      expect((await recalled('A', { asOf: at(2) })).lots.map(({ lotName }) => lotName)).toEqual(['A'])
      expect((await recalled('A', { asOf: at(6) })).lots[2]?.shipments).toHaveLength(1)
      expect(then.warnings[0]).toContain(`up to ${at(5)} is in it, with the status and stock of then`)
      const held = async (asOf: string) => {
        const { status, effectiveStatus, held, onHand } = named(await recalled('A', { asOf }), 'P')
        return [status, effectiveStatus, held, onHand]
      }
      expect(await held(at(5))).toEqual(['AVAILABLE', 'AVAILABLE', 0, 50])
      expect(await held(at(22))).toEqual(['AVAILABLE', 'AVAILABLE', 0, 47])
      expect(await held(at(23))).toEqual(['QA_HOLD', 'QA_HOLD', 47, 47])
    })

    it('adds lots up by what converts exactly, and keeps the rest apart', async () => {
      const { made, consumed, recalled, plant } = await recalledPlant(makeStore)
      const { inventory, ada, done } = plant
      await done(inventory.saveUnit({ symbol: 'g', name: 'gram' }, ada))
      await done(inventory.saveUnitConversion({ from: 'g', to: 'kg', factor: '1/1000' }, ada))
      const cocoa = await done(inventory.saveMaterial({ path: 'Raw/Cocoa', unitOfMeasureSymbol: 'g' }, ada))
      await made('A', 2)
      for (const [name, stock] of [
        ['G', 1500],
        ['H', 0.5],
      ] as const)
        await made(name, stock, { materialId: cocoa.id })
      await made('Caps', 10, { material: 'cap' })
      for (const name of ['G', 'H', 'Caps']) await consumed('A', name, 0.25)
      const recall = await recalled('A')
      expect(
        recall.totals.map(({ unitOfMeasureSymbol, lots, onHand, quantityIn }) => [
          unitOfMeasureSymbol,
          lots,
          onHand,
          quantityIn,
        ]),
      ).toEqual([
        ['kg', 3, 2.7505, 3.5005],
        ['pcs', 1, 10, 10],
      ])
      expect(recall.lots.map(({ lotName, shareExact }) => [lotName, shareExact])).toEqual([
        ...[
          ['A', '1'],
          ['G', '1/7'],
          ['H', '500/501'],
        ],
        ['Caps', null],
      ])
    })

    it('counts a lot that only a memo reaches, and ends on a cycle', async () => {
      const { made, consumed, recalled } = await recalledPlant(makeStore)
      for (const name of ['A', 'M', 'R']) await made(name, 10)
      await consumed('A', 'M', null)
      await consumed('A', 'R', 2)
      await consumed('R', 'A', 1, { startDate: at(4) })
      const recall = await recalled('A')
      expect(recall.lots.map(({ lotName, share }) => [lotName, share])).toEqual([
        ['A', 1],
        ['M', null],
        ['R', 2 / 12],
      ])
      expect(recall.warnings).toContain('Affected, and by how much cannot be told: M')
    })

    it('says that it leaves lots out, before anything else', async () => {
      const { recalled } = await spread(makeStore)
      const cut = await recalled('A', { limit: 2 })
      expect(cut).toMatchObject({ complete: false, truncated: true })
      expect(cut.lots).toHaveLength(2)
      expect(cut.warnings[0]).toMatch(/^INCOMPLETE: more lots are affected than the 2 that are listed/u)
    })

    it('needs the right to read, a lot that is there, and a query that makes sense', async () => {
      const { plant, idOf, made } = await recalledPlant(makeStore)
      await made('A', 1)
      const { inventory, ada, refused, caller } = plant
      expect(await refused(inventory.recallLot(idOf('A'), {}, caller('INVENTORY.WRITE')))).toMatchObject({
        _tag: 'PermissionDenied',
        permission: 'INVENTORY.READ.GET',
      })
      expect(await refused(inventory.recallLot('A', {}, ada))).toMatchObject({
        ...{ _tag: 'NotFound', kind: 'lot', hint: 'a name needs its material' },
      })
      expect(await refused(inventory.recallLot('B', { material: 'Raw/Sugar' }, ada))).toMatchObject({
        _tag: 'NotFound',
      })
      expect(
        await refused(inventory.recallLot('A', { asOf: 'soon', limit: 0, format: 'PDF', colour: 1 }, ada)),
      ).toMatchObject({
        violations: {
          asOf: [expect.any(String)],
          limit: ['must be a whole number from 1 to 100000'],
          format: ['must be one of JSON, CSV, HTML'],
          colour: [expect.any(String)],
        },
      })
      expect(await plant.done(inventory.recallLot('A', { material: 'Raw/Sugar' }, ada))).toMatchObject({
        lotId: idOf('A'),
      })
    })
  })
}
