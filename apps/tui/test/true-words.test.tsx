import { makePlant, type Plant } from '@lotbook/domain/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { possibleActions } from '../src/views/lot/possible-actions.ts'
import { type Opened, openTerminal } from './open-terminal.tsx'

let plant: Plant
let terminal: Opened
let lotId: string

beforeEach(async () => {
  plant = await makePlant()
  lotId = await plant.lot('SALT-1', { stock: 100 })
  await plant.consume(lotId, 1, 2)
  terminal = await openTerminal(plant, { rows: 30 })
  await terminal.see('SALT-1')
})
afterEach(() => terminal.close())

describe('what the terminal says', () => {
  it('after a hold was taken back is the status that the lot has now', async () => {
    await terminal.scan('SALT-1')
    await terminal.see('99 kg on hand')
    await terminal.press('h')
    await terminal.see('Change status SALT-1')
    await terminal.press('ctrl-s')
    await terminal.see('SALT-1 is QA_HOLD now')
    await terminal.press('u')
    await terminal.see('taken back: SALT-1 is AVAILABLE now')
    expect(await plant.get(lotId)).toMatchObject({ status: 'AVAILABLE' })
  })

  it('of a record is the status that it saw, and two only where it changed one', async () => {
    const open = async (type: string) => {
      await terminal.press(':')
      await terminal.type(`records lotRecordType=${type}`)
      await terminal.press('enter')
      await terminal.see(new RegExp(`${type}[^]*> \\d{4}-`, 'u'))
      await terminal.press('enter')
      return terminal.see('lot status')
    }
    expect(await open('CONSUME')).toMatch(/lot status +AVAILABLE/u)
    expect(await open('STATUS_CHANGE')).toMatch(/lot status +OPEN → AVAILABLE/u)
  })
})

describe('what may be done with a lot', () => {
  const whyNot = async (grant: 'INVENTORY' | 'INVENTORY.READ.GET') => {
    const { inventory, ada, done } = plant
    const actions = await done(inventory.getLotActions(lotId, plant.caller(grant)))
    const all = possibleActions(actions, await done(inventory.getLot(lotId, ada)), [])
    return Object.fromEntries(all.map((action) => [action.does, action.whyNot]))
  }

  it('is no change of status for somebody who may make none', async () => {
    const off = await whyNot('INVENTORY.READ.GET')
    expect(off['changeStatus']).toMatch(/CHANGE_STATUS/u)
    expect((await whyNot('INVENTORY'))['changeStatus']).toBeUndefined()
  })
})
