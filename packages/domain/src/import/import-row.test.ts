import { describe, expect, it } from 'vitest'
import type { Permission } from '../permissions.ts'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'

const importing = async (plant: Plant, key = 'file') => {
  const forever = { scope: 'test', key, fingerprint: 'f', expires: null }
  const run = await plant.done(plant.importer.beginImport(forever, plant.ada))
  let line = run.line
  const place = () => {
    const after = line
    line += 1
    return { run: run.id, line, after }
  }
  return {
    row: (fields: unknown, caller = plant.ada) => plant.importer.importRow({ fields }, place(), caller),
    problem: (problem: string) => plant.importer.importRow({ problem }, place(), plant.ada),
    report: () => plant.done(plant.importer.reportImport(run.id, true, plant.ada)),
  }
}

const sugar = { materialPath: 'Raw/Sugar', inventoryLotName: 'A', lotRecordType: 'RECEIVE', status: 'COMPLETED' }

describe('a row to import', () => {
  it('saves each kind by the names of what it refers to', async () => {
    const plant = await makePlant()
    const { row, report } = await importing(plant)
    const rows = [
      { kind: 'unit', symbol: 'g', name: 'gram', enabled: 'TRUE' },
      { kind: 'unitConversion', from: 'kg', to: 'g', factor: '1000' },
      { kind: 'material', path: 'Raw/Salt', unitOfMeasureSymbol: 'kg', shelfLifeDays: '30' },
      { kind: 'location', path: 'Plant/Shed', allowNegativeInventory: 'true' },
      { kind: 'reasonCode', lotRecordType: 'SCRAP', reasonCode: 'WET', requireComments: 'False' },
      { kind: 'lot', name: 'A', materialPath: 'Raw/Sugar', enabled: 'true' },
      { kind: 'lotRecord', ...sugar, lotRecordType: 'STATUS_CHANGE', lotStatus: 'AVAILABLE', startDate: at(1) },
      { kind: 'lotRecord', ...sugar, destinationLocationPath: 'Plant/Dock', quantity: '2', startDate: at(1) },
      {
        ...{ kind: 'lotRecord', ...sugar, lotRecordType: 'SCRAP', sourceLocationPath: 'Plant/Dock', startDate: at(2) },
        ...{ quantity: 500, unitOfMeasureSymbol: 'g', materialReasonCodeName: 'WET', notes: 'it rained' },
      },
      { kind: 'lotRecord', ...sugar, lotRecordType: 'STATUS_CHANGE', lotStatus: 'QA_HOLD', startDate: at(3) },
    ]
    for (const fields of rows)
      expect(await plant.done(row(fields)), JSON.stringify(fields)).toEqual({ outcome: 'saved' })
    expect(await report()).toMatchObject({
      rows: 10,
      saved: 10,
      alreadyThere: 0,
      refused: 0,
      finished: true,
      errors: [],
    })
    const lot = await plant.done(plant.inventory.getLotByIdOrNameAndMaterial('A', 'Raw/Sugar', plant.ada))
    expect(lot).toMatchObject({ status: 'QA_HOLD', onHand: 1.5 })
    const { items } = await plant.done(plant.inventory.findInventoryLotRecords({ lot: lot.id }, plant.ada))
    expect(items.map(({ createdBy }) => createdBy)).toEqual(['ada', 'ada', 'ada', 'ada'])
    const asked = (quantity: number, requestedQuantity: number, requestedUnitOfMeasureSymbol: string) =>
      expect.objectContaining({ quantity, requestedQuantity, requestedUnitOfMeasureSymbol })
    expect(items).toEqual(expect.arrayContaining([asked(0.5, 500, 'g'), asked(2, 2, 'kg')]))
    expect(await plant.done(plant.inventory.getMaterial('Raw/Salt', plant.ada))).toMatchObject({ shelfLifeDays: 30 })
  })

  it('is told everything that is wrong with it, by its own fields, and changes nothing', async () => {
    const plant = await makePlant()
    const { row, problem, report } = await importing(plant)
    const lots = await plant.dump()
    const errors = [
      [
        { kind: 'lotRecord', ...sugar, lotRecordType: 'MOVE', destinationLocationPath: 'Plant/Nowhere', quantity: 'x' },
        ['destinationLocationPath', 'inventoryLotName', 'quantity'],
      ],
      [
        { kind: 'lot', name: 'a/b', materialPath: 'Raw/Gold', unitOfMeasureSymbol: 'oz' },
        ['materialPath', 'name', 'unitOfMeasureSymbol'],
      ],
      [{ kind: 'lot', name: 'B' }, ['materialPath']],
      [{ kind: 'lotRecord', inventoryLotName: 'A' }, ['inventoryLotName', 'lotRecordType', 'materialPath', 'status']],
      [{ kind: 'material', path: 'Raw/\u202eX', colour: 'red' }, ['colour', 'path', 'unitOfMeasureSymbol']],
      [{ kind: 'lotRecord', ...sugar, reversalOf: '01JE6F0CE9T94PZD8RTH9J01TJ' }, ['inventoryLotName', 'reversalOf']],
      [{ kind: 'cheese' }, ['kind']],
      [[], ['(root)']],
    ] as const
    for (const [fields, wrong] of errors) {
      const refusal = await plant.refused(row(fields))
      expect(refusal._tag === 'ValidationFailed' && Object.keys(refusal.violations).toSorted()).toEqual(wrong)
    }
    expect(await plant.refused(problem('is no JSON'))).toMatchObject({ violations: { '(root)': ['is no JSON'] } })
    expect(await plant.dump()).toEqual(lots)
    const { refused, errors: kept } = await report()
    expect(refused).toBe(9)
    expect(kept.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(kept[2]?.errors).toEqual({ materialPath: ['is required'] })
  })

  it.each(['RECEIVE', 'PRODUCE', 'CONSUME', 'UNCONSUME', 'SCRAP', 'RETURN', 'SHIP'])(
    'never takes the material of its lot for that of the other lot of a %s',
    async (lotRecordType) => {
      const plant = await makePlant()
      const lot = await plant.lot('A', { stock: 9 })
      await plant.lot('B')
      const cap = await plant.lot('B', { material: 'cap' })
      const { row } = await importing(plant)
      const fields = { kind: 'lotRecord', ...sugar, lotRecordType, secondaryInventoryLotName: 'B' }
      expect(await plant.refused(row(fields))).toMatchObject({
        _tag: 'ValidationFailed',
        violations: { secondaryMaterialPath: ['is required with the name of a lot: names are unique per material'] },
      })
      const memo = { ...fields, notes: 'told', secondaryMaterialPath: 'Pack/Cap' }
      expect(await plant.done(row(memo))).toEqual({ outcome: 'saved' })
      const { items } = await plant.done(
        plant.inventory.findInventoryLotRecords({ lot, notesContains: 'told' }, plant.ada),
      )
      expect(items.map(({ secondaryInventoryLotId }) => secondaryInventoryLotId)).toEqual([cap])
    },
  )

  it.each(['SPLIT', 'MERGE'])('takes the other lot of a %s from the same material', async (lotRecordType) => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 9 })
    const other = await plant.lot('B', lotRecordType === 'MERGE' ? { stock: 1 } : { status: 'OPEN' })
    await plant.lot('B', { material: 'cap' })
    const { row } = await importing(plant)
    const place = { quantity: 1, sourceLocationPath: 'Plant/Dock', destinationLocationPath: 'Plant/Dock' }
    const fields = {
      kind: 'lotRecord',
      ...sugar,
      ...place,
      lotRecordType,
      secondaryInventoryLotName: 'B',
      notes: 'told',
    }
    expect(await plant.done(row(fields))).toEqual({ outcome: 'saved' })
    const { items } = await plant.done(
      plant.inventory.findInventoryLotRecords({ lot, notesContains: 'told' }, plant.ada),
    )
    expect(items).toMatchObject([{ lotRecordType, secondaryInventoryLotId: other, posted: true }])
  })

  describe('that takes a consumption back', () => {
    const at = (day: number) => ({ startDate: `2026-11-0${day}T08:00:00Z`, endDate: `2026-11-0${day}T08:00:00Z` })
    const runs = { B: '01JE6F0CE9T94PZD8RTH9J01TJ', C: '01JE6F0CE9T94PZD8RTH9J01TK' }
    /** A is consumed into B, then into C; `given` is the row that takes something of that back. */
    const takingBack = async (given: (first: string) => object) => {
      const plant = await makePlant()
      const lot = await plant.lot('A', { stock: 20 })
      const others = [await plant.lot('B'), await plant.lot('C')]
      const { row } = await importing(plant)
      const consume = { kind: 'lotRecord', ...sugar, lotRecordType: 'CONSUME', sourceLocationPath: 'Plant/Dock' }
      const into = (name: 'B' | 'C', day: number) => ({
        ...{ ...consume, ...at(day), quantity: 4, inventoryOperationId: runs[name] },
        ...{ secondaryInventoryLotName: name, secondaryMaterialPath: 'Raw/Sugar' },
      })
      await plant.done(row(into('B', 2)))
      await plant.done(row(into('C', 4)))
      const { items } = await plant.done(plant.inventory.findInventoryLotRecords({ lot }, plant.ada))
      const first = items.find(({ secondaryInventoryLotId }) => secondaryInventoryLotId === others[0])?.id ?? ''
      const before = await plant.dump()
      const unconsume = { ...consume, lotRecordType: 'UNCONSUME', sourceLocationPath: null, ...at(6) }
      const asked = row({ ...unconsume, destinationLocationPath: 'Plant/Dock', quantity: 4, ...given(first) })
      const left = async () => {
        const { edges } = await plant.done(plant.inventory.traceLot(lot, { direction: 'DESCENDANTS' }, plant.ada))
        return edges.map(({ target }) => (target === others[0] ? 'B' : 'C'))
      }
      return { plant, asked, left, before }
    }

    it.each([
      ['nothing but a quantity', () => ({})],
      ['a quantity of more than one of them', () => ({ quantity: 7 })],
    ])('is refused where it says %s, and changes nothing', async (_, given) => {
      const { plant, asked, before } = await takingBack(given)
      expect(await plant.refused(asked)).toMatchObject({
        _tag: 'ValidationFailed',
        violations: {
          consumeRecordId: [expect.stringMatching(/^is required where more than one CONSUME could be meant/u)],
        },
      })
      expect(await plant.dump()).toEqual(before)
    })

    it.each([
      ['the record', (first: string) => ({ consumeRecordId: first }), ['C']],
      ['the consumer', () => ({ secondaryInventoryLotName: 'B', secondaryMaterialPath: 'Raw/Sugar' }), ['C']],
      ['the operation', () => ({ inventoryOperationId: runs.B }), ['C']],
      ['a time at which there was one only', () => at(3), ['C']],
      ['all that was consumed', () => ({ quantity: 8 }), []],
    ] as const)('is saved where it says %s', async (_, given, lots) => {
      const { plant, asked, left } = await takingBack(given)
      expect(await plant.done(asked)).toEqual({ outcome: 'saved' })
      expect(await left()).toEqual(lots)
    })
  })

  it.each([
    ['materialPath', { inventoryLotName: 'A', secondaryInventoryLotName: 'B', secondaryMaterialPath: 'Raw/Sugar' }],
    ['secondaryMaterialPath', { inventoryLotName: 'A', materialPath: 'Raw/Sugar', secondaryInventoryLotName: 'B' }],
  ])('whose %s is not that of the lot whose id it gives is refused', async (field, fields) => {
    const plant = await makePlant()
    const [lot, other] = [await plant.lot('A', { stock: 9 }), await plant.lot('B')]
    await plant.lot('A', { material: 'cap' })
    await plant.lot('B', { material: 'cap' })
    const { row } = await importing(plant)
    const memo = { kind: 'lotRecord', lotRecordType: 'CONSUME', status: 'COMPLETED', ...fields }
    const given = { ...memo, inventoryLotId: lot, secondaryInventoryLotId: other }
    const before = await plant.dump()
    for (const path of ['Pack/Cap', 'Pack/None'])
      expect(await plant.refused(row({ ...given, [field]: path }))).toMatchObject({
        violations: { [field]: ['is not the material of this lot'] },
      })
    expect(await plant.dump()).toEqual(before)
    expect(await plant.done(row({ ...given, [field]: 'Raw/Sugar' }))).toEqual({ outcome: 'saved' })
  })

  it('says whether just that is there already, and changes nothing that is', async () => {
    const plant = await makePlant()
    await plant.lot('A')
    const { row, report } = await importing(plant)
    const before = await plant.dump()
    const same = [
      { kind: 'unit', symbol: 'kg', name: 'kilogram' },
      { kind: 'material', path: 'Raw/Milk', unitOfMeasureSymbol: 'l', shelfLifeDays: 10 },
      { kind: 'location', path: 'Plant/Dock' },
      { kind: 'lot', name: 'A', materialPath: 'Raw/Sugar', status: 'AVAILABLE' },
    ]
    for (const fields of same) expect(await plant.done(row(fields))).toEqual({ outcome: 'alreadyThere' })
    expect(await plant.refused(row({ kind: 'material', path: 'Raw/Milk', unitOfMeasureSymbol: 'kg' }))).toMatchObject({
      violations: { unitOfMeasureSymbol: [expect.stringContaining('differs')] },
    })
    expect(await plant.dump()).toEqual(before)
    expect(await report()).toMatchObject({ rows: 5, saved: 0, alreadyThere: 4, refused: 1 })
  })

  it('passes over what an export says besides', async () => {
    const plant = await makePlant()
    const { row } = await importing(plant)
    const id = '01JE6F0CE9T94PZD8RTH9J01TJ'
    const made = { id, version: 7, createdDate: at(1), createdBy: 'eve' }
    await plant.done(row({ kind: 'material', path: 'Raw/Salt', unitOfMeasureSymbol: 'kg', ...made }))
    const salt = await plant.done(plant.inventory.getMaterial('Raw/Salt', plant.ada))
    expect(salt).toMatchObject({ version: 1, createdBy: 'ada' })
    expect(salt.id).not.toBe(id)
  })

  it.each<[Permission, unknown]>([
    ['INVENTORY.WRITE.MASTER_DATA', { kind: 'unit', symbol: 'g', name: 'gram' }],
    ['INVENTORY.WRITE.SAVE', { kind: 'lot', name: 'Z', materialPath: 'Raw/Sugar' }],
    ['INVENTORY.WRITE.RECEIVE', { kind: 'lotRecord', ...sugar, quantity: 1, destinationLocationPath: 'Plant/Dock' }],
  ])('needs %s where its request does', async (permission, fields) => {
    const plant = await makePlant()
    await plant.lot('A')
    const { row } = await importing(plant)
    const others =
      permission === 'INVENTORY.WRITE.SAVE' ? plant.caller('INVENTORY.READ') : plant.caller('INVENTORY.WRITE.SAVE')
    expect(await plant.refused(row(fields, others))).toMatchObject({ _tag: 'PermissionDenied', permission })
    expect(await plant.done(row(fields, plant.caller(permission, 'INVENTORY.WRITE.SAVE')))).toEqual({
      outcome: 'saved',
    })
  })
})
