import { describe, expect, it } from 'vitest'
import { acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { makePlant } from '../testing/fixtures.ts'

describe('a change of status without a date, of a lot whose last change of status is dated ahead', () => {
  const ahead = async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { status: 'OPEN', stock: 5 })
    await plant.save('STATUS_CHANGE', lot, { lotStatus: 'AVAILABLE', startDate: at(24) })
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
