import { describe, expect, it } from 'vitest'
import { makePlant, memory } from '../testing/fixtures.ts'

const noRelease = ['INVENTORY.WRITE.SAVE', 'INVENTORY.WRITE.CHANGE_STATUS'] as const
const denied = { _tag: 'PermissionDenied', permission: 'INVENTORY.WRITE.RELEASE' }
const withRelease = [...noRelease, 'INVENTORY.WRITE.RELEASE'] as const

describe('a release where the material begins on QA_HOLD', () => {
  const stage = async (policy: 'strict' | 'standard') => {
    const plant = await makePlant(memory(policy))
    const { id } = await plant.done(
      plant.inventory.saveMaterial(
        { path: 'Raw/Fresh milk', unitOfMeasureSymbol: 'l', initialLotStatus: 'QA_HOLD' },
        plant.ada,
      ),
    )
    const milk = id ?? ''
    const ben = plant.caller(...noRelease)
    const [chief, open] = [plant.caller(...withRelease), await plant.lot('A', { status: 'OPEN', materialId: milk })]
    return { plant, milk, open, ben, chief }
  }
  const fine = { status: 'AVAILABLE', notes: 'fine' }

  it('asks for it to make an OPEN lot AVAILABLE, however that is asked', async () => {
    const { plant, milk, open, ben } = await stage('strict')
    const draft = await plant.save('STATUS_CHANGE', open, { status: 'RUNNING', lotStatus: 'AVAILABLE', notes: 'soon' })
    const ways = [
      plant.inventory.changeStatus({ lotId: open, newStatus: 'AVAILABLE', notes: 'fine' }, ben),
      plant.inventory.saveLot({ id: open, ...fine }, ben),
      plant.inventory.saveLot({ name: 'B', materialId: milk, ...fine }, ben),
      plant.saving('STATUS_CHANGE', open, { lotStatus: 'AVAILABLE', notes: 'fine' }, ben),
      plant.inventory.saveInventoryLotRecord({ id: draft.id, status: 'COMPLETED' }, ben),
    ]
    for (const way of ways) expect(await plant.refused(way)).toMatchObject(denied)
  })

  it('takes it from whoever may release, and lets others put the lot on hold', async () => {
    const { plant, milk, open, ben, chief } = await stage('strict')
    await plant.done(plant.inventory.saveLot({ id: open, ...fine }, chief))
    expect(await plant.get(open)).toMatchObject({ status: 'AVAILABLE' })
    const { id: made } = await plant.done(plant.inventory.saveLot({ name: 'B', materialId: milk }, ben))
    await plant.changeStatus(made ?? '', 'QA_HOLD', { notes: 'to be looked at' }, ben)
    expect(await plant.get(made ?? '')).toMatchObject({ status: 'QA_HOLD' })
  })

  it('asks for it to give that material to a lot that is AVAILABLE already', async () => {
    const { plant, milk, ben, chief } = await stage('strict')
    const sugar = await plant.lot('C')
    const given = { id: sugar, name: 'C', materialId: milk }
    expect(await plant.refused(plant.inventory.saveLot(given, ben))).toMatchObject(denied)
    expect(await plant.refused(plant.inventory.saveLot({ ...given, ...fine }, ben))).toMatchObject(denied)
    await plant.done(plant.inventory.saveLot({ ...given, status: 'QA_HOLD', notes: 'to be looked at' }, ben))
    const other = await plant.lot('D')
    await plant.done(plant.inventory.saveLot({ ...given, id: other, name: 'D' }, chief))
    expect(await plant.get(other)).toMatchObject({ status: 'AVAILABLE', materialId: milk })
  })

  it('does not ask for it of a standard store', async () => {
    const { plant, open, ben } = await stage('standard')
    await plant.done(plant.inventory.saveLot({ id: open, status: 'AVAILABLE' }, ben))
    expect(await plant.get(open)).toMatchObject({ status: 'AVAILABLE' })
  })
})
