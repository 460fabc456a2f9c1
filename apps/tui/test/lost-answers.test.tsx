import { StorageUnavailable } from '@lotbook/domain'
import { makePlant, type Plant } from '@lotbook/domain/testing'
import { Effect } from 'effect'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Opened, openTerminal } from './open-terminal.tsx'

let plant: Plant
let terminal: Opened
let lotId: string
let isLost = false

/** Does it, and loses the answer while answers are lost. */
const losing =
  <A extends readonly unknown[], B, E>(work: (...given: A) => Effect.Effect<B, E>) =>
  (...given: A): Effect.Effect<B, E | StorageUnavailable> =>
    Effect.flatMap(
      work(...given),
      (answer): Effect.Effect<B, StorageUnavailable> =>
        isLost
          ? Effect.fail(new StorageUnavailable({ reason: 'no answer came', mayBeWritten: true }))
          : Effect.succeed(answer),
    )

beforeEach(async () => {
  isLost = false
  plant = await makePlant()
  lotId = await plant.lot('SALT-1', { stock: 100 })
  const { consume, reverseLotRecord } = plant.inventory
  const inventory = { ...plant.inventory, consume: losing(consume), reverseLotRecord: losing(reverseLotRecord) }
  terminal = await openTerminal({ ...plant, inventory }, { rows: 30 })
  await terminal.scan('SALT-1')
  await terminal.see('100 kg on hand')
})
afterEach(() => terminal.close())

const onHand = async () => (await plant.get(lotId)).onHand
const consume = async (quantity: string) => {
  await terminal.press('c')
  await terminal.see('quantity*')
  await terminal.type(quantity)
  await terminal.press('ctrl-s')
}

/** Consumes 10, then 20. */
const consumeTwice = async () => {
  await consume('10')
  await terminal.see(/^AVAILABLE {2}90 kg on hand/mu)
  await consume('20')
  await terminal.see(/^AVAILABLE {2}70 kg on hand/mu)
}
const flat = (screen: string) => screen.replaceAll(/\s+/gu, ' ')

describe('what was sent and not answered', () => {
  it('says what to do, and is done once where it is sent unchanged, whatever was sent in between', async () => {
    isLost = true
    await consume('10')
    const screen = flat(await terminal.see('! the store'))
    expect(screen).toContain(
      'no answer came. It may be written or not: press Ctrl-S again, unchanged: it is done once; do not leave the form',
    )
    expect(screen).not.toContain('Idempotency')
    isLost = false
    await terminal.type('000')
    await terminal.press('ctrl-s')
    await terminal.see('> quantity')
    expect(await onHand()).toBe(90)
    await terminal.press('backspace', 'backspace', 'backspace', 'ctrl-s')
    await terminal.see(/^AVAILABLE {2}90 kg on hand/mu)
    expect(await onHand()).toBe(90)
  })

  it('is taken back once, and what was written before it after that', async () => {
    await consumeTwice()
    isLost = true
    await terminal.press('u')
    expect(flat(terminal.text())).toContain('It may be written or not: take it back again, it is done once')
    expect(await onHand()).toBe(90)
    isLost = false
    await terminal.press('u')
    expect(terminal.text()).toContain('taken back: CONSUME')
    expect(await onHand()).toBe(90)
    await terminal.press('u')
    expect(await onHand()).toBe(100)
  })
})

it('what somebody else took back leaves the list, which is said', async () => {
  await consumeTwice()
  const { items } = await plant.done(
    plant.inventory.findInventoryLotRecords({ lot: lotId, newestFirst: true, limit: 1 }, plant.ada),
  )
  await plant.done(plant.inventory.reverseLotRecord({ id: items[0]?.id }, plant.ada))
  await terminal.press('u')
  expect(terminal.text()).toContain('it was taken back already: CONSUME')
  expect(await onHand()).toBe(90)
  await terminal.press('u')
  expect(terminal.text()).toContain('taken back: CONSUME')
  expect(await onHand()).toBe(100)
  await terminal.press('u')
  expect(terminal.text()).toContain('nothing was written in this session')
})
