import { describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'
import { type RecordStatus, recordStatuses } from './record-status.ts'

// The moves of a record's status as the ledger's rules state them, written down a second time on purpose.
const columns: readonly RecordStatus[] = ['IDLE', 'RUNNING', 'PAUSED', 'COMPLETED', 'FAULTED', 'CANCELLED', 'UNKNOWN']
const table: Readonly<Record<RecordStatus, string>> = {
  //          IDLE RUNNING PAUSED COMPLETED FAULTED CANCELLED UNKNOWN
  IDLE: '     same yes     no     yes       yes     yes       yes',
  RUNNING: '  no   same    yes    yes       yes     yes       yes',
  PAUSED: '   no   yes     same   yes       yes     yes       yes',
  UNKNOWN: '  yes  yes     yes    no        yes     yes       same',
  FAULTED: '  no   yes     no     no        same    yes       no',
  COMPLETED: 'no   no      no     same      no      no        no',
  CANCELLED: 'no   no      no     no        no      same      no',
}
const isLegal = (from: RecordStatus, to: RecordStatus): boolean =>
  table[from].trim().split(/ +/u)[columns.indexOf(to)] !== 'no'

const draft = async (plant: Plant, status: RecordStatus) => {
  const lot = await plant.lot('A', { stock: 10 })
  const fields = { status, quantity: 4, startDate: at(5), sourceLocationId: plant.location.dock }
  return { lot, record: await plant.save('CONSUME', lot, fields) }
}

const cells = recordStatuses.flatMap((from) => recordStatuses.map((to) => [from, to] as const))

describe('saveInventoryLotRecord', () => {
  it.each(cells)('moves a record from %s to %s as the table says', async (from, to) => {
    const plant = await makePlant()
    const { lot, record } = await draft(plant, from)
    expect(record).toMatchObject({ status: from, posted: from === 'COMPLETED', version: 1 })
    const update = plant.inventory.saveInventoryLotRecord({ id: record.id, status: to }, plant.ada)
    if (isLegal(from, to)) {
      const saved = await plant.done(update)
      expect(saved).toMatchObject({ id: record.id, status: to, posted: to === 'COMPLETED', version: 2, quantity: 4 })
      expect(await plant.stock(lot)).toEqual({ Dock: to === 'COMPLETED' ? 6 : 10 })
    } else {
      const legal = columns.filter((status) => isLegal(from, status))
      const refusal = await plant.refused(update)
      expect(refusal).toMatchObject({ _tag: 'StatusTransitionRefused', kind: 'lot record', from, to, id: record.id })
      expect('legal' in refusal && [...refusal.legal].sort()).toEqual([...legal].sort())
    }
  })

  it.each(recordStatuses)('creates a record in status %s; only a COMPLETED one posts', async (status) => {
    const plant = await makePlant()
    const { lot, record } = await draft(plant, status)
    expect(record.endDate).toBeNull()
    expect(await plant.stock(lot)).toEqual({ Dock: status === 'COMPLETED' ? 6 : 10 })
    expect((await plant.posted(record)).stock).toEqual(status === 'COMPLETED' ? ['Dock A -4 @11-05'] : [])
  })

  it('reserves nothing for a RUNNING record: completing it is judged by the rules of that moment', async () => {
    const plant = await makePlant()
    const { lot, record } = await draft(plant, 'RUNNING')
    await plant.consume(lot, 8, 6)
    const complete = { id: record.id, status: 'COMPLETED' }
    expect(await plant.refused(plant.inventory.saveInventoryLotRecord(complete, plant.ada))).toMatchObject({
      _tag: 'InsufficientStock',
      onHand: 2,
      asked: 4,
    })
    await plant.changeStatus(lot, 'QA_HOLD')
    const less = { ...complete, quantity: 2 }
    expect(await plant.refused(plant.inventory.saveInventoryLotRecord(less, plant.ada))).toMatchObject({
      _tag: 'ActionRefused',
      lotStatus: 'QA_HOLD',
    })
    await plant.changeStatus(lot, 'AVAILABLE')
    const posted = await plant.done(plant.inventory.saveInventoryLotRecord({ ...less, endDate: at(7) }, plant.ada))
    expect(posted).toMatchObject({ posted: true, quantity: 2, endDate: at(7), startDate: at(5), version: 2 })
    expect((await plant.posted(posted)).stock).toEqual(['Dock A -2 @11-07'])
  })

  it('lets a draft change its type and its lots until it posts', async () => {
    const plant = await makePlant()
    const { record } = await draft(plant, 'IDLE')
    const other = await plant.lot('B', { stock: 3 })
    const saved = await plant.save('SCRAP', other, { id: record.id, quantity: 1 })
    expect(saved).toMatchObject({ lotRecordType: 'SCRAP', inventoryLotName: 'B', posted: true, id: record.id })
    expect((await plant.posted(saved)).stock).toEqual(['Dock B -1 @11-05'])
  })

  it('lets a memo become a posting when its quantity is given', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 10 })
    const memo = await plant.save('CONSUME', lot, { startDate: at(5) })
    const fields = { id: memo.id, quantity: 1, sourceLocationId: plant.location.dock }
    const posted = await plant.done(plant.inventory.saveInventoryLotRecord(fields, plant.ada))
    expect(posted).toMatchObject({ posted: true, version: 2 })
  })
})
