import { describe, expect, it } from 'vitest'
import { type LotStatus, lotStatuses, type Policy } from '../lot/lot-status.ts'
import { acting, perform } from '../testing/act.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import type { ActionName } from './catalog.ts'

const present: readonly LotStatus[] = ['OPEN', 'AVAILABLE', 'QA_HOLD', 'EXPIRED']

// The table of the rules, written down a second time.
const allowed: Readonly<Record<ActionName, readonly LotStatus[]>> = {
  consume: ['AVAILABLE'],
  ship: ['AVAILABLE'],
  receive: [...present, 'SHIPPED'],
  produce: present,
  move: present,
  scrap: present,
  scrapAll: present,
  returnInventory: present,
  split: present,
  unconsume: present,
  editInventoryQuantity: present,
  merge: present,
}

const place = 'Plant/Dock'
const out = { quantity: 1, sourceLocationIdOrPath: place, notes: 'why' }
const into = { quantity: 1, destinationLocationIdOrPath: place }

const requestOf = (name: ActionName, lot: string, other: string): Fields => {
  switch (name) {
    case 'receive':
    case 'produce':
    case 'unconsume':
      return { ...into, lotIdOrName: lot }
    case 'move':
      return { ...out, lotIdOrName: lot, destinationLocationIdOrPath: 'Plant/Cellar' }
    case 'split':
      return { ...out, sourceLotId: lot, destinationLotName: 'child' }
    case 'merge':
      return { sourceLotId: other, destinationLotId: lot }
    case 'scrapAll':
      return { sourceLocationIdOrPath: place, materialIdOrPath: 'Raw/Sugar', notes: 'why' }
    case 'editInventoryQuantity':
      return { newQuantity: 3, lotIdOrName: lot, sourceLocationIdOrPath: place, notes: 'why' }
    default:
      return { ...out, lotIdOrName: lot }
  }
}

const consumed = async (plant: Plant, policy: Policy, status: LotStatus) => {
  const lot = await plant.lot('L', { stock: 10 })
  await plant.consume(lot, 1, 2)
  await plant.setPolicy('permissive')
  if (status !== 'AVAILABLE') await plant.changeStatus(lot, status)
  const other = await plant.lot('X', { status })
  await plant.setPolicy(policy)
  return { lot, other }
}

const cells = (Object.keys(allowed) as ActionName[]).flatMap((name) =>
  (['permissive', 'standard', 'strict'] as const).flatMap((policy) =>
    lotStatuses.map((status) => {
      const open = policy === 'permissive' && status === 'OPEN' && (name === 'consume' || name === 'ship')
      return { name, policy, status, may: open || allowed[name].includes(status) }
    }),
  ),
)

describe('an action', () => {
  it.each(cells)('$name of a lot that is $status under the $policy policy: $may', async (cell) => {
    const { name, policy, status, may } = cell
    const plant = await makePlant()
    const { lot, other } = await consumed(plant, policy, status)
    const request = requestOf(name, lot, other)
    if (may) {
      await plant.done(perform(plant, name, request))
      // A customer return is held; nothing else here changes the status of the lot.
      expect((await plant.get(lot)).status).toBe(status === 'SHIPPED' ? 'QA_HOLD' : status)
      return
    }
    const refusal = await acting(plant).refused(name, request)
    expect(refusal).toMatchObject({ _tag: 'ActionRefused', lotName: 'L', lotStatus: status })
    expect(refusal.message).toMatch(/Reopen|Release|Reverse|Make the lot|Change its status/u)
  })

  it.each(['scrap', 'editInventoryQuantity', 'scrapAll'] as const)('%s under strict says why', async (name) => {
    const plant = await makePlant()
    const { lot, other } = await consumed(plant, 'strict', 'AVAILABLE')
    const request = { ...requestOf(name, lot, other), notes: null }
    expect(await acting(plant).violations(name, request)).toMatchObject({
      notes: [expect.stringContaining('or a reason code are required')],
    })
  })
})
