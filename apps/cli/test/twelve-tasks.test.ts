import { type Caller, makeInventory, makeUlidSource } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Folder, lotbook, makeFolder } from './program.ts'
import { openScreen, type TmuxScreen } from './screen.ts'

const caller: Caller = { actor: 'test', grants: ['INVENTORY'] }
const coldStore = 'Dairy/Warehouse/Cold store'
const dispatch = 'Dairy/Warehouse/Dispatch'
let folder: Folder
let screen: TmuxScreen | undefined

beforeAll(() => {
  folder = makeFolder()
})
afterEach(() => {
  screen?.close()
  screen = undefined
})
afterAll(() => folder.remove())

/** What the store itself says, beside the terminal that has it open. */
const openLedger = async (filename: string) => {
  const { store, close } = await openStore({ filename })
  const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
  const lots = async (query: object) => (await Effect.runPromise(inventory.listLots(query, caller))).items
  return {
    close,
    lots,
    lot: async (name: string) => (await lots({ name }))[0],
    newest: async () => {
      const { items } = await Effect.runPromise(
        inventory.findInventoryLotRecords({ newestFirst: true, limit: 1 }, caller),
      )
      return items[0]
    },
    stock: async (lot: string) => {
      const { items } = await Effect.runPromise(inventory.findInventory({ lot }, caller))
      return Object.fromEntries(items.map(({ locationPath, quantity }) => [locationPath, quantity]))
    },
  }
}

/** Goes to a field of the form by the arrow key, as somebody who reads the labels, and writes into it. */
const fill = async (on: TmuxScreen, label: string, text: string) => {
  const labelOf = (screen: string) => /^> (.+?)(?: {2,}|$)/mu.exec(screen)?.[1] ?? ''
  const isSame = (one: string, other: string) => one.startsWith(other) || other.startsWith(one)
  // What was typed before the arrow key may still be coming: the answer to the key is another label.
  const next = async (before: string): Promise<string> =>
    labelOf(
      await on.until((screen) => {
        const at = labelOf(screen)
        return at !== '' && (before === '' || !isSame(at, before))
      }, `another field than ${before}`),
    )
  // At 40 columns the end of a long label is cut off.
  const wanted = label.slice(0, 12)
  let at = await next('')
  for (let step = 0; step < 30 && !at.startsWith(wanted); step += 1) {
    on.keys('Down')
    at = await next(at)
  }
  on.keys('C-u', text)
  await on.until((screen) => {
    const marked = /^> (.*)$/mu.exec(screen)?.[1] ?? ''
    return marked.startsWith(wanted) && marked.includes(text.slice(0, 12))
  }, `${text} in ${label}`)
}

describe.each([
  { columns: 80, rows: 24 },
  { columns: 40, rows: 12 },
])('the terminal at $columns × $rows', (size) => {
  it('does the work of a day by keys alone', async () => {
    const db = folder.file(`plant-${size.columns}.db`)
    await lotbook(['seed', '--db', db])
    const ledger = await openLedger(db)
    const on = openScreen(['--db', db], size)
    screen = on
    const butter = await ledger.lots({ material: 'Dairy/Butter', effectiveStatus: 'AVAILABLE', onHand: 'true' })
    const first = butter.toSorted((one, other) => (`${one.expirationDate}` < `${other.expirationDate}` ? -1 : 1))[0]
    if (first?.onHand !== 80) throw new Error('the sample plant has no 80 kg of butter that expire first')
    const { name } = first
    const part = `${name}-A`

    // 1. Find a lot by scan.
    await on.see('LOT')
    on.scan(name)
    await on.see(/^AVAILABLE {2}80 kg on hand/mu)

    // 2. Hold it.
    on.keys('h')
    await on.see('[ Change status ]')
    on.keys('Enter')
    await on.see(`${name} is QA_HOLD now`, /^QA_HOLD {2}80 kg on hand/mu)
    expect(await ledger.lot(name)).toMatchObject({ status: 'QA_HOLD' })

    // 3. Read why consume is disabled.
    on.keys('c')
    const why = await on.see(/change its status to\s+AVAILABLE/u)
    expect(why.replaceAll(/\s+/gu, ' ')).toContain(
      `consume: CONSUME of lot ${name} is refused: it is QA_HOLD, and CONSUME asks for AVAILABLE. Release it first`,
    )
    expect(await ledger.newest()).toMatchObject({ lotRecordType: 'STATUS_CHANGE', lotStatus: 'QA_HOLD' })

    // 4. Release it.
    on.keys('r')
    await on.see('[ Change status ]')
    on.keys('Enter')
    await on.see(`${name} is AVAILABLE now`)
    expect(await ledger.lot(name)).toMatchObject({ status: 'AVAILABLE' })

    // 5. Consume by FEFO: the location chooses the lot that expires first.
    on.keys(':')
    await on.see(/^:/mu)
    on.keys('consume', 'Enter')
    await on.see('quantity*')
    await fill(on, 'quantity', '5')
    await fill(on, 'source location', coldStore)
    await fill(on, 'material', 'Dairy/Butter')
    on.keys('C-s')
    await on.see(`CONSUME 5 kg of ${name}`, /^AVAILABLE {2}75 kg on hand/mu)
    expect(await ledger.newest()).toMatchObject({ lotRecordType: 'CONSUME', quantity: 5, inventoryLotName: name })

    // 6. Split.
    on.keys('s')
    await on.see('quantity*')
    await fill(on, 'quantity', '20')
    await fill(on, 'destination lot', part)
    on.keys('C-s')
    await on.see(/^AVAILABLE {2}55 kg on hand/mu)
    expect(await ledger.stock(part)).toEqual({ [coldStore]: 20 })

    // 7. Merge: the part goes back into the lot. What cannot be undone asks, and the default is No.
    on.scan(part)
    await on.see(/^AVAILABLE {2}20 kg on hand/mu)
    on.keys('M')
    await on.see(/^> destination lo/mu)
    await fill(on, 'destination lot', name)
    on.keys('C-s')
    await on.see('Do it? [y/N]')
    on.keys('y')
    await on.see(/^CLOSED {2}0 kg on hand/mu)
    expect([await ledger.stock(name), await ledger.stock(part)]).toEqual([{ [coldStore]: 75 }, {}])
    on.keys('Escape')
    await on.see(/^AVAILABLE {2}75 kg on hand/mu)

    // 8. Move: Tab takes all of it.
    on.keys('m')
    await on.see('75  kg, all of it')
    on.keys('Tab')
    await on.see(/^> quantity\* +75/mu)
    await fill(on, 'destination', dispatch)
    on.keys('C-s')
    await on.see(`MOVE 75 kg of ${name}`, 'Dispatch')
    expect(await ledger.stock(name)).toEqual({ [dispatch]: 75 })

    // 9. Count.
    on.keys('e')
    await on.see('new quantity*')
    await fill(on, 'new quantity', '70')
    on.keys('C-s')
    await on.see(/^AVAILABLE {2}70 kg on hand/mu)
    expect(await ledger.stock(name)).toEqual({ [dispatch]: 70 })

    // 10. Scrap with a reason.
    on.keys('x')
    await on.see('quantity*')
    await fill(on, 'quantity', '2')
    await fill(on, 'reason code', 'Damaged')
    on.keys('C-s')
    const asked = await on.see('Do it? [y/N]')
    expect(asked.replaceAll(/\s+/gu, ' ')).toContain(`Scrap: 2 kg of lot ${name}?`)
    on.keys('y')
    await on.see(/^AVAILABLE {2}68 kg on hand/mu)
    expect(await ledger.newest()).toMatchObject({ lotRecordType: 'SCRAP', materialReasonCodeName: 'Damaged' })

    // 11. Ship the rest.
    on.keys('S')
    await on.see('68  kg, all of it')
    on.keys('Tab', 'C-s')
    await on.see('Do it? [y/N]')
    on.keys('y')
    await on.see(/^SHIPPED {2}0 kg on hand/mu)
    expect(await ledger.stock(name)).toEqual({})
    expect(await ledger.lot(name)).toMatchObject({ onHand: 0, status: 'SHIPPED' })

    // 12. Trace it both ways.
    on.keys('t')
    await on.see(/^> ▾ BUTTER-/mu)
    on.keys('G')
    await on.see(/^> +↑ BUTTER-/mu)
    await on.see('SPLIT 20 kg')
    on.keys('k')
    await on.see(new RegExp(`^> +▾ ${part}`, 'mu'))
    await on.see('MERGE 20 kg')
    await on.see(/\d %/u)
    on.keys('Tab')
    await on.see('went into')
    await on.see(new RegExp(`^ +▾ ${part}`, 'mu'))
    on.keys('Escape')
    await on.see(/^SHIPPED {2}0 kg on hand/mu)

    // 13. Undo.
    on.keys('u')
    await on.see('taken back')
    await on.see(/^AVAILABLE {2}68 kg on hand/mu)
    expect(await ledger.stock(name)).toEqual({ [dispatch]: 68 })
    expect(await ledger.lot(name)).toMatchObject({ onHand: 68, status: 'AVAILABLE' })
    on.keys('q')
    await on.see('ended 0')
    await ledger.close()
    expect(await lotbook(['verify', '--db', db])).toMatchObject({ code: 0 })
  })
})
