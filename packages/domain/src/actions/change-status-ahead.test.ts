import { describe, expect, it } from 'vitest'
import { acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { makePlant } from '../testing/fixtures.ts'

describe('a change of status without a date, of a lot whose last change of status is dated ahead', () => {
  const ahead = async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 5 })
    await plant.save('STATUS_CHANGE', lot, { lotStatus: 'QA_HOLD', startDate: at(24) })
    await plant.changeStatus(lot, 'AVAILABLE')
    const from = { quantity: 1, lotIdOrName: lot, sourceLocationIdOrPath: 'Plant/Dock' }
    return { plant, lot, from, acts: acting(plant) }
  }

  it('holds it at once: dated with that change, and nothing of it is consumed or shipped from now on', async () => {
    const { plant, lot, from, acts } = await ahead()
    const held = await plant.changeStatus(lot, 'QA_HOLD')
    expect(held).toMatchObject({ startDate: at(23), endDate: at(24), previousStatus: 'AVAILABLE' })
    expect(await plant.get(lot)).toMatchObject({ status: 'QA_HOLD', effectiveStatus: 'QA_HOLD' })
    for (const dates of [{}, { startDate: at(24) }])
      for (const name of ['consume', 'ship'] as const)
        expect(await acts.refused(name, { ...from, ...dates })).toMatchObject({
          ...{ _tag: 'ActionRefused', lotStatus: 'QA_HOLD' },
        })
    expect(
      await plant.refused(
        plant.saving('CONSUME', lot, { quantity: 1, sourceLocationId: plant.location.dock, status: 'COMPLETED' }),
      ),
    ).toMatchObject({ _tag: 'ActionRefused', lotStatus: 'QA_HOLD' })
    // What is held may be put elsewhere, and stays held there.
    await acts.act('move', { ...from, destinationLocationIdOrPath: 'Plant/Cellar' })
    expect(await acts.refused('consume', { ...from, sourceLocationIdOrPath: 'Plant/Cellar' })).toMatchObject({
      lotStatus: 'QA_HOLD',
    })
    // At the moment that was dated, and after it, too.
    plant.clock.forward(24 * 60 * 60 * 1000)
    expect(await acts.refused('ship', from)).toMatchObject({ lotStatus: 'QA_HOLD' })
  })

  it('holds it as soon through saveLot, through saveInventoryLotRecord without a date, and in a list', async () => {
    const hold = { newStatus: 'QA_HOLD' }
    for (const doing of [
      ({ plant, lot }) => plant.done(plant.inventory.saveLot({ id: lot, status: 'QA_HOLD' }, plant.ada)),
      ({ plant, lot }) => plant.save('STATUS_CHANGE', lot, { lotStatus: 'QA_HOLD', startDate: null, endDate: null }),
      ({ plant, lot }) =>
        plant.done(
          plant.inventory.executeInventoryActions(
            { requests: [{ type: 'STATUS_CHANGE', lotId: lot, ...hold }] },
            plant.ada,
          ),
        ),
    ] satisfies ((made: Awaited<ReturnType<typeof ahead>>) => Promise<unknown>)[]) {
      const made = await ahead()
      await doing(made)
      expect(await made.plant.get(made.lot)).toMatchObject({ status: 'QA_HOLD' })
      expect(await made.acts.refused('consume', made.from)).toMatchObject({
        lotStatus: 'QA_HOLD',
      })
    }
  })

  it('is still refused with a date of its own before that', async () => {
    const { plant, lot } = await ahead()
    const dated = plant.saving('STATUS_CHANGE', lot, { lotStatus: 'QA_HOLD', startDate: at(23), endDate: null })
    expect(await plant.refused(dated)).toMatchObject({ _tag: 'ActionRefused', lotStatus: 'AVAILABLE' })
  })

  it('releases it again, and says so in advance', async () => {
    const { plant, lot, from, acts } = await ahead()
    await plant.changeStatus(lot, 'QA_HOLD')
    const { statuses } = await plant.done(plant.inventory.getLotActions(lot, plant.ada))
    expect(statuses).toContainEqual({ status: 'AVAILABLE', allowed: true })
    expect(await plant.changeStatus(lot, 'AVAILABLE')).toMatchObject({ endDate: at(24) })
    await acts.act('consume', from)
  })
})

describe('a release that is dated ahead', () => {
  it.each(['QA_HOLD', 'OPEN', 'EXPIRED'] as const)(
    'of a lot that is %s is refused: it would count at once',
    async (status) => {
      const plant = await makePlant()
      if (status === 'EXPIRED') await plant.setPolicy('permissive')
      const lot = await plant.lot('A', { status, stock: 5 })
      const release = { lotStatus: 'AVAILABLE' }
      expect(
        await plant.refused(plant.saving('STATUS_CHANGE', lot, { ...release, endDate: '2026-11-23T08:00:00.001Z' })),
      ).toMatchObject({
        _tag: 'ActionRefused',
        lotName: 'A',
        lotStatus: status,
        reason:
          'it is dated ahead, and the lot would be AVAILABLE at once: a release counts from the moment it is written',
        clearedBy: 'Leave the date out, or write the release when it is to count',
      })
      const record = await plant.save('STATUS_CHANGE', lot, { ...release, startDate: at(22), endDate: at(23) })
      const later = { id: record.id, endDate: at(24) }
      expect(await plant.refused(plant.inventory.saveInventoryLotRecord(later, plant.ada))).toMatchObject({
        reason: expect.stringContaining('it is dated ahead'),
      })
    },
  )

  it('is no release where nothing is held: a hold may be dated ahead, and OPEN is usable under the permissive policy', async () => {
    const plant = await makePlant()
    const [good, open] = [await plant.lot('A', { stock: 5 }), await plant.lot('O', { status: 'OPEN', stock: 5 })]
    await plant.save('STATUS_CHANGE', good, { lotStatus: 'QA_HOLD', startDate: at(24) })
    await plant.setPolicy('permissive')
    await plant.save('STATUS_CHANGE', open, { lotStatus: 'AVAILABLE', startDate: at(24) })
  })
})
