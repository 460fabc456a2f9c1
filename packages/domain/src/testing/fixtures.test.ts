import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import { policies } from '../lot/lot-status.ts'
import { ada, memoryPlant } from './fixtures.ts'

const run = Effect.runSync

describe('verify', () => {
  it('finds nothing wrong after a bit of everything', () => {
    const plant = memoryPlant()
    const { dock, line } = plant.locations
    const [milk, rest] = [run(plant.lot('M-1', 'milk')), run(plant.lot('M-2', 'milk', 'OPEN'))]
    run(plant.receive(milk, 10))
    run(plant.inventory.saveLot({ id: milk.id, expirationDate: '2026-11-25T00:00:00Z' }, ada))
    const consumed = run(plant.record('CONSUME', milk, { quantity: 3, sourceLocationId: dock }))
    const back = run(plant.record('UNCONSUME', milk, { quantity: 1, destinationLocationId: line }))
    run(plant.record('SPLIT', milk, { quantity: 2, sourceLocationId: dock, secondaryInventoryLotId: rest.id }))
    run(plant.inventory.saveInventoryLotRecord({ id: consumed.id, quantity: 2 }, ada))
    run(plant.inventory.reverseLotRecord({ id: back.id }, ada))
    run(plant.record('EDIT', milk, { quantity: -1, sourceLocationId: dock }))
    const early = run(plant.store.checkpoint())
    run(plant.inventory.changeStatus({ lotId: rest.id, newStatus: 'QA_HOLD' }, ada))
    expect(run(plant.store.verify(early))).toMatchObject({ mismatches: [], lots: 2, inventoryRows: 3 })
    expect(run(plant.store.verify({ ...early, count: 3 })).mismatches).toHaveLength(1)
  })
})

describe('the plant', () => {
  it('receives, moves, consumes and takes back', () => {
    const plant = memoryPlant()
    const { dock, line } = plant.locations
    const sugar = run(plant.lot('S-1', 'sugar'))
    run(plant.receive(sugar, 10))
    run(plant.record('MOVE', sugar, { quantity: 4, sourceLocationId: dock, destinationLocationId: line }))
    const consumed = run(plant.record('CONSUME', sugar, { quantity: 3, sourceLocationId: line }))
    expect(run(plant.look(sugar))).toMatchObject({ onHand: 7, totalQuantity: 10, status: 'AVAILABLE' })
    run(plant.inventory.reverseLotRecord({ id: consumed.id }, ada))
    expect(run(plant.look(sugar))).toMatchObject({ onHand: 10, totalQuantity: 10 })
    expect(run(plant.store.verify()).mismatches).toEqual([])
  })

  it('merges and takes the merge back, over all rows', () => {
    const plant = memoryPlant()
    const [kept, absorbed] = [run(plant.lot('S-1', 'sugar')), run(plant.lot('S-2', 'sugar'))]
    run(plant.receive(absorbed, 5, 'dock'))
    run(plant.receive(absorbed, 7, 'warehouse'))
    const merged = run(plant.record('MERGE', kept, { secondaryInventoryLotId: absorbed.id }))
    expect(run(plant.look(absorbed))).toMatchObject({ onHand: 0, status: 'CLOSED' })
    run(plant.inventory.reverseLotRecord({ id: merged.id }, ada))
    expect(run(plant.look(absorbed))).toMatchObject({ onHand: 12, status: 'AVAILABLE' })
    expect(run(plant.store.verify()).mismatches).toEqual([])
  })

  it('is the same every time, under every policy', () => {
    for (const policy of policies) {
      const [one, other] = [memoryPlant(policy), memoryPlant(policy)]
      for (const plant of [one, other]) run(plant.receive(run(plant.lot('M-1', 'milk')), 5))
      expect(one.store.dump()).toEqual(other.store.dump())
    }
  })
})
