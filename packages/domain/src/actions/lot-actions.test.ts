import { Result } from 'effect'
import { describe, expect, it } from 'vitest'
import { lotStatuses, policies } from '../lot/lot-status.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, memory, type Plant } from '../testing/fixtures.ts'
import { type ActionName, actionCatalog } from './catalog.ts'

// The requests that somebody would send, written without the code under test.
const requestOf = (action: ActionName, lot: string, other: string, plant: Plant): Fields => {
  const [dock, cellar] = [plant.location.dock, plant.location.cellar]
  const out = { lotIdOrName: lot, quantity: 1, sourceLocationIdOrPath: dock }
  const into = { lotIdOrName: lot, quantity: 1, destinationLocationIdOrPath: cellar }
  const special: Partial<Record<ActionName, Fields>> = {
    receive: into,
    produce: into,
    unconsume: into,
    move: { ...out, destinationLocationIdOrPath: cellar },
    split: { quantity: 1, sourceLotId: lot, sourceLocationIdOrPath: dock, destinationLotName: 'New' },
    merge: { sourceLotId: other, destinationLotId: lot },
    scrapAll: { sourceLocationIdOrPath: dock },
    editInventoryQuantity: { lotIdOrName: lot, sourceLocationIdOrPath: dock, newQuantity: 5 },
  }
  return { ...(special[action] ?? out), notes: 'why' }
}

const cases = policies.flatMap((policy) =>
  lotStatuses.flatMap((status) =>
    [true, false].flatMap((expired) => [0, 5].map((stock) => ({ policy, status, expired, stock }))),
  ),
)

describe('getLotActions', () => {
  it.each(cases)('$policy, $status, expired $expired, $stock on hand', async ({ policy, status, expired, stock }) => {
    const plant = await makePlant(memory(policy))
    const setup = { status, expirationDate: at(expired ? 2 : 28) }
    const lot = await plant.lot('A', { ...setup, stock })
    const other = await plant.lot('B', setup)
    const before = await plant.dump()
    const { actions, statuses } = await plant.done(plant.inventory.getLotActions(lot, plant.ada))
    expect(await plant.dump()).toEqual(before)
    const names = Object.keys(actionCatalog) as ActionName[]
    expect(actions.map(({ action }) => action)).toEqual(names.filter((name) => name !== 'scrapAll' || stock > 0))
    for (const said of actions) {
      const request = requestOf(said.action, lot, other, plant)
      const done = await plant.result(plant.inventory.dryRun[said.action](request, plant.ada))
      expect([said.action, said.allowed]).toEqual([said.action, Result.isSuccess(done)])
      if (!said.allowed && Result.isFailure(done)) {
        expect(said.reason).toBe(done.failure.message.replace('Plant/Dock', stock > 0 ? 'Plant/Dock' : 'any location'))
        if ('clearedBy' in done.failure) expect(said.clears).toBe(done.failure.clearedBy)
      }
    }
    expect(statuses.map((said) => said.status)).toEqual(lotStatuses)
    for (const said of statuses) {
      const request = { lotId: lot, newStatus: said.status, notes: 'why' }
      const done = await plant.result(plant.inventory.dryRun.changeStatus(request, plant.ada))
      expect([said.status, said.allowed]).toEqual([said.status, Result.isSuccess(done)])
      if (!said.allowed && Result.isFailure(done)) expect(said.reason).toBe(done.failure.message)
    }
  })

  it('takes a disabled lot, what was consumed and the permissions into account', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 5 })
    const ask = async (call = plant.ada) => {
      const { actions, statuses } = await plant.done(plant.inventory.getLotActions(lot, call))
      return new Map<string, unknown>([
        ...actions.map((one) => [one.action, one]),
        ...statuses.map((one) => [one.status, one]),
      ] as [string, unknown][])
    }
    expect((await ask()).get('unconsume')).toMatchObject({
      allowed: false,
      clears: expect.stringContaining('consumed'),
    })
    await plant.consume(lot, 2, 4)
    expect((await ask()).get('unconsume')).toEqual({ action: 'unconsume', allowed: true })
    const ben = plant.caller('INVENTORY.READ', 'INVENTORY.WRITE.MOVE')
    expect((await ask(ben)).get('move')).toEqual({ action: 'move', allowed: true })
    expect((await ask(ben)).get('scrap')).toEqual({
      action: 'scrap',
      allowed: false,
      reason: 'this needs the permission INVENTORY.WRITE.SCRAP',
      clears: 'Ask for the permission INVENTORY.WRITE.SCRAP',
    })
    expect((await ask(ben)).get('QA_HOLD')).toMatchObject({ allowed: false })
    await plant.done(plant.inventory.saveLot({ id: lot, enabled: false }, plant.ada))
    const disabled = [...(await ask()).values()]
    expect(disabled.filter((one) => !(one as { allowed: boolean }).allowed)).toHaveLength(disabled.length)
    expect(disabled[0]).toMatchObject({ reason: expect.stringContaining('is disabled'), clears: 'Enable it first' })
  })

  it('asks for the permission to read, and for a lot', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    const ask = (id: string, call = plant.ada) => plant.refused(plant.inventory.getLotActions(id, call))
    expect(await ask(lot, plant.caller('INVENTORY.WRITE'))).toMatchObject({ permission: 'INVENTORY.READ.GET' })
    expect(await ask('nothing')).toMatchObject({ _tag: 'NotFound' })
  })
})
