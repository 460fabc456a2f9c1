import { makePlant, type Plant } from '@lotbook/domain/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { longestLine } from '../src/app/edit-line.ts'
import { type Opened, openTerminal } from './open-terminal.tsx'

let plant: Plant
let terminal: Opened
let lotId: string
let before: unknown

beforeEach(async () => {
  plant = await makePlant()
  lotId = await plant.lot('SALT-1', { stock: 100 })
  for (const name of ['SMP-2', 'SMP-2-A']) await plant.lot(name)
  before = await plant.dump()
  terminal = await openTerminal(plant)
  await terminal.scan('SALT-1')
  await terminal.see('Lot SALT-1')
})
afterEach(() => terminal.close())

const open = async (key: string, title: string) => {
  await terminal.press(key)
  await terminal.see(title)
}
const lastLine = /^> \[ .+ \] *$/mu
const notDone = /“.+” was scanned or typed where no field is:\s+nothing was done/u

describe('a form on its last line', () => {
  beforeEach(async () => {
    await open('h', 'Change status SALT-1')
    await terminal.see(lastLine)
  })
  const expectNothing = async () => {
    expect(terminal.text()).toContain('Change status SALT-1')
    expect(terminal.text()).toMatch(lastLine)
    expect(await plant.dump()).toEqual(before)
  }

  it.each([
    ['in one piece', ['SMP-2\r']],
    ['with CR and LF', ['SMP-2\r\n']],
    ['with LF in a piece of its own', ['SMP-2\r', '\n']],
    ['with two Enters', ['SMP-2\r\r']],
    ['with Tab, and an Enter', ['SMP-2\t', '\r']],
    ['in parts', ['SM', 'P-', '2', '\r']],
    ['as a command', [':undo\r']],
    ['of one character', ['2\r']],
    ['twice', ['SMP-2\rSMP-2\r']],
  ])('does nothing with a code that comes %s, says so, and is done by Enter after that', async (_, chunks) => {
    for (const chunk of chunks) await terminal.send(chunk)
    await terminal.see(/nothing was done/u)
    await expectNothing()
    await terminal.press('enter')
    await terminal.see('SALT-1 is QA_HOLD now')
    expect(await plant.get(lotId)).toMatchObject({ status: 'QA_HOLD' })
  })

  it.each(['enter', 'tab'])('does nothing with a code that comes as keys one by one and ends with %s', async (end) => {
    await terminal.type('SMP-2')
    expect(terminal.text()).toMatch(notDone)
    await terminal.press(end)
    expect(await terminal.see(notDone)).toContain('“SMP-2”')
    await expectNothing()
  })

  it('names the code', async () => {
    await terminal.scan('SMP-2')
    expect(terminal.text()).toContain('“SMP-2” was scanned or typed where no field is: nothing was done')
    await expectNothing()
  })

  it.each(['tab', 'down'])('is not done by %s', async (key) => {
    await terminal.press(key)
    await expectNothing()
  })

  it('says of Tab what does it', async () => {
    await terminal.press('tab')
    await terminal.see('Tab does nothing here: Enter does it, ↑ goes to the fields')
  })
})

it('does nothing with a form that Enter opened in one go with Enters after it', async () => {
  await terminal.send('\r'.repeat(60))
  await terminal.see('that Enter came at once with what was before it: nothing was done')
  expect(terminal.text()).toMatch(lastLine)
  expect(await plant.dump()).toEqual(before)
})

describe('a code that is scanned into a field', () => {
  it.each([
    ['Enter', 'SMP-2\r'],
    ['CR and LF', 'SMP-2\r\n'],
    ['two Enters', 'SMP-2\r\r'],
    ['Tab', 'SMP-2\t'],
    ['Tab and Enter', 'SMP-2\t\r'],
  ])('fills the last one and stops at the last line, ended by %s', async (_, sent) => {
    await open('h', 'Change status SALT-1')
    await terminal.press('up')
    const [, label = ''] = /^> (\S+)/mu.exec(terminal.text()) ?? []
    await terminal.send(sent)
    expect(await terminal.see(lastLine)).toMatch(new RegExp(`^  ${label} +SMP-2 *$`, 'mu'))
    expect(await plant.dump()).toEqual(before)
  })

  it('that ends with Tab is not completed to another lot', async () => {
    await open('M', 'Merge SALT-1')
    await terminal.see(/^> destination lot/mu)
    await terminal.send('SMP-2\t')
    await terminal.see(/^ {2}destination lot\* +SMP-2 *$/mu)
  })

  it('as the form opens fills it too, and goes to the next one', async () => {
    await open('M', 'Merge SALT-1')
    await terminal.scan('SMP-2')
    await terminal.see(/^ {2}destination lot\* +SMP-2 *$/mu)
    expect(terminal.text()).toContain('Merge SALT-1')
  })

  it('does nothing where the help stands, and that is said', async () => {
    await open('M', 'Merge SALT-1')
    await terminal.press('ctrl-g')
    await terminal.see('Checks the form and does it')
    await terminal.scan('SMP-2')
    await terminal.see('“SMP-2” came while the help was open: nothing was done')
    expect(terminal.text()).toMatch(/^> destination lot\* *$/mu)
  })
})

describe('a long text', () => {
  it('that is pasted is one change, up to the bound of a line, and what is left out is said', async () => {
    await open('x', 'Scrap SALT-1')
    const drawn = terminal.drawings()
    await terminal.send('7'.repeat(longestLine + 1000))
    await terminal.see(`a line takes ${longestLine} characters: 1000 were left out`)
    expect(terminal.drawings() - drawn).toBeLessThan(20)
    await terminal.press('8')
    await terminal.see(`a line takes ${longestLine} characters: 1 was left out`)
    await terminal.press('ctrl-u', '9')
    await terminal.see(/^> quantity\* +9 *$/mu)
  })
})
