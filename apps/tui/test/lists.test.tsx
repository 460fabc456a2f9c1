import { makePlant, type Plant } from '@lotbook/domain/testing'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Opened, openTerminal } from './open-terminal.tsx'

let plant: Plant
let terminal: Opened

beforeAll(async () => {
  plant = await makePlant()
  const salt = await plant.lot('SALT-2026-11-01', { stock: 1040 })
  await plant.consume(salt, 1000.123456, 2)
  await plant.lot('BOTH-1', { material: 'milk', stock: 2 })
  await plant.lot('BOTH-1', { material: 'sugar', stock: 3 })
})
afterEach(() => terminal.close())

const open = async (columns: number) => {
  terminal = await openTerminal(plant, { columns, rows: 12 })
  await terminal.see('SALT')
}

describe('on a screen of 40 columns', () => {
  it('the history of a lot shows whole quantities', async () => {
    await open(40)
    await terminal.scan('SALT-2026-11-01')
    await terminal.see('39.876544 kg')
    await terminal.press('tab', 'tab')
    const history = await terminal.see('1000.123456 kg')
    expect(history).toMatch(/11-02 \d\d:\S+ +CONSUME +1000\.123456 kg/u)
    expect(history).toContain('1040 kg')
  })

  it('the records show the lot and the quantity', async () => {
    await open(40)
    await terminal.press(':')
    await terminal.type('records lotRecordType=CONSUME')
    await terminal.press('enter')
    expect(await terminal.see('1000.123456 kg')).toMatch(/CONSUME +…\S*11-01 +1000\.123456 kg/u)
  })

  it('lots of one name are told apart by their material', async () => {
    await open(40)
    await terminal.scan('BOTH-1')
    const both = await terminal.see('name=BOTH-1')
    expect(await terminal.see('Raw/Sugar')).toContain('Raw/Milk')
    expect(both).toContain('name=BOTH-1')
  })
})

describe('the list of lots', () => {
  it('has the material of lots of one name on a usual screen too', async () => {
    await open(80)
    await terminal.scan('BOTH-1')
    await terminal.see('Raw/Sugar')
    expect(await terminal.see('Raw/Milk')).toContain('MATERIAL')
  })

  it('is filtered as typed or in capitals, and Esc takes the filter away before it goes back', async () => {
    await open(80)
    await terminal.press('/')
    await terminal.type('salt')
    await terminal.press('enter')
    expect(await terminal.see(/Lots 1 \/salt/u)).toContain('SALT-2026-11-01')
    await terminal.press('escape')
    await terminal.see(/Lots 3 +memory/u)
    // A list that was opened with a filter keeps it: Esc leaves the list.
    await terminal.scan('BOTH-1')
    await terminal.see('name=BOTH-1')
    await terminal.press('z')
    await terminal.see('onHand=true')
    await terminal.press('escape')
    await terminal.see(/Lots 2 name=BOTH-1 +memory/u)
    await terminal.press('escape')
    await terminal.see(/Lots 3 +memory/u)
  })
})
