import { describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant } from '../testing/fixtures.ts'

const someId = '01JE6F0CE9-T94PZD8R-TH9J01TJ'

// The 34 documented fields in their order, and ours after them.
const documented = [
  ...['lotRecordType', 'status', 'lotStatus', 'quantity', 'inventoryLotId', 'inventoryLotName'],
  ...['secondaryInventoryLotId', 'secondaryInventoryLotName', 'operationRecordId', 'inventoryOperationId'],
  ...['inventoryOperationName', 'productionOrderId', 'productionOrderName', 'materialReasonCodeId'],
  ...['materialReasonCodeName', 'shiftRecordId', 'sourceLocationId', 'sourceLocationName', 'sourceLocationPath'],
  ...['destinationLocationId', 'destinationLocationName', 'destinationLocationPath', 'unitOfMeasureId'],
  ...['unitOfMeasureName', 'unitOfMeasureSymbol', 'startDate', 'endDate', 'duration', 'id', 'notes', 'enabled'],
  ...['spare1', 'spare2', 'spare3'],
]
const ours = [
  ...['posted', 'version', 'sequence', 'previousStatus', 'reversalOf', 'reversedBy', 'countedQuantity'],
  ...['requestedQuantity', 'requestedUnitOfMeasureSymbol', 'operationId', 'policy', 'materialId', 'materialPath'],
  ...['createdDate', 'createdBy', 'modifiedDate', 'modifiedBy'],
]

describe('saveInventoryLotRecord', () => {
  it('creates a record and answers with the 34 documented fields, then ours', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 10 })
    const reason = await plant.done(
      plant.inventory.saveReasonCode({ lotRecordType: 'CONSUME', reasonCode: 'BATCH' }, plant.ada),
    )
    const record = await plant.save('CONSUME', lot, {
      quantity: 4,
      startDate: '2026-11-05T10:00:00+02:00',
      endDate: at(6),
      sourceLocationId: plant.location.dock,
      materialReasonCodeId: reason.id,
      operationRecordId: someId,
      inventoryOperationId: someId,
      inventoryOperationName: 'Mixing',
      productionOrderId: someId,
      productionOrderName: 'PO 7',
      operationId: someId,
      shiftRecordId: someId,
      notes: 'a note',
      spare1: '1',
      spare2: '2',
      spare3: '3',
    })
    expect(documented).toHaveLength(34)
    expect(Object.keys(record)).toEqual([...documented, ...ours])
    expect(record).toEqual({
      lotRecordType: 'CONSUME',
      status: 'COMPLETED',
      lotStatus: 'AVAILABLE',
      quantity: 4,
      inventoryLotId: lot,
      inventoryLotName: 'A',
      secondaryInventoryLotId: null,
      secondaryInventoryLotName: null,
      operationRecordId: someId,
      inventoryOperationId: someId,
      inventoryOperationName: 'Mixing',
      productionOrderId: someId,
      productionOrderName: 'PO 7',
      materialReasonCodeId: reason.id,
      materialReasonCodeName: 'BATCH',
      shiftRecordId: someId,
      sourceLocationId: plant.location.dock,
      sourceLocationName: 'Dock',
      sourceLocationPath: 'Plant/Dock',
      destinationLocationId: null,
      destinationLocationName: null,
      destinationLocationPath: null,
      unitOfMeasureId: plant.unit.kg,
      unitOfMeasureName: 'kilogram',
      unitOfMeasureSymbol: 'kg',
      startDate: at(5),
      endDate: at(6),
      duration: 86400,
      id: expect.stringMatching(/^[0-9A-Z]{10}-[0-9A-Z]{8}-[0-9A-Z]{8}$/u),
      notes: 'a note',
      enabled: true,
      spare1: '1',
      spare2: '2',
      spare3: '3',
      posted: true,
      version: 1,
      sequence: expect.any(Number),
      previousStatus: null,
      reversalOf: null,
      reversedBy: null,
      countedQuantity: null,
      requestedQuantity: 4,
      requestedUnitOfMeasureSymbol: 'kg',
      operationId: someId,
      policy: 'standard',
      materialId: plant.material.sugar,
      materialPath: 'Raw/Sugar',
      createdDate: at(23),
      createdBy: 'ada',
      modifiedDate: null,
      modifiedBy: null,
    })
    expect(await plant.done(plant.inventory.getInventoryLotRecord(record.id ?? '', plant.ada))).toEqual(record)
  })

  it('starts now and is enabled unless it says otherwise', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    expect(await plant.save('SCRAP', lot)).toMatchObject({ startDate: at(23), endDate: null, enabled: true })
    expect(await plant.save('SCRAP', lot, { enabled: false })).toMatchObject({ enabled: false, posted: false })
  })

  it('takes ids in any form, and types and statuses in any case', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    const request = {
      lotRecordType: 'consume',
      inventoryLotId: lot.replaceAll('-', '').toLowerCase(),
      status: 'Completed',
      lotStatus: 'qa_hold',
    }
    expect(await plant.done(plant.inventory.saveInventoryLotRecord(request, plant.ada))).toMatchObject({
      lotRecordType: 'CONSUME',
      inventoryLotId: lot,
      status: 'COMPLETED',
      lotStatus: 'QA_HOLD',
    })
  })

  it('keeps lotStatus as a note on any type but STATUS_CHANGE', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 10 })
    const fields = { quantity: 1, sourceLocationId: plant.location.dock }
    expect(await plant.save('CONSUME', lot, { ...fields, lotStatus: 'CLOSED' })).toMatchObject({ lotStatus: 'CLOSED' })
    expect(await plant.save('CONSUME', lot, fields)).toMatchObject({ lotStatus: 'AVAILABLE' })
    expect(await plant.get(lot)).toMatchObject({ status: 'AVAILABLE' })
  })

  it('shows in a dry run the record, the rows and the lots as they would be', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 10 })
    const before = await plant.dump()
    const { dock, cellar } = plant.location
    const request = {
      lotRecordType: 'MOVE',
      inventoryLotId: lot,
      status: 'COMPLETED',
      quantity: 4,
      sourceLocationId: dock,
      destinationLocationId: cellar,
    }
    const preview = await plant.done(plant.inventory.dryRun.saveInventoryLotRecord(request, plant.ada))
    expect(preview).toMatchObject({
      record: { id: null, sequence: null, posted: true, quantity: 4 },
      balances: [
        { id: expect.any(String), locationPath: 'Plant/Dock', quantity: 6 },
        { id: null, locationPath: 'Plant/Cellar', quantity: 4 },
      ],
      lots: [{ id: lot, onHand: 10 }],
    })
    expect(await plant.dump()).toEqual(before)
    const tooMuch = plant.inventory.dryRun.saveInventoryLotRecord({ ...request, quantity: 11 }, plant.ada)
    expect(await plant.refused(tooMuch)).toMatchObject({ _tag: 'InsufficientStock' })
  })

  it('is refused where stock would go negative, now or at a later moment, and names the moment', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 10 })
    const { dock } = plant.location
    const consuming = (quantity: number, day: number) =>
      plant.saving('CONSUME', lot, { quantity, startDate: at(day), sourceLocationId: dock })
    expect(await plant.refused(consuming(11, 20))).toMatchObject({
      _tag: 'InsufficientStock',
      locationPath: 'Plant/Dock',
      lotName: 'A',
      unitOfMeasureSymbol: 'kg',
      onHand: 10,
      asked: 11,
      moment: at(20),
    })
    await plant.done(consuming(8, 20))
    await plant.receive(lot, 5, 21)
    // Seven are there on the fifteenth, and seven again today: only the twentieth has two.
    expect(await plant.refused(consuming(3, 15))).toMatchObject({ onHand: 2, asked: 3, moment: at(20) })
    await plant.done(consuming(2, 15))
    expect(await plant.refused(consuming(1, 20))).toMatchObject({ onHand: 0, asked: 1, moment: at(20) })
    await plant.done(consuming(5, 21))
  })

  it('lets a row go below zero where the location allows it', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    await plant.consume(lot, 3, 5, plant.location.drain)
    expect(await plant.stock(lot)).toEqual({ Drain: -3 })
    expect(await plant.get(lot)).toMatchObject({ onHand: -3 })
  })

  it('is refused where the stock was counted later, and names the count', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 10 })
    const { dock, cellar } = plant.location
    const count = await plant.save('EDIT', lot, { quantity: -1, startDate: at(10), sourceLocationId: dock })
    const early = { quantity: 1, startDate: at(9), sourceLocationId: dock }
    expect(await plant.refused(plant.saving('CONSUME', lot, early))).toMatchObject({
      _tag: 'ActionRefused',
      reason: `the stock was counted at ${at(10)}, after the time of this record`,
      blockers: [{ recordId: count.id, lotRecordType: 'EDIT' }],
    })
    await plant.refused(plant.saving('EDIT', lot, early))
    await plant.refused(plant.saving('MOVE', lot, { ...early, destinationLocationId: cellar }))
    // At the time of the count, after it, and on another row, there is nothing in the way.
    await plant.consume(lot, 1, 10)
    await plant.consume(lot, 1, 11)
    await plant.receive(lot, 1, 9, cellar)
    await plant.reverse(count)
    await plant.consume(lot, 1, 9)
  })

  it('never lets a balance or a total pass nine digits', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 999_999_999 })
    const more = (quantity: number) =>
      plant.saving('RECEIVE', lot, { quantity, destinationLocationId: plant.location.cellar })
    await plant.done(more(0.999999))
    expect(await plant.refused(more(0.000001))).toMatchObject({
      _tag: 'ValidationFailed',
      violations: { quantity: [expect.stringContaining('999,999,999.999999')] },
    })
  })

  it('is refused where the caller has seen another version of the record', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    const { id } = await plant.save('SCRAP', lot)
    const update = plant.inventory.saveInventoryLotRecord({ id, notes: 'x' }, { ...plant.ada, expectedVersion: 2 })
    expect(await plant.refused(update)).toMatchObject({ _tag: 'VersionConflict', expected: 2, actual: 1 })
    await plant.done(plant.inventory.saveInventoryLotRecord({ id, notes: 'x' }, { ...plant.ada, expectedVersion: 1 }))
  })

  it('with an id that nothing has is not found', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    const refusal = await plant.refused(plant.saving('SCRAP', lot, { id: someId }))
    expect(refusal).toMatchObject({ _tag: 'NotFound', kind: 'lot record', idOrName: someId })
    const found = plant.inventory.validateInventoryLotRecord({ id: someId, notes: 'x' }, plant.ada)
    expect(await plant.done(found)).toMatchObject({ id: [expect.any(String)] })
  })
})
