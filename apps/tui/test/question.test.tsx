import { makePlant, type Plant } from '@lotbook/domain/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Opened, openTerminal } from './open-terminal.tsx'

let plant: Plant
let terminal: Opened
let lotId: string

beforeEach(async () => {
  plant = await makePlant()
  lotId = await plant.lot('SALT-1', { stock: 100 })
  // A code that begins with the letter for Yes.
  await plant.lot('yeast-1')
  terminal = await openTerminal(plant)
  await terminal.scan('SALT-1')
  await terminal.see('Lot SALT-1')
})
afterEach(() => terminal.close())

const askToScrap = async () => {
  await terminal.press('x')
  await terminal.see('Scrap SALT-1')
  await terminal.type('1')
  await terminal.press('ctrl-s')
  await terminal.see('Do it?')
}

const askToHold = async () => {
  await terminal.press('C')
  await terminal.see('1 affected')
  await terminal.press('h')
  await terminal.see('Hold what a recall affects SALT-1')
  await terminal.press('ctrl-s')
  await terminal.see('Do it?')
}

describe.each([
  { what: 'of a scrap', ask: askToScrap, form: 'Scrap SALT-1', afterwards: [99, 'AVAILABLE'] },
  { what: 'that holds a recall', ask: askToHold, form: 'Hold what a recall affects', afterwards: [100, 'QA_HOLD'] },
])('the question $what', ({ ask, form, afterwards }) => {
  const state = async (): Promise<unknown> => {
    const { onHand, status } = await plant.get(lotId)
    return [onHand, status]
  }
  const expectForm = (frame: string): void => {
    expect(frame).toContain(form)
    expect(frame).not.toContain('Do it?')
  }

  it('is answered by y', async () => {
    await ask()
    await terminal.press('y')
    await expect.poll(state).toEqual(afterwards)
  })

  it.each([
    ['a scanned code', 'yeast-1\r'],
    ['a code of two characters', 'y1\r'],
    ['a code that ends with Tab', 'yeast-1\t'],
  ])('takes %s as No, and none of it as keys', async (_, sent) => {
    await ask()
    await terminal.send(sent)
    expectForm(await terminal.see('No: nothing was done'))
    expect(await state()).toEqual([100, 'AVAILABLE'])
  })

  it.each(['?', ':', 'u', 'q', 'ctrl-g', 'up'])('takes %s as No, and does not offer it', async (key) => {
    await ask()
    expect(terminal.text().trimEnd().split('\n').at(-1)).toMatch(/^y yes {2}n no {2}Ctrl-C leave *$/u)
    await terminal.press(key)
    expectForm(await terminal.see('No: nothing was done'))
    expect(await state()).toEqual([100, 'AVAILABLE'])
  })
})

it('a question on a small screen is whole', async () => {
  terminal.close()
  const from = `${'long-'.repeat(4)}from`
  await plant.lot(from, { stock: 4 })
  terminal = await openTerminal(plant, { columns: 40, rows: 16 })
  await terminal.scan(from)
  await terminal.see(`Lot ${from}`)
  await terminal.press('M')
  await terminal.type('SALT-1')
  await terminal.press('ctrl-s')
  const asked = (await terminal.see('Do it?')).replaceAll(/\s+/gu, ' ')
  expect(asked).toContain(`Merge: 4 kg of lot ${from} into lot SALT-1?`)
  expect(asked).toContain('SALT-1: 104 kg at Plant/Dock')
  expect(asked).toContain(`${from}: CLOSED, 0 kg on hand`)
})

describe('a form', () => {
  it('offers no key that is text, and has its help on one that is none', async () => {
    await terminal.press('x')
    const form = await terminal.see('Scrap SALT-1')
    const bar = form.trimEnd().split('\n').at(-1) ?? ''
    expect(bar).toContain('Ctrl-G help')
    expect(bar).not.toMatch(/[?:] |q leave/u)
    await terminal.press('ctrl-g')
    await terminal.see('Checks the form and does it')
    // What is typed while the help stands there is neither text nor a key.
    await terminal.type('u7')
    await terminal.press('ctrl-s', 'escape')
    const after = await terminal.see('> quantity')
    expect(after).not.toContain('7')
    expect(after).not.toContain('must')
  })
})
