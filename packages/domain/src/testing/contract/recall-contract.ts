import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import type { RecallLot, RecallView } from '../../recall/recall-view.ts'
import { at } from '../clock.ts'
import type { Fields } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

/** Words for a plant in which everything lies at the line, and milk becomes what it is made into. */
const stage = async (makeStore: MakeStore) => {
  const plant = await withPlant(makeStore)
  const { inventory, ada, done } = plant
  const { line, cellar } = plant.location
  const lots = new Map<string, string>()
  const idOf = (name: string): string => lots.get(name) ?? ''
  const made = async (name: string, stock: number, setup: Fields = {}) => {
    lots.set(name, await plant.lot(name, setup))
    if (stock > 0) await plant.receive(idOf(name), stock, 2, line)
  }
  const consumed = (from: string, into: string, quantity: number | null, fields: Fields = {}) =>
    plant.save('CONSUME', idOf(from), {
      ...{ quantity, sourceLocationId: line, startDate: at(3), secondaryInventoryLotId: idOf(into), ...fields },
    })
  const produced = (name: string, quantity: number, fields: Fields = {}) =>
    plant.save('PRODUCE', idOf(name), { quantity, destinationLocationId: line, startDate: at(4), ...fields })
  const left = (type: 'SHIP' | 'SCRAP' | 'RETURN', name: string, quantity: number, fields: Fields = {}) =>
    plant.save(type, idOf(name), { quantity, sourceLocationId: line, startDate: at(6), ...fields })
  const shipped = (name: string, quantity: number, fields: Fields) =>
    done(
      inventory.ship(
        { lotIdOrName: idOf(name), quantity, sourceLocationIdOrPath: line, startDate: at(7), ...fields },
        ada,
      ),
    )
  const recalled = (name: string, query: Fields = {}): Promise<RecallView> =>
    done(inventory.recallLot(idOf(name), query, ada))
  const held = (name: string, request: Fields = {}) => done(inventory.holdRecalledLots(idOf(name), request, ada))
  return { plant, line, cellar, idOf, made, consumed, produced, left, shipped, recalled, held }
}

const named = ({ lots }: RecallView, name: string): RecallLot =>
  lots.find(({ lotName }) => lotName === name) ?? expect.fail(`${name} is not affected`)

/** A lot that went into two, one of them blended with clean stock, with all that can become of it. */
const spread = async (makeStore: MakeStore) => {
  const staged = await stage(makeStore)
  const { made, consumed, produced, left, shipped, line, cellar, idOf, plant } = staged
  await made('A', 100)
  await made('Clean', 70)
  for (const name of ['P', 'Q']) await made(name, 0)
  await consumed('A', 'P', 30)
  await consumed('Clean', 'P', 70)
  await produced('P', 90)
  await plant.save('MOVE', idOf('P'), {
    ...{ quantity: 15, sourceLocationId: line, destinationLocationId: cellar, startDate: at(5) },
  })
  await consumed('P', 'Q', 40, { startDate: at(5) })
  await produced('Q', 40, { startDate: at(5) })
  await left('SHIP', 'Q', 25, { notes: 'To North Market' })
  await shipped('Q', 5, { productionOrderIdOrName: 'SO-17', spare1: 'truck 4' })
  await left('SCRAP', 'P', 3)
  await left('RETURN', 'A', 2.5)
  return staged
}

/** What a lot reached, and how it is held. */
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
      const { made, left, shipped, recalled, plant, idOf } = await stage(makeStore)
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
      const { plant, made, consumed, left, recalled, idOf, line } = await stage(makeStore)
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
      const { made, consumed, recalled, plant } = await stage(makeStore)
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
      const { made, consumed, recalled } = await stage(makeStore)
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
      const { plant, idOf, made } = await stage(makeStore)
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

  describe('the hold of a recall', () => {
    it('puts every affected lot with stock on QA_HOLD together, and says why not the others', async () => {
      const { plant, held, recalled, left, made, consumed, idOf } = await spread(makeStore)
      for (const name of ['Empty', 'Gone', 'Held', 'Off']) await made(name, name === 'Empty' ? 0 : 5)
      for (const name of ['Empty', 'Gone', 'Held', 'Off']) await consumed('A', name, 1, { startDate: at(4) })
      await left('SHIP', 'Gone', 5)
      await plant.changeStatus(idOf('Held'), 'QA_HOLD')
      await plant.done(plant.inventory.saveLot({ id: idOf('Off'), enabled: false }, plant.ada))
      const before = await Effect.runPromise(plant.store.checkpoint())
      const done = await held('A', { notes: 'Recall 7', spare1: 'glass' })
      expect(done).toMatchObject({ lotId: idOf('A'), lotName: 'A', materialPath: 'Raw/Sugar' })
      expect(
        done.held.map(({ lotName, previousStatus, onHand, unitOfMeasureSymbol }) => [
          lotName,
          previousStatus,
          onHand,
          unitOfMeasureSymbol,
        ]),
      ).toEqual([
        ['A', 'AVAILABLE', 63.5, 'kg'],
        ['P', 'AVAILABLE', 47, 'kg'],
        ['Q', 'AVAILABLE', 10, 'kg'],
      ])
      expect(done.notHeld.map(({ lotName, status, reason }) => [lotName, status, reason])).toEqual([
        ['Empty', 'AVAILABLE', 'NO_STOCK'],
        ['Gone', 'SHIPPED', 'SHIPPED'],
        ['Held', 'QA_HOLD', 'ALREADY_HELD'],
        ['Off', 'AVAILABLE', 'DISABLED'],
      ])
      expect((await Effect.runPromise(plant.store.checkpoint())).count).toBe(before.count + 3)
      const record = await plant.done(plant.inventory.getInventoryLotRecord(done.held[1]?.recordId ?? '', plant.ada))
      expect(record).toMatchObject({
        ...{ lotRecordType: 'STATUS_CHANGE', inventoryLotName: 'P', previousStatus: 'AVAILABLE', lotStatus: 'QA_HOLD' },
        ...{ notes: 'Recall 7', spare1: 'glass', createdBy: 'ada' },
      })
      const after = await recalled('A')
      expect(after.totals[0]).toMatchObject({ onHand: 130.5, held: 125.5 })
      expect(after.warnings).toEqual([
        '1 lot with stock not on QA_HOLD',
        'Shipped, and the record does not say to whom: Gone',
      ])
      expect((await held('A')).held).toEqual([])
      expect((await Effect.runPromise(plant.store.verify())).mismatches).toEqual([])
    })

    it('holds what is OPEN or EXPIRED, and leaves what is CLOSED', async () => {
      const { plant, held, made, consumed, left, idOf } = await stage(makeStore)
      await made('A', 10)
      await made('O', 3, { status: 'OPEN' })
      await made('E', 3, { status: 'EXPIRED' })
      await made('C', 3)
      for (const name of ['O', 'E', 'C']) await consumed('A', name, 1)
      await left('SCRAP', 'C', 3)
      await plant.changeStatus(idOf('C'), 'CLOSED')
      const done = await held('A')
      expect(done.held.map(({ lotName, previousStatus }) => [lotName, previousStatus])).toEqual([
        ...[
          ['A', 'AVAILABLE'],
          ['O', 'OPEN'],
          ['E', 'EXPIRED'],
        ],
      ])
      expect(done.notHeld).toMatchObject([{ lotName: 'C', reason: 'CLOSED', onHand: 0 }])
    })

    it('shows in a dry run what it would do, and does not', async () => {
      const { plant, idOf, held } = await spread(makeStore)
      const before = await plant.dump()
      const shown = await plant.done(plant.inventory.dryRun.holdRecalledLots(idOf('A'), {}, plant.ada))
      expect(shown.held.map(({ lotName, recordId }) => [lotName, recordId])).toEqual([
        ...[
          ['A', null],
          ['P', null],
          ['Q', null],
        ],
      ])
      expect(await plant.dump()).toEqual(before)
      const done = await held('A')
      expect(done.held.map((lot) => ({ ...lot, recordId: null }))).toEqual(shown.held)
    })

    it('is refused whole: a recall that is cut off, a right, a field, a reason that is asked for', async () => {
      const { plant, idOf } = await spread(makeStore)
      const { inventory, ada, refused, caller } = plant
      const hold = (request: unknown, call = ada) => refused(inventory.holdRecalledLots(idOf('A'), request, call))
      expect(await hold({ limit: 2 })).toMatchObject({
        ...{ _tag: 'ActionRefused', action: 'STATUS_CHANGE', lotName: 'A' },
        reason: expect.stringContaining('more lots are affected than the 2'),
      })
      expect(await hold({}, caller('INVENTORY.READ', 'INVENTORY.WRITE.SAVE'))).toMatchObject({
        permission: 'INVENTORY.WRITE.CHANGE_STATUS',
      })
      expect(await hold({ newStatus: 'AVAILABLE', notes: 7 })).toMatchObject({
        violations: { newStatus: ['is not a field of this request'], notes: [expect.any(String)] },
      })
      expect(await hold({ materialReasonCodeId: idOf('A') })).toMatchObject({
        violations: { materialReasonCodeId: ['no reason code has this id'] },
      })
      expect(await refused(inventory.holdRecalledLots('A', {}, ada))).toMatchObject({ _tag: 'NotFound' })
      expect(await refused(inventory.holdRecalledLots('Z', { material: 'Raw/Sugar' }, ada))).toMatchObject({
        _tag: 'NotFound',
      })
      await plant.setPolicy('strict')
      expect(await hold({})).toMatchObject({ violations: { notes: [expect.stringContaining('the policy is strict')] } })
      await plant.done(inventory.holdRecalledLots('A', { material: 'Raw/Sugar', notes: 'glass' }, ada))
    })

    it('holds a lot at once whose last change of status is dated ahead', async () => {
      const { plant, idOf } = await spread(makeStore)
      await plant.save('STATUS_CHANGE', idOf('Q'), {
        ...{ lotStatus: 'EXPIRED', startDate: '2026-11-23T20:00:00Z', quantity: null },
      })
      const { held } = await plant.done(plant.inventory.holdRecalledLots(idOf('A'), {}, plant.ada))
      expect(held.map(({ lotName, previousStatus }) => [lotName, previousStatus])).toContainEqual(['Q', 'EXPIRED'])
      for (const name of ['A', 'Q']) expect((await plant.get(idOf(name))).status).toBe('QA_HOLD')
    })

    it('happens once, however often it is sent', async () => {
      const { plant, idOf } = await spread(makeStore)
      let replays = 0
      const call = {
        ...plant.ada,
        receipt: {
          ...{
            scope: 'ada hold',
            key: 'k',
            fingerprint: 'f',
            now: plant.clock.now(),
            expires: plant.clock.now() + 1000,
          },
          onReplay: () => {
            replays += 1
          },
        },
      }
      const first = await plant.done(plant.inventory.holdRecalledLots(idOf('A'), {}, call))
      const before = await plant.dump()
      expect(await plant.done(plant.inventory.holdRecalledLots(idOf('A'), {}, call))).toEqual(first)
      expect(await plant.dump()).toEqual(before)
      expect([first.held.length, replays]).toEqual([3, 1])
    })

    it('says what lies there now, and which records to reverse first, where all of it leaves by what is dated ahead', async () => {
      const { plant, line, idOf, made, consumed, held, recalled } = await stage(makeStore)
      await made('A', 10)
      await made('B', 8)
      await made('C', 0)
      await consumed('A', 'B', 4)
      await consumed('A', 'C', 1)
      const tomorrow = '2026-11-24T07:00:00.000Z'
      const ahead = { startDate: tomorrow, sourceLocationId: line, notes: 'To North Market' }
      const whole = await plant.save('SHIP', idOf('B'), { quantity: 8, ...ahead })
      const part = await plant.save('SHIP', idOf('A'), { quantity: 3, ...ahead })
      await plant.save('RECEIVE', idOf('C'), { quantity: 2, startDate: tomorrow, destinationLocationId: line })
      const shown = await recalled('A')
      expect(shown.lots).toMatchObject([
        {
          lotName: 'A',
          onHand: 5,
          stock: [{ quantity: 5 }],
          shipped: 0,
          shipments: [],
          quantityIn: 10,
          quantityOut: 5,
        },
        { lotName: 'B', onHand: 8, stock: [{ quantity: 8 }], shipped: 0, shipments: [], status: 'SHIPPED' },
        { lotName: 'C', onHand: 0, stock: [], quantityIn: 0 },
      ])
      expect(shown.balanced).toBe(true)
      expect(shown.warnings).toContainEqual(
        expect.stringContaining(
          `Dated ahead, and not counted in it: A: SHIP ${part.id} of ${tomorrow}; B: SHIP ${whole.id} of ${tomorrow}; C: RECEIVE`,
        ),
      )
      const done = await held('A')
      expect(done.held).toMatchObject([
        { lotName: 'A', onHand: 5 },
        { lotName: 'C', onHand: 0 },
      ])
      expect(done.notHeld).toMatchObject([{ lotName: 'B', reason: 'DATED_AHEAD', onHand: 8, datedAhead: [whole.id] }])
      await plant.reverse(whole)
      expect((await held('A')).held).toMatchObject([{ lotName: 'B', onHand: 8, previousStatus: 'AVAILABLE' }])
      // Once it has happened it is a shipment like any other.
      plant.clock.forward(24 * 3_600_000)
      const then = await recalled('A')
      expect(then.lots[0]).toMatchObject({ onHand: 2, shipped: 3, shipments: [{ recordId: part.id }] })
      expect(then.warnings.join()).not.toContain('Dated ahead')
    })

    it('says that it leaves by what is dated ahead also where what lies there now adds up to nothing', async () => {
      const { plant, line, idOf, made, consumed, held } = await stage(makeStore)
      const { drain } = plant.location
      await made('A', 10)
      await made('B', 5)
      await consumed('A', 'B', 4)
      await plant.save('CONSUME', idOf('B'), { quantity: 5, sourceLocationId: drain })
      const startDate = '2026-11-24T07:00:00.000Z'
      const scrapped = await plant.save('SCRAP', idOf('B'), { quantity: 5, startDate, sourceLocationId: line })
      const filled = await plant.save('RECEIVE', idOf('B'), { quantity: 5, startDate, destinationLocationId: drain })
      const { notHeld } = await held('A')
      expect(notHeld).toMatchObject([{ lotName: 'B', reason: 'DATED_AHEAD', onHand: 0 }])
      expect(new Set(notHeld[0]?.datedAhead)).toEqual(new Set([scrapped.id, filled.id]))
      expect(await plant.get(idOf('B'))).toMatchObject({ status: 'AVAILABLE' })
      await plant.reverse(scrapped)
      expect((await held('A')).held).toMatchObject([{ lotName: 'B' }])
    })
  })
}
