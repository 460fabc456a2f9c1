import { type Inventory, StorageUnavailable } from '@lotbook/domain'
import { makePlant, type Plant } from '@lotbook/domain/testing'
import { Effect } from 'effect'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Opened, openTerminal } from './open-terminal.tsx'

let plant: Plant
let terminal: Opened

beforeAll(async () => {
  plant = await makePlant()
  for (let count = 0; count < 205; count += 1) await plant.lot(`L-${1000 + count}`, { stock: 1 })
  const milk = await plant.lot('M-1', { material: 'milk' })
  await plant.receive(milk, 3, 4, plant.location.cellar)
})
afterEach(() => terminal.close())

const openStock = async (location: string, inventory: Inventory = plant.inventory) => {
  terminal = await openTerminal({ ...plant, inventory: { ...plant.inventory, ...inventory } })
  await terminal.see('L-1000')
  await terminal.press(':')
  await terminal.type(`stock ${location}`)
  await terminal.press('enter')
}

describe('the stock of a location', () => {
  it('says that a lot is expired, whatever its status', async () => {
    await openStock('Plant/Cellar')
    expect(await terminal.see('M-1')).toMatch(/M-1 +3 l {2}EXPIRED/u)
  })

  it('goes on after its first page when somebody asks', async () => {
    await openStock('Plant/Dock')
    await terminal.see(/▾ Dock *\n +L-1000/u)
    // Below what lies there are the drain and the line.
    await terminal.press('G', 'k', 'k')
    const first = await terminal.see(/> +there is more: Enter shows it/u)
    expect([first.includes('L-1199'), first.includes('L-1200')]).toEqual([true, false])
    await terminal.press('enter')
    await terminal.see(/> +L-1200/u)
    await terminal.press('G', 'k', 'k')
    const rest = await terminal.see(/> +L-1204/u)
    expect(rest).not.toContain('there is more')
  })

  it('is not empty where it could not be read, but says why', async () => {
    const findInventory = () => Effect.fail(new StorageUnavailable({ reason: 'the disk went away' }))
    await openStock('Plant/Dock', { ...plant.inventory, findInventory })
    expect(await terminal.see('the store is not available: the disk went away')).not.toContain('L-1000')
  })

  it('of a location that there is none of is said', async () => {
    await openStock('nope')
    await terminal.see('no location is called “nope”')
  })
})
