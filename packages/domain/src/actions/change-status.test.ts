import { describe, expect, it } from 'vitest'
import { type LotStatus, lotStatuses, type Policy, policies } from '../lot/lot-status.ts'
import { at } from '../testing/clock.ts'
import { makePlant, memory } from '../testing/fixtures.ts'

// The transition table as the ledger's rules state it, written down a second time on purpose.
const rules = {
  OPEN: ['same', 'yes', 'yes', 'yes', 'no', 'empty'],
  AVAILABLE: ['no', 'same', 'yes', 'yes', 'empty', 'empty'],
  QA_HOLD: ['no', 'not past expiry', 'same', 'yes', 'no', 'empty'],
  EXPIRED: ['no', 'new date', 'yes', 'same', 'no', 'empty'],
  SHIPPED: ['no', 'reversal only', 'yes', 'no', 'same', 'yes'],
  CLOSED: ['no', 'no', 'yes', 'no', 'no', 'same'],
} as const

interface Circumstance {
  readonly stock: number
  readonly pastExpiry: boolean
  readonly newDate: boolean
}

const isLegal = (policy: Policy, from: LotStatus, to: LotStatus, { stock, pastExpiry, newDate }: Circumstance) => {
  const rule = rules[from][lotStatuses.indexOf(to)]
  if (policy === 'permissive' || rule === 'same' || rule === 'yes') return true
  if (rule === 'empty') return stock === 0
  if (rule === 'not past expiry') return !pastExpiry || newDate
  return rule === 'new date' && newDate
}

const circumstances = [0, 10].flatMap((stock) =>
  [false, true].flatMap((pastExpiry) => [false, true].map((newDate) => ({ stock, pastExpiry, newDate }))),
)

const cells = policies.flatMap((policy) =>
  lotStatuses.flatMap((from) => lotStatuses.map((to) => [policy, from, to] as const)),
)

const newDate = at(30)

describe('changeStatus', () => {
  it.each(cells)('under the %s policy moves a lot from %s to %s as the table says', async (policy, from, to) => {
    const plant = await makePlant(memory(policy))
    for (const circumstance of circumstances) {
      // A new date goes with AVAILABLE only.
      if (circumstance.newDate && to !== 'AVAILABLE') continue
      const expirationDate = circumstance.pastExpiry ? at(20) : at(25)
      const lot = await plant.lot(JSON.stringify(circumstance), { status: from, expirationDate, ...circumstance })
      const request = {
        lotId: lot,
        newStatus: to,
        notes: 'why',
        ...(circumstance.newDate && { expirationDate: newDate }),
      }
      const before = await plant.get(lot)
      expect(before.status).toBe(from)

      if (isLegal(policy, from, to, circumstance)) {
        const record = await plant.done(plant.inventory.changeStatus(request, plant.ada))
        expect(record).toMatchObject({ previousStatus: from, lotStatus: to, posted: true, quantity: null, policy })
        const closedDate = to !== 'CLOSED' ? null : from === 'CLOSED' ? before.closedDate : at(23)
        const expires = circumstance.newDate ? newDate : before.expirationDate
        expect(await plant.get(lot)).toMatchObject({ status: to, closedDate, expirationDate: expires })
        expect((await plant.get(lot)).onHand).toBe(circumstance.stock)
      } else {
        const refusal = await plant.refused(plant.inventory.changeStatus(request, plant.ada))
        const legal = lotStatuses.filter((status) => isLegal(policy, from, status, circumstance))
        expect(refusal).toMatchObject({ _tag: 'StatusTransitionRefused', kind: 'lot', from, to, legal })
        expect(await plant.get(lot)).toEqual(before)
      }
    }
  })

  it('finds the same legal moves in every kind of record that changes a status', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { status: 'QA_HOLD', stock: 1 })
    const refusal = await plant.refused(plant.saving('STATUS_CHANGE', lot, { lotStatus: 'SHIPPED' }))
    expect(refusal).toMatchObject({ from: 'QA_HOLD', to: 'SHIPPED', legal: ['AVAILABLE', 'QA_HOLD', 'EXPIRED'] })
  })

  it('moves a lot that was shipped by its last shipment, and one that a merge closed, by the same table', async () => {
    const plant = await makePlant()
    const shipped = await plant.lot('A', { stock: 5 })
    await plant.save('SHIP', shipped, { quantity: 5, sourceLocationId: plant.location.dock })
    const [survivor, absorbed] = [await plant.lot('B', { stock: 1 }), await plant.lot('C', { stock: 1 })]
    await plant.save('MERGE', survivor, { secondaryInventoryLotId: absorbed })
    for (const [lot, from] of [
      [shipped, 'SHIPPED'],
      [absorbed, 'CLOSED'],
    ] as const) {
      const refusal = await plant.refused(
        plant.inventory.changeStatus({ lotId: lot, newStatus: 'AVAILABLE' }, plant.ada),
      )
      expect(refusal).toMatchObject({ _tag: 'StatusTransitionRefused', from, to: 'AVAILABLE' })
      await plant.changeStatus(lot, 'QA_HOLD')
      expect(await plant.get(lot)).toMatchObject({ status: 'QA_HOLD', closedDate: null })
    }
  })
})
