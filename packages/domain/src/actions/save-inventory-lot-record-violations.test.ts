import { beforeEach, describe, expect, it } from 'vitest'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { Refusal } from '../refusals.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

const missing = '01JE6F0CE9-T94PZD8R-TH9J01TJ'

let plant: Plant
let a: string
let b: string
let dock: string
let cellar: string

beforeEach(async () => {
  plant = await makePlant()
  dock = plant.location.dock
  cellar = plant.location.cellar
  a = await plant.lot('A', { stock: 10 })
  b = await plant.lot('B')
})

const violationsOf = (refusal: Refusal) => (refusal._tag === 'ValidationFailed' ? refusal.violations : refusal)

/** The violations of a save, which are those of validateInventoryLotRecord too. */
const violations = async (request: Fields) => {
  const found = violationsOf(await plant.refused(plant.inventory.saveInventoryLotRecord(request, plant.ada)))
  expect(await plant.done(plant.inventory.validateInventoryLotRecord(request, plant.ada))).toEqual(found)
  return found
}

const fieldsWrong = async (type: LotRecordType, fields: Fields) =>
  Object.keys(await violations({ lotRecordType: type, inventoryLotId: a, status: 'COMPLETED', ...fields })).sort()

describe('saveInventoryLotRecord', () => {
  it('asks for type, lot and status', async () => {
    expect(await violations({})).toEqual({
      lotRecordType: ['is required'],
      inventoryLotId: ['is required'],
      status: ['is required'],
    })
    expect(await violations(plant.inventory.newInventoryLotRecord())).toEqual(await violations({}))
  })

  it('names every field that is wrong, all at once', async () => {
    const wrong = {
      lotRecordType: 'EAT',
      inventoryLotId: 'A',
      inventoryLotName: '',
      secondaryInventoryLotId: 7,
      secondaryInventoryLotName: 'a/b',
      operationRecordId: true,
      inventoryOperationId: [],
      productionOrderId: {},
      materialReasonCodeId: 'x',
      sourceLocationId: 'Plant/Dock',
      destinationLocationId: '',
      lotStatus: 'FINE',
      quantity: '1,5',
      startDate: '2026-11-23',
      endDate: 'yesterday',
      status: 'DONE',
      id: '-',
      notes: 3,
      enabled: 'yes',
      spare1: 1,
      spare2: false,
      spare3: '\u0000',
      operationId: 'x',
      consumeRecordId: 'x',
      shiftRecordId: 'x',
      inventoryOperationName: 5,
      productionOrderName: 5,
      surprise: 1,
    }
    expect(Object.keys(await violations(wrong)).sort()).toEqual(Object.keys(wrong).sort())
  })

  it('names what is wrong with the references together with what the type needs', async () => {
    const request = {
      lotRecordType: 'MOVE',
      inventoryLotId: missing,
      secondaryInventoryLotId: missing,
      sourceLocationId: missing,
      materialReasonCodeId: missing,
      quantity: -1,
      startDate: at(20),
      endDate: at(19),
      status: 'COMPLETED',
    }
    expect(Object.keys(await violations(request)).sort()).toEqual(
      [
        ...['destinationLocationId', 'endDate', 'inventoryLotId', 'materialReasonCodeId', 'quantity'],
        ...['secondaryInventoryLotId', 'sourceLocationId'],
      ].sort(),
    )
  })

  it('says one thing of a field that cannot be read, and not that it is missing too', async () => {
    const request = { lotRecordType: 'MOVE', inventoryLotId: a, status: 'COMPLETED', quantity: 1 }
    expect(await violations({ ...request, sourceLocationId: 'x', destinationLocationId: dock })).toEqual({
      sourceLocationId: [expect.stringContaining('ULID')],
    })
  })

  it('does not ask for the places of a posting while the status is not known', async () => {
    const request = { lotRecordType: 'CONSUME', inventoryLotId: a, quantity: 1 }
    expect(await violations(request)).toEqual({ status: ['is required'] })
  })

  it.each([
    ['CONSUME', 1, ['sourceLocationId']],
    ['UNCONSUME', 1, ['destinationLocationId']],
    ['PRODUCE', 1, ['destinationLocationId']],
    ['MOVE', 1, ['destinationLocationId', 'sourceLocationId']],
    ['SPLIT', 1, ['secondaryInventoryLotId', 'sourceLocationId']],
    ['MERGE', 1, ['secondaryInventoryLotId', 'sourceLocationId']],
    ['MERGE', null, ['secondaryInventoryLotId']],
    ['SCRAP', 1, ['sourceLocationId']],
    ['RETURN', 1, ['sourceLocationId']],
    ['STATUS_CHANGE', null, ['lotStatus']],
    ['STATUS_CHANGE', 1, ['lotStatus', 'quantity']],
    ['EDIT', 1, ['sourceLocationId']],
    ['RECEIVE', 1, ['destinationLocationId']],
    ['SHIP', 1, ['sourceLocationId']],
  ] as const)('%s with quantity %s and nothing else needs %j', async (type, quantity, fields) => {
    expect(await fieldsWrong(type, { quantity })).toEqual(fields)
  })

  it.each(['CONSUME', 'UNCONSUME', 'PRODUCE', 'MOVE', 'SPLIT', 'MERGE', 'SCRAP', 'RETURN', 'RECEIVE', 'SHIP'] as const)(
    '%s needs a quantity above zero',
    async (type) => {
      const lots = type === 'SPLIT' || type === 'MERGE' ? { secondaryInventoryLotId: b } : {}
      const places = { sourceLocationId: dock, ...(type !== 'SPLIT' && { destinationLocationId: cellar }) }
      for (const quantity of [0, -0, '-0', -1, '-0.000001'])
        expect(await fieldsWrong(type, { quantity, ...lots, ...places })).toEqual(['quantity'])
    },
  )

  it('takes a quantity of any sign for an EDIT', async () => {
    for (const quantity of [0, -1, 1]) await plant.save('EDIT', a, { quantity, sourceLocationId: dock })
  })

  it.each(['MOVE', 'EDIT', 'STATUS_CHANGE'] as const)('%s has no other lot', async (type) => {
    const fields =
      type === 'STATUS_CHANGE'
        ? { lotStatus: 'QA_HOLD' }
        : { quantity: 1, sourceLocationId: dock, destinationLocationId: cellar }
    expect(await fieldsWrong(type, { ...fields, secondaryInventoryLotId: b })).toEqual(['secondaryInventoryLotId'])
  })

  it.each(['CONSUME', 'PRODUCE', 'SPLIT', 'MERGE', 'SHIP'] as const)('%s is not with the lot itself', async (type) => {
    const places = { sourceLocationId: dock, ...(type !== 'SPLIT' && { destinationLocationId: cellar }) }
    expect(await fieldsWrong(type, { quantity: 1, ...places, secondaryInventoryLotId: a })).toEqual([
      'secondaryInventoryLotId',
    ])
  })

  it('needs two places for a MOVE, and one for a SPLIT', async () => {
    const both = (sourceLocationId: string, destinationLocationId: string) => ({
      sourceLocationId,
      destinationLocationId,
    })
    expect(await fieldsWrong('MOVE', { quantity: 1, ...both(dock, dock) })).toEqual(['destinationLocationId'])
    const split = { quantity: 1, secondaryInventoryLotId: b }
    expect(await fieldsWrong('SPLIT', { ...split, ...both(dock, cellar) })).toEqual(['destinationLocationId'])
    await plant.save('SPLIT', a, { ...split, ...both(dock, dock) })
  })

  it('moves no stock of a second lot that is kept in another unit', async () => {
    const caps = await plant.lot('C', { material: 'cap' })
    const fields = { quantity: 1, sourceLocationId: dock, secondaryInventoryLotId: caps }
    expect(await fieldsWrong('SCRAP', { ...fields, destinationLocationId: cellar })).toEqual([
      'secondaryInventoryLotId',
    ])
    await plant.save('SCRAP', a, fields)
  })

  it('has names that agree with the lots', async () => {
    const request = { lotRecordType: 'CONSUME', inventoryLotId: a, status: 'COMPLETED' }
    expect(Object.keys(await violations({ ...request, inventoryLotName: 'B' }))).toEqual(['inventoryLotName'])
    expect(Object.keys(await violations({ ...request, secondaryInventoryLotName: 'B' }))).toEqual([
      'secondaryInventoryLotName',
    ])
    const other = { ...request, secondaryInventoryLotId: b }
    expect(Object.keys(await violations({ ...other, secondaryInventoryLotName: 'A' }))).toEqual([
      'secondaryInventoryLotName',
    ])
    const right = { ...other, inventoryLotName: ' A ', secondaryInventoryLotName: 'B' }
    const { id } = await plant.done(plant.inventory.saveInventoryLotRecord(right, plant.ada))
    expect(Object.keys(await violations({ id, inventoryLotName: 'B' }))).toEqual(['inventoryLotName'])
  })

  it('ends after it starts, and is dated at most 24 hours ahead', async () => {
    const request = { lotRecordType: 'CONSUME', inventoryLotId: a, status: 'RUNNING' }
    const ahead = '2026-11-24T08:00:00.001Z'
    expect(Object.keys(await violations({ ...request, startDate: ahead, endDate: ahead }))).toEqual([
      'startDate',
      'endDate',
    ])
    expect(Object.keys(await violations({ ...request, endDate: at(22) }))).toEqual(['endDate'])
    await plant.done(
      plant.inventory.saveInventoryLotRecord({ ...request, startDate: at(24), endDate: at(24) }, plant.ada),
    )
  })

  it('takes a reason for its own type only, with the comments that the reason asks for', async () => {
    const reason = async (lotRecordType: LotRecordType, requireComments: boolean) => {
      const fields = { lotRecordType, reasonCode: 'R', requireComments }
      return (await plant.done(plant.inventory.saveReasonCode(fields, plant.ada))).id
    }
    const scrap = await reason('SCRAP', true)
    const fields = { quantity: 1, sourceLocationId: dock, materialReasonCodeId: scrap }
    expect(await fieldsWrong('SHIP', fields)).toEqual(['materialReasonCodeId', 'notes'])
    expect(await fieldsWrong('SCRAP', fields)).toEqual(['notes'])
    await plant.save('SCRAP', a, { ...fields, notes: 'wet' })
    await plant.save('SHIP', a, { ...fields, materialReasonCodeId: await reason('SHIP', false) })
  })

  it('does not post a record that is disabled', async () => {
    expect(await fieldsWrong('CONSUME', { quantity: 1, sourceLocationId: dock, enabled: false })).toEqual(['enabled'])
    const draft = await plant.save('CONSUME', a, {
      status: 'RUNNING',
      quantity: 1,
      sourceLocationId: dock,
      enabled: false,
    })
    expect(Object.keys(await violations({ id: draft.id, status: 'COMPLETED' }))).toEqual(['enabled'])
    await plant.done(
      plant.inventory.saveInventoryLotRecord({ id: draft.id, status: 'COMPLETED', enabled: true }, plant.ada),
    )
    expect(Object.keys(await violations({ id: draft.id, enabled: false }))).toEqual(['enabled'])
  })
})

describe('validateInventoryLotRecord', () => {
  it('looks at fields and references, not at stock or status', async () => {
    const closed = await plant.lot('C', { status: 'CLOSED' })
    const request = {
      lotRecordType: 'SHIP',
      inventoryLotId: closed,
      status: 'COMPLETED',
      quantity: 99,
      sourceLocationId: dock,
    }
    expect(await plant.done(plant.inventory.validateInventoryLotRecord(request, plant.ada))).toEqual({})
  })
})
