import { makePlant, type Plant } from '@lotbook/domain/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Opened, openTerminal } from './open-terminal.tsx'

let plant: Plant
let terminal: Opened
let lotId: string

beforeEach(async () => {
  plant = await makePlant()
  lotId = await plant.lot('SALT-1', { stock: 100 })
  terminal = await openTerminal(plant, { rows: 30 })
  await terminal.see('SALT-1')
})
afterEach(() => terminal.close())

const openForm = async (key: string, lot = 'SALT-1') => {
  await terminal.scan(lot)
  await terminal.see('100 kg on hand')
  await terminal.press(key)
  return terminal.see(`Change status ${lot}`)
}
/** Presses Ctrl-S, and sees that it is refused in these words and changed nothing. */
const expectRefused = async (words: string) => {
  const before = await plant.dump()
  await terminal.press('ctrl-s')
  const screen = (await terminal.see('! ')).replaceAll(/\s+/gu, ' ')
  expect(screen).toContain(words)
  expect(screen).toContain('Change status')
  expect(await plant.dump()).toEqual(before)
}
const changed = (lot = 'SALT-1') =>
  `! lot ${lot} was changed since this form was opened: leave it and look at the lot again`

describe('a change of status', () => {
  it('releases no lot that somebody held after the form was opened', async () => {
    const id = await plant.lot('NEW-1', { stock: 100, status: 'OPEN' })
    expect(await openForm('r', 'NEW-1')).toMatch(/expected status +OPEN/u)
    await plant.changeStatus(id, 'QA_HOLD', { notes: 'glass found' })
    await expectRefused(changed('NEW-1'))
    // Who looked at it again may release it.
    await terminal.press('escape')
    await terminal.see(/^QA_HOLD {2}/mu)
    await terminal.press('r')
    expect(await terminal.see('Change status NEW-1')).toMatch(/expected status +QA_HOLD/u)
    await terminal.press('ctrl-s')
    await terminal.see('NEW-1 is AVAILABLE now')
    expect(await plant.get(id)).toMatchObject({ status: 'AVAILABLE' })
  })

  it('releases no lot that was held, cleared and held again in between', async () => {
    await plant.changeStatus(lotId, 'QA_HOLD', { notes: 'label' })
    await openForm('r')
    await plant.changeStatus(lotId, 'AVAILABLE')
    await plant.changeStatus(lotId, 'QA_HOLD', { notes: 'glass found' })
    await expectRefused(changed())
  })

  it('that asks first is refused before it asks', async () => {
    await openForm('T')
    await terminal.type('CLOSED')
    await plant.changeStatus(lotId, 'QA_HOLD')
    await plant.changeStatus(lotId, 'AVAILABLE')
    await expectRefused(changed())
  })

  it('holds a lot whatever was done to it in between', async () => {
    await openForm('h')
    await plant.receive(lotId, 1, 2)
    await plant.changeStatus(lotId, 'EXPIRED')
    await terminal.press('ctrl-s')
    await terminal.see('SALT-1 is QA_HOLD now')
    expect(await plant.get(lotId)).toMatchObject({ status: 'QA_HOLD' })
  })
})
