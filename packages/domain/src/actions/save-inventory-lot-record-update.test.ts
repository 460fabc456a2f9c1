import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

const someId = '01JE6F0CE9-T94PZD8R-TH9J01TJ'

let plant: Plant
let lot: string
let other: string
let dock: string

beforeEach(async () => {
  plant = await makePlant()
  dock = plant.location.dock
  lot = await plant.lot('A', { stock: 10 })
  other = await plant.lot('B', { stock: 10 })
})

const update = ({ id }: RecordView, fields: Fields) =>
  plant.inventory.saveInventoryLotRecord({ id, ...fields }, { ...plant.ada, actor: 'eve' })

const written = async (): Promise<RecordView> => {
  const record = await plant.save('SCRAP', lot, {
    quantity: 4,
    startDate: at(5),
    endDate: at(6),
    sourceLocationId: dock,
    operationId: someId,
    notes: 'wet',
    spare1: 'one',
  })
  plant.clock.forward(3_600_000)
  return record
}

describe('saveInventoryLotRecord with an id', () => {
  it('replaces what is given and keeps what is null or absent', async () => {
    const record = await written()
    const saved = await plant.done(
      update(record, {
        notes: 'dry',
        spare2: 'two',
        operationId: null,
        startDate: null,
        endDate: null,
        quantity: null,
      }),
    )
    expect(saved).toEqual({
      ...record,
      notes: 'dry',
      spare2: 'two',
      version: 2,
      sequence: (record.sequence ?? 0) + 1,
      modifiedDate: '2026-11-23T09:00:00.000Z',
      modifiedBy: 'eve',
    })
  })

  it('loses nothing to a template: a later startDate than the record is the template’s', async () => {
    const record = await written()
    const template = plant.inventory.newInventoryLotRecord()
    expect(await plant.done(update(record, { ...template, id: record.id }))).toMatchObject({
      startDate: at(5),
      endDate: at(6),
      quantity: 4,
      notes: 'wet',
      posted: true,
    })
    const earlier = await plant.done(update(record, { startDate: at(4) }))
    expect(earlier).toMatchObject({ startDate: at(4), endDate: at(6) })
  })

  it('takes a startDate up to the moment at which the record was made', async () => {
    const record = await plant.save('CONSUME', lot, { status: 'RUNNING', startDate: at(5) })
    plant.clock.forward(3_600_000)
    expect(await plant.done(update(record, { startDate: '2026-11-23T08:00:00.001Z' }))).toMatchObject({
      startDate: at(5),
    })
    expect(await plant.done(update(record, { startDate: at(23) }))).toMatchObject({ startDate: at(23) })
  })

  it('never fills in an end', async () => {
    const record = await plant.save('CONSUME', lot, { status: 'RUNNING', startDate: at(5) })
    expect(
      await plant.done(update(record, { status: 'COMPLETED', quantity: 1, sourceLocationId: dock })),
    ).toMatchObject({
      endDate: null,
      startDate: at(5),
    })
  })

  it('keeps every version readable: what, who and when', async () => {
    const record = await written()
    await plant.done(update(record, { notes: 'dry', quantity: 3 }))
    await plant.done(update(record, { notes: 'damp' }))
    const versions = await plant.done(plant.inventory.getInventoryLotRecordVersions(record.id ?? '', plant.ada))
    expect(
      versions.map(({ version, writtenBy, writtenDate, record: { notes, quantity } }) => ({
        version,
        writtenBy,
        writtenDate,
        notes,
        quantity,
      })),
    ).toEqual([
      { version: 1, writtenBy: 'ada', writtenDate: at(23), notes: 'wet', quantity: 4 },
      { version: 2, writtenBy: 'eve', writtenDate: '2026-11-23T09:00:00.000Z', notes: 'dry', quantity: 3 },
      { version: 3, writtenBy: 'eve', writtenDate: '2026-11-23T09:00:00.000Z', notes: 'damp', quantity: 3 },
    ])
    const sequences = versions.map(({ sequence }) => sequence)
    expect(sequences).toEqual([record.sequence, (record.sequence ?? 0) + 1, (record.sequence ?? 0) + 2])
  })

  it('posts nothing when only words change', async () => {
    const record = await written()
    const before = await plant.posted(record)
    const { version } = await plant.get(lot)
    await plant.done(update(record, { notes: 'dry', quantity: 4, startDate: at(4), sourceLocationId: dock }))
    expect(await plant.posted(record)).toEqual(before)
    expect(await plant.get(lot)).toMatchObject({ onHand: 6, version })
  })

  it('fixes the type and the lots of a posted record', async () => {
    const record = await written()
    const refusal = await plant.refused(
      update(record, { lotRecordType: 'CONSUME', inventoryLotId: other, secondaryInventoryLotId: other }),
    )
    expect(refusal).toMatchObject({ _tag: 'ValidationFailed' })
    expect('violations' in refusal && Object.keys(refusal.violations).sort()).toEqual([
      'inventoryLotId',
      'lotRecordType',
      'secondaryInventoryLotId',
    ])
    await plant.done(update(record, { lotRecordType: 'SCRAP', inventoryLotId: lot, inventoryLotName: 'A' }))
  })

  it('fixes the status that a posted change of status set', async () => {
    const record = await plant.save('STATUS_CHANGE', lot, { lotStatus: 'QA_HOLD' })
    expect(await plant.refused(update(record, { lotStatus: 'EXPIRED' }))).toMatchObject({
      violations: { lotStatus: [expect.any(String)] },
    })
    await plant.done(update(record, { lotStatus: 'QA_HOLD', notes: 'smells' }))
  })

  it('changes the note lotStatus of any other record, and not the lot', async () => {
    const record = await written()
    expect(await plant.done(update(record, { lotStatus: 'CLOSED' }))).toMatchObject({ lotStatus: 'CLOSED' })
    expect(await plant.get(lot)).toMatchObject({ status: 'AVAILABLE' })
  })

  it('asks again for what a reason code asks', async () => {
    const record = await plant.save('SCRAP', lot, { quantity: 1, sourceLocationId: dock })
    const fields = { lotRecordType: 'SCRAP', reasonCode: 'WET', requireComments: true }
    const reason = await plant.done(plant.inventory.saveReasonCode(fields, plant.ada))
    expect(await plant.refused(update(record, { materialReasonCodeId: reason.id }))).toMatchObject({
      violations: { notes: [expect.stringContaining('WET')] },
    })
    const saved = await plant.done(update(record, { materialReasonCodeId: reason.id, notes: 'rain' }))
    expect(saved).toMatchObject({ materialReasonCodeName: 'WET', notes: 'rain' })
  })

  it('keeps the policy that each posting passed', async () => {
    const record = await written()
    await plant.setPolicy('permissive')
    expect(await plant.done(update(record, { spare3: 'x' }))).toMatchObject({ policy: 'standard' })
    expect(await plant.done(update(record, { quantity: 3 }))).toMatchObject({ policy: 'permissive' })
    const versions = await plant.done(plant.inventory.getInventoryLotRecordVersions(record.id ?? '', plant.ada))
    expect(versions.map(({ record: { policy } }) => policy)).toEqual(['standard', 'standard', 'permissive'])
  })
})
