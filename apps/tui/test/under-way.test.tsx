import { makePlant, type Plant } from '@lotbook/domain/testing'
import { Effect } from 'effect'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Opened, openTerminal } from './open-terminal.tsx'

const underWay = 'under way: waiting for the answer'
let plant: Plant
let terminal: Opened
let lotId: string
let answer: () => void

// A ledger that changes a status, and says what a scrap would be, when it is told to.
beforeEach(async () => {
  plant = await makePlant()
  lotId = await plant.lot('SALT-1', { stock: 100 })
  const told = new Promise<void>((resolve) => {
    answer = resolve
  })
  const late = <A, B, C>(ask: (request: unknown, call: A) => Effect.Effect<B, C>): typeof ask => {
    return (request, call) =>
      Effect.flatMap(
        Effect.promise(() => told),
        () => ask(request, call),
      )
  }
  const { inventory } = plant
  const slow: typeof inventory = {
    ...inventory,
    changeStatus: late(inventory.changeStatus),
    dryRun: { ...inventory.dryRun, scrap: late(inventory.dryRun.scrap) },
  }
  terminal = await openTerminal({ ...plant, inventory: slow })
  await terminal.scan('SALT-1')
  await terminal.see('Lot SALT-1')
})
afterEach(() => terminal.close())

describe('work that takes long', () => {
  it.each(['enter', 'ctrl-s'])('after %s is said to be under way until it is answered', async (key) => {
    await terminal.press('h')
    await terminal.see('Change status SALT-1')
    await terminal.press(key)
    await terminal.see(underWay)
    // It stays, whatever is pressed, and is done once.
    await terminal.press(key, 'up', 'down')
    expect(terminal.text()).toContain(underWay)
    answer()
    await terminal.see('SALT-1 is QA_HOLD now')
    expect(terminal.text()).not.toContain(underWay)
    expect(await plant.get(lotId)).toMatchObject({ status: 'QA_HOLD' })
  })

  it('before a question is said too', async () => {
    await terminal.press('x')
    await terminal.see('Scrap SALT-1')
    await terminal.type('1')
    await terminal.press('ctrl-s')
    await terminal.see(underWay)
    answer()
    expect(await terminal.see('Do it?')).not.toContain(underWay)
  })

  it('goes on where its form is left, and what came of it is said in the view behind', async () => {
    await terminal.press('h')
    await terminal.see('Change status SALT-1')
    await terminal.press('enter')
    await terminal.see(underWay)
    await terminal.press('escape')
    await terminal.see('it was sent already: what comes of it is said here')
    answer()
    await terminal.see('SALT-1 is QA_HOLD now')
    await terminal.see('Lot SALT-1')
  })
})
