import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import { at } from '../clock.ts'
import { recalledPlant, spread } from './recalled-plant.ts'
import type { MakeStore } from './store-contract.ts'

/** How what a lot reached is held. */
export const recallHoldContract = (makeStore: MakeStore): void => {
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
      const { plant, held, made, consumed, left, idOf } = await recalledPlant(makeStore)
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
      const { plant, line, idOf, made, consumed, held, recalled } = await recalledPlant(makeStore)
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
      const { plant, line, idOf, made, consumed, held } = await recalledPlant(makeStore)
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
