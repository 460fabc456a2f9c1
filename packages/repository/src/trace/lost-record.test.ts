import { showUlid } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { ada, at, beside, done, makePlant, newFile, open } from '../../test/plant.ts'

/** A lot that went into another, some of which was shipped; and the file beside the store, with nothing in the way of a forger. */
const stage = async () => {
  const file = newFile()
  const { store } = await open({ filename: file })
  const plant = await makePlant(store)
  const { inventory, dock, line, record } = plant
  const [a, p] = [await plant.lot('A'), await plant.lot('P')]
  const received = await plant.receive(a, 10, 10)
  const consumed = await done(
    record('CONSUME', a, {
      ...{ quantity: 4, sourceLocationId: dock, secondaryInventoryLotId: p.id, startDate: at(11) },
    }),
  )
  await done(record('PRODUCE', p, { quantity: 6.5, destinationLocationId: line, startDate: at(12) }))
  const shipped = await done(
    record('SHIP', p, { quantity: 1.25, sourceLocationId: line, startDate: at(13), notes: 'x' }),
  )
  const forger = beside(file)
  forger.pragma('foreign_keys = off')
  for (const table of ['record_version', 'stock_entry', 'lot_entry', 'take_back'])
    for (const verb of ['update', 'delete']) forger.exec(`drop trigger ${table}_no_${verb}`)
  const keyOf = ({ id }: { readonly id: string | null }): number =>
    forger
      .prepare<[], { id: number; ulid: string }>('select id, ulid from lot_record')
      .all()
      .find(({ ulid }) => showUlid(ulid as never) === id)?.id ?? 0
  const recall = () => done(inventory.recallLot(a.id ?? '', {}, ada))
  const balances = async () =>
    (await recall()).lots.map((lot) => [
      ...[lot.lotName, lot.unexplained, lot.entriesUnexplained, lot.totalUnexplained],
    ])
  return { forger, keyOf, recall, balances, received, consumed, shipped }
}

describe('the unexplained quantity', () => {
  it('is zero where nothing was touched', async () => {
    const { recall, balances } = await stage()
    expect(await balances()).toEqual([
      ['A', 0, 0, 0],
      ['P', 0, 0, 0],
    ])
    expect(await recall()).toMatchObject({ balanced: true, complete: true, totals: [{ unexplained: 0 }] })
  })

  it('is what a lost shipment took, though its entries are still there', async () => {
    const { forger, keyOf, shipped, balances, recall } = await stage()
    forger.prepare('delete from lot_record where id = ?').run(keyOf(shipped))
    expect(await balances()).toEqual([
      ['A', 0, 0, 0],
      ['P', 1.25, 0, 0],
    ])
    const found = await recall()
    expect(found).toMatchObject({ balanced: false, totals: [{ unexplained: 1.25, shipped: 0 }] })
    expect(found.warnings[0]).toContain('1 lot does not add up: P: 1.25 kg by its records')
  })

  it('is what a lost receipt brought, of the total too', async () => {
    const { forger, keyOf, received, balances } = await stage()
    forger.prepare('delete from lot_record where id = ?').run(keyOf(received))
    expect(await balances()).toEqual([
      ['A', -10, 0, -10],
      ['P', 0, 0, 0],
    ])
  })

  it('is what was lost with all that it posted; its genealogy stays', async () => {
    const { forger, keyOf, consumed, balances } = await stage()
    const key = keyOf(consumed)
    for (const table of ['stock_entry', 'lot_entry', 'record_version'])
      forger.prepare(`delete from ${table} where record = ?`).run(key)
    forger.prepare('delete from lot_record where id = ?').run(key)
    expect(await balances()).toEqual([
      ['A', 4, 4, 0],
      ['P', 0, 0, 0],
    ])
  })

  it('is told by the entries where only an entry was lost', async () => {
    const { forger, keyOf, shipped, balances } = await stage()
    forger.prepare('delete from stock_entry where record = ?').run(keyOf(shipped))
    expect(await balances()).toEqual([
      ['A', 0, 0, 0],
      ['P', 0, 1.25, 0],
    ])
  })

  it('is what a row was changed by', async () => {
    const { forger, balances, recall } = await stage()
    forger.exec("update inventory set quantity = quantity - 250000 where lot = (select id from lot where name = 'P')")
    expect(await balances()).toEqual([
      ['A', 0, 0, 0],
      ['P', 0.25, 0.25, 0],
    ])
    expect(await recall()).toMatchObject({ totals: [{ onHand: 11, unexplained: 0.25 }] })
  })

  it('is told by the total where a receipt was wiped out, and the row with it', async () => {
    const { forger, keyOf, received, balances } = await stage()
    const key = keyOf(received)
    for (const table of ['stock_entry', 'lot_entry', 'record_version'])
      forger.prepare(`delete from ${table} where record = ?`).run(key)
    forger.prepare('delete from lot_record where id = ?').run(key)
    forger.pragma('ignore_check_constraints = on')
    forger.exec("update inventory set quantity = quantity - 10000000 where lot = (select id from lot where name = 'A')")
    expect(await balances()).toEqual([
      ['A', 0, 0, -10],
      ['P', 0, 0, 0],
    ])
  })
})
