import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, memory, type Plant, ulidOf } from '../testing/fixtures.ts'

let plant: Plant

beforeEach(async () => {
  plant = await makePlant()
})

const save = (fields: Fields) => plant.inventory.saveLot(fields, plant.ada)
const violations = async (fields: Fields) => {
  const refusal = await plant.refused(save(fields))
  const found = refusal._tag === 'ValidationFailed' ? refusal.violations : refusal
  expect(await plant.done(plant.inventory.validateLot(fields, plant.ada))).toEqual(found)
  return found
}

describe('saveLot without an id', () => {
  it('makes an OPEN lot of the material, and answers with the 19 documented fields, then ours', async () => {
    const lot = await plant.done(
      save({
        ...plant.inventory.newLot(),
        name: ' A ',
        materialId: plant.material.milk,
        supplierId: 'Farm 7',
        notes: 'x',
      }),
    )
    expect(JSON.stringify(lot)).toBe(
      JSON.stringify({
        id: lot.id,
        notes: 'x',
        enabled: true,
        spare1: null,
        spare2: null,
        spare3: null,
        name: 'A',
        materialId: plant.material.milk,
        materialPath: 'Raw/Milk',
        materialName: 'Milk',
        materialQuantityFormat: null,
        status: 'OPEN',
        totalQuantity: 0,
        unitOfMeasureId: plant.unit.l,
        unitOfMeasureName: 'litre',
        unitOfMeasureSymbol: 'l',
        expirationDate: null,
        closedDate: null,
        createdDate: at(23),
        supplierId: 'Farm 7',
        onHand: 0,
        effectiveStatus: 'OPEN',
        version: 1,
      }),
    )
    expect(await plant.get(lot.id ?? '')).toEqual(lot)
  })

  it('in another status begins OPEN and writes the change with its record', async () => {
    const lot = await plant.done(save({ name: 'A', materialId: plant.material.sugar, status: 'AVAILABLE' }))
    expect(lot.status).toBe('AVAILABLE')
    const history = await plant.done(plant.inventory.getLotHistory({ lotId: lot.id }, plant.ada))
    expect(history).toMatchObject([{ lotRecordType: 'STATUS_CHANGE', lotStatus: 'AVAILABLE', status: 'COMPLETED' }])
    const [record] = (await plant.done(plant.inventory.findInventoryLotRecords({ lot: lot.id }, plant.ada))).items
    expect(record).toMatchObject({ previousStatus: 'OPEN', posted: true })
    expect(await plant.refused(save({ name: 'B', materialId: plant.material.sugar, status: 'SHIPPED' }))).toMatchObject(
      {
        _tag: 'StatusTransitionRefused',
        from: 'OPEN',
        to: 'SHIPPED',
      },
    )
  })

  it('asks for name and material', async () => {
    expect(await violations(plant.inventory.newLot())).toEqual({ name: ['is required'], materialId: ['is required'] })
  })

  it('names every field that is wrong, all at once', async () => {
    const wrong = {
      name: 'a/b',
      materialId: 'x',
      status: 'FINE',
      totalQuantity: 'much',
      unitOfMeasureId: 7,
      expirationDate: 'soon',
      closedDate: 'late',
      supplierId: 1,
      id: 'x',
      notes: 1,
      enabled: 'yes',
      spare1: 1,
      spare2: 1,
      spare3: 1,
      surprise: 1,
    }
    expect(Object.keys(await violations(wrong)).sort()).toEqual(Object.keys(wrong).sort())
    const missing = '01JE6F0CE9T94PZD8RTH9J01TJ'
    const unknown = { name: 'A', materialId: missing, unitOfMeasureId: missing, totalQuantity: 5, closedDate: at(5) }
    expect(Object.keys(await violations(unknown)).sort()).toEqual(
      ['closedDate', 'materialId', 'totalQuantity', 'unitOfMeasureId'].sort(),
    )
  })

  it('with a name that the material has already is a duplicate; another material may have it', async () => {
    const lot = await plant.lot('A')
    expect(await plant.refused(save({ name: 'A', materialId: plant.material.sugar }))).toMatchObject({
      _tag: 'DuplicateName',
      kind: 'lot',
      name: 'A',
      existingId: lot,
    })
    await plant.done(save({ name: 'A', materialId: plant.material.milk }))
    await plant.done(save({ name: 'a', materialId: plant.material.sugar }))
  })

  it('shows in a dry run the lot as it would be', async () => {
    const before = await plant.dump()
    const request = { name: 'A', materialId: plant.material.sugar, status: 'AVAILABLE' }
    expect(await plant.done(plant.inventory.dryRun.saveLot(request, plant.ada))).toMatchObject({
      record: { id: null, sequence: null, lotStatus: 'AVAILABLE' },
      lots: [{ id: null, name: 'A', status: 'AVAILABLE' }],
      balances: [],
    })
    expect(await plant.dump()).toEqual(before)
  })
})

describe('saveLot with an id', () => {
  it('replaces what is given and keeps what is null; the template’s OPEN keeps the status', async () => {
    const id = await plant.lot('A', { stock: 5, expirationDate: at(25) })
    const before = await plant.get(id)
    const template = { ...plant.inventory.newLot(), name: 'A', materialId: plant.material.sugar, id }
    expect(await plant.done(save({ ...template, notes: 'new' }))).toEqual({
      ...before,
      notes: 'new',
      version: before.version + 1,
    })
    expect(await plant.done(save({ id, status: null, spare1: 's' }))).toMatchObject({ notes: 'new', spare1: 's' })
  })

  it('writes who changed what, from and to, into the change table', async () => {
    const memoryStore = memory()
    plant = await makePlant(memoryStore)
    const id = await plant.lot('A')
    plant.clock.forward(5)
    await plant.done(
      plant.inventory.saveLot(
        { id, name: 'B', materialId: plant.material.sugar, notes: 'n' },
        { ...plant.ada, actor: 'eve' },
      ),
    )
    const { changes } = (await plant.dump()) as { readonly changes: readonly Fields[] }
    const common = { entity: 'lot', entityId: id, changedBy: 'eve', changedDate: plant.clock.now() }
    expect(changes.slice(-2)).toEqual([
      { ...common, field: 'name', from: 'A', to: 'B' },
      { ...common, field: 'notes', from: null, to: 'n' },
    ])
  })

  it('that nothing has is not found', async () => {
    const id = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
    expect(await plant.refused(save({ id, notes: 'x' }))).toMatchObject({ _tag: 'NotFound', kind: 'lot', idOrName: id })
  })

  it('takes the present total or none, and names the functions that add', async () => {
    const id = await plant.lot('A', { stock: 5 })
    for (const totalQuantity of [0, null, 5, '5.0']) await plant.done(save({ id, totalQuantity }))
    for (const totalQuantity of [4, 6, -1])
      expect(await violations({ id, totalQuantity })).toEqual({
        totalQuantity: [
          'must be null, 0 or 5: stock is added by receive, produce, split, merge and editInventoryQuantity',
        ],
      })
    expect(await violations({ name: 'B/C', materialId: plant.material.sugar, totalQuantity: 4 })).toEqual({
      name: [expect.stringContaining('without "/"')],
      totalQuantity: [expect.stringMatching(/^must be null or 0: /u)],
    })
  })

  it('fixes material and unit once the lot was posted to', async () => {
    const fresh = await plant.lot('F')
    await plant.done(save({ id: fresh, name: 'F', materialId: plant.material.milk, unitOfMeasureId: plant.unit.kg }))
    const id = await plant.lot('A', { stock: 5 })
    expect(
      Object.keys(await violations({ id, name: 'A', materialId: plant.material.milk, unitOfMeasureId: plant.unit.l })),
    ).toEqual(['materialId', 'unitOfMeasureId'])
    await plant.done(save({ id, name: 'A', materialId: plant.material.sugar, unitOfMeasureId: plant.unit.kg }))
  })

  it('goes to another material together with its name, so that no two lots can be called the same', async () => {
    await plant.lot('A', { material: 'milk' })
    const id = await plant.lot('A')
    expect(Object.keys(await violations({ id, materialId: plant.material.milk }))).toEqual(['name'])
    expect(Object.keys(await violations({ id, name: 'B' }))).toEqual(['materialId'])
    expect(await plant.refused(save({ id, name: 'A', materialId: plant.material.milk }))).toMatchObject({
      _tag: 'DuplicateName',
    })
    await plant.done(save({ id, name: 'B', materialId: plant.material.milk }))
  })

  it('sets an expiration date or brings it forward, and never puts it back', async () => {
    const id = await plant.lot('A')
    await plant.done(save({ id, expirationDate: at(25) }))
    await plant.done(save({ id, expirationDate: at(24) }))
    expect(await violations({ id, expirationDate: at(26) })).toEqual({
      expirationDate: [expect.stringContaining('changeStatus')],
    })
    await plant.done(save({ id, expirationDate: at(10) }))
    expect(await plant.get(id)).toMatchObject({ status: 'AVAILABLE', effectiveStatus: 'EXPIRED' })
  })

  it('derives closedDate, and takes the one it has', async () => {
    const id = await plant.lot('A', { status: 'CLOSED' })
    const { closedDate } = await plant.get(id)
    await plant.done(save({ id, closedDate }))
    expect(Object.keys(await violations({ id, closedDate: at(9) }))).toEqual(['closedDate'])
  })

  it('in another status goes through the transition table', async () => {
    const id = await plant.lot('A', { stock: 5 })
    expect(await plant.refused(save({ id, status: 'CLOSED' }))).toMatchObject({
      _tag: 'StatusTransitionRefused',
      legal: ['AVAILABLE', 'QA_HOLD', 'EXPIRED'],
    })
    expect(await plant.done(save({ id, status: 'QA_HOLD', spare2: 'x' }))).toMatchObject({
      status: 'QA_HOLD',
      spare2: 'x',
    })
    await plant.done(save({ id, status: 'QA_HOLD' }))
    const { items } = await plant.done(plant.inventory.findInventoryLotRecords({ lot: id }, plant.ada))
    expect(items.map(({ lotRecordType }) => lotRecordType)).toEqual(['RECEIVE', 'STATUS_CHANGE', 'STATUS_CHANGE'])
  })

  it('counts one version per save, with another status too', async () => {
    const id = await plant.lot('A')
    const { version } = await plant.get(id)
    expect(await plant.done(save({ id, status: 'QA_HOLD', notes: 'x' }))).toMatchObject({ version: version + 1 })
  })

  it('that changes nothing is no save: the version stays, and no row is written', async () => {
    const memoryStore = memory()
    plant = await makePlant(memoryStore)
    const id = await plant.lot('A', { stock: 5 })
    const [before, dump] = [await plant.get(id), await plant.dump()]
    plant.clock.forward(5)
    const same = { id, name: 'A', materialId: plant.material.sugar, status: before.status, totalQuantity: 5 }
    for (const request of [{ id }, same]) expect(await plant.done(save(request))).toEqual(before)
    expect(await plant.dump()).toEqual(dump)
    const stale = { ...plant.ada, expectedVersion: before.version + 1 }
    expect(await plant.refused(plant.inventory.saveLot({ id }, stale))).toMatchObject({ _tag: 'VersionConflict' })
  })

  it('is refused where the caller has seen another version', async () => {
    const id = await plant.lot('A')
    const { version } = await plant.get(id)
    const call = { ...plant.ada, expectedVersion: version + 1 }
    expect(await plant.refused(plant.inventory.saveLot({ id, notes: 'x' }, call))).toMatchObject({
      _tag: 'VersionConflict',
      kind: 'lot',
      actual: version,
    })
  })

  it('disables a lot, which then is left out of lists unless asked for', async () => {
    const id = await plant.lot('A')
    await plant.lot('B')
    await plant.done(save({ id, enabled: false }))
    const names = async (query: Fields) =>
      (await plant.done(plant.inventory.listLots(query, plant.ada))).items.map(({ name }) => name)
    expect(await names({})).toEqual(['B'])
    expect(await names({ includeDisabled: true })).toEqual(['A', 'B'])
    expect(await plant.get(id)).toMatchObject({ enabled: false })
    expect(ulidOf(id)).toHaveLength(26)
  })
})
