import type { Inventory } from '@lotbook/domain'
import { makePlant, type Plant } from '@lotbook/domain/testing'
import { Effect } from 'effect'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Opened, openTerminal } from './open-terminal.tsx'

let plant: Plant
let terminal: Opened
let answer: () => void

// A ledger that says which locations there are when it is told to.
beforeEach(async () => {
  plant = await makePlant()
  await plant.lot('SALT-1', { stock: 100 })
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  const findLocations: Inventory['findLocations'] = (query, caller) =>
    Effect.flatMap(
      Effect.promise(() => asked),
      () => plant.inventory.findLocations(query, caller),
    )
  terminal = await openTerminal({ ...plant, inventory: { ...plant.inventory, findLocations } })
})
afterEach(() => terminal.close())

describe('while the ledger has not answered yet', () => {
  it('Tab is kept, and completes the field once there is something to complete it to', async () => {
    await terminal.scan('SALT-1')
    await terminal.see('Lot SALT-1')
    await terminal.press('m', 'down', 'down')
    await terminal.type('cell')
    await terminal.press('tab')
    expect(await terminal.see('> destination location')).toMatch(/> destination location\* +cell *$/mu)
    answer()
    await terminal.see(/> destination location\* +Plant\/Cellar/u)
  })

  it('Tab is forgotten where something else was typed meanwhile', async () => {
    await terminal.scan('SALT-1')
    await terminal.see('Lot SALT-1')
    await terminal.press('m', 'down', 'down')
    await terminal.type('cel')
    await terminal.press('tab', 'l')
    answer()
    await terminal.see(/> destination location\* +cell *\n +Plant\/Cellar/u)
    await terminal.press('tab')
    await terminal.see(/> destination location\* +Plant\/Cellar/u)
  })

  it('no view says that there is nothing', async () => {
    await terminal.press(':')
    await terminal.type('stock')
    const opened = terminal.press('enter')
    await terminal.see(/^Stock .*\n *reading …/u)
    answer()
    await opened
    await terminal.see(/^Stock .*\n> ▸ Plant/u)
  })
})
