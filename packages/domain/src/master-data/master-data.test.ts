import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant

beforeEach(async () => {
  plant = await makePlant()
})

const missing = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
const violationsOf = async (effect: Parameters<Plant['refused']>[0]) => {
  const refusal = await plant.refused(effect)
  return refusal._tag === 'ValidationFailed' ? Object.keys(refusal.violations).sort() : refusal
}

describe('saveUnit', () => {
  const save = (fields: Fields) => plant.inventory.saveUnit(fields, plant.ada)

  it('makes a unit, and changes what is given of it', async () => {
    const unit = await plant.done(save({ name: 'tonne', symbol: 't' }))
    expect(unit).toMatchObject({ name: 'tonne', symbol: 't', enabled: true, version: 1, createdBy: 'ada' })
    expect(await plant.done(save({ id: unit.id, name: 'ton' }))).toMatchObject({ name: 'ton', symbol: 't', version: 2 })
    for (const text of ['t', 'ton', unit.id ?? ''])
      expect(await plant.done(plant.inventory.getUnit(text, plant.ada))).toMatchObject({ symbol: 't' })
  })

  it('asks for name and symbol, and for ones that no unit has as name or symbol', async () => {
    expect(await violationsOf(save({ name: 'a/b' }))).toEqual(['name', 'symbol'])
    for (const fields of [
      { name: 'kilogram', symbol: 'k' },
      { name: 'k', symbol: 'kg' },
      { name: 'kg', symbol: 'k' },
      { name: 'k', symbol: 'litre' },
      { id: plant.unit.l, name: 'kg' },
    ])
      expect(await plant.refused(save(fields))).toMatchObject({ _tag: 'DuplicateName', kind: 'unit' })
    await plant.done(save({ name: 'm', symbol: 'm' }))
    expect(await plant.refused(save({ id: missing, name: 'x' }))).toMatchObject({ _tag: 'NotFound', kind: 'unit' })
  })
})

describe('saveMaterial', () => {
  const save = (fields: Fields) => plant.inventory.saveMaterial(fields, plant.ada)

  it('makes a material whose lots become AVAILABLE and do not expire unless it says so', async () => {
    expect(await plant.done(save({ path: ' Raw / Salt ', unitOfMeasureSymbol: 'kg' }))).toMatchObject({
      path: 'Raw/Salt',
      name: 'Salt',
      unitOfMeasureSymbol: 'kg',
      shelfLifeDays: null,
      initialLotStatus: 'AVAILABLE',
      description: null,
    })
    const fields = { shelfLifeDays: 3, initialLotStatus: 'qa_hold', description: 'd' }
    expect(await plant.done(save({ path: 'Raw/Egg', unitOfMeasureSymbol: 'pcs', ...fields }))).toMatchObject({
      ...fields,
      initialLotStatus: 'QA_HOLD',
    })
  })

  it('asks for a path and a unit that exists', async () => {
    expect(await violationsOf(save({}))).toEqual(['path', 'unitOfMeasureSymbol'])
    const wrong = { path: '/Salt', unitOfMeasureSymbol: 'stone', shelfLifeDays: 0, initialLotStatus: 'CLOSED' }
    expect(await violationsOf(save(wrong))).toEqual(Object.keys(wrong).sort())
    expect(await violationsOf(save({ path: 'Raw/Salt', unitOfMeasureSymbol: 'kg', shelfLifeDays: 1.5 }))).toEqual([
      'shelfLifeDays',
    ])
  })

  it('has a path that no other material has', async () => {
    const twin = { path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' }
    expect(await plant.refused(save(twin))).toMatchObject({ _tag: 'DuplicateName', existingId: plant.material.sugar })
    expect(await plant.refused(save({ id: plant.material.milk, path: 'Raw/Sugar' }))).toMatchObject({
      _tag: 'DuplicateName',
    })
    expect(await plant.done(save({ id: plant.material.milk, path: 'Raw/Fresh milk' }))).toMatchObject({ version: 2 })
    expect(await plant.refused(save({ id: missing, path: 'Raw/X' }))).toMatchObject({ _tag: 'NotFound' })
  })

  it('with a new unit leaves the unit of the lots that are there', async () => {
    const before = await plant.lot('A', { stock: 1 })
    await plant.done(save({ id: plant.material.sugar, unitOfMeasureSymbol: 'l' }))
    const after = await plant.lot('B', { stock: 1 })
    expect((await plant.get(before)).unitOfMeasureSymbol).toBe('kg')
    expect((await plant.get(after)).unitOfMeasureSymbol).toBe('l')
  })
})

describe('saveLocation', () => {
  const save = (fields: Fields) => plant.inventory.saveLocation(fields, plant.ada)

  it('makes a location with the parents it lacks', async () => {
    expect(await plant.done(save({ path: 'Site/Hall/Rack' }))).toMatchObject({
      path: 'Site/Hall/Rack',
      name: 'Rack',
      type: null,
      allowNegativeInventory: false,
      storageCapacity: null,
      storageCapacityUnitSymbol: null,
      lotStorageStrategy: 'ALLOW_MULTIPLE',
      lotUseStrategy: 'FIFO',
    })
    await plant.done(save({ path: 'Site/Hall/Shelf' }))
    const { items } = await plant.done(plant.inventory.findLocations({}, plant.ada))
    expect(items.map(({ path }) => path).filter((path) => path.startsWith('Site'))).toEqual([
      'Site',
      'Site/Hall',
      'Site/Hall/Rack',
      'Site/Hall/Shelf',
    ])
  })

  it('has a path that is unique and stays', async () => {
    expect(await plant.refused(save({ path: 'Plant/Dock' }))).toMatchObject({
      _tag: 'DuplicateName',
      existingId: plant.location.dock,
    })
    expect(await violationsOf(save({ id: plant.location.dock, path: 'Plant/Quay' }))).toEqual(['path'])
    expect(await violationsOf(save({}))).toEqual(['path'])
    await plant.done(save({ id: plant.location.dock, path: 'Plant/Dock', type: 'dock' }))
    expect(await plant.refused(save({ id: missing, type: 'x' }))).toMatchObject({ _tag: 'NotFound' })
  })

  it('has a capacity with a unit that exists', async () => {
    const path = 'Plant/Tank'
    expect(await violationsOf(save({ path, storageCapacity: 5 }))).toEqual(['storageCapacityUnitSymbol'])
    expect(await violationsOf(save({ path, storageCapacity: -5, storageCapacityUnitSymbol: 'stone' }))).toEqual([
      'storageCapacity',
      'storageCapacityUnitSymbol',
    ])
    const tank = await plant.done(save({ path, storageCapacity: '5.5', storageCapacityUnitSymbol: 'l' }))
    expect(tank).toMatchObject({ storageCapacity: 5.5, storageCapacityUnitSymbol: 'l' })
    expect(await plant.done(save({ id: tank.id, storageCapacity: 6 }))).toMatchObject({
      storageCapacity: 6,
      storageCapacityUnitSymbol: 'l',
    })
  })

  it('cannot stop allowing negative stock while some of it is negative', async () => {
    const lot = await plant.lot('A')
    const consumed = await plant.consume(lot, 1, 5, plant.location.drain)
    const strict = save({ id: plant.location.drain, allowNegativeInventory: false })
    expect(await plant.refused(strict)).toMatchObject({
      _tag: 'InsufficientStock',
      locationPath: 'Plant/Drain',
      onHand: -1,
      moment: at(5),
    })
    await plant.reverse(consumed)
    await plant.done(strict)
    expect(
      await plant.refused(plant.saving('CONSUME', lot, { quantity: 1, sourceLocationId: plant.location.drain })),
    ).toMatchObject({
      _tag: 'InsufficientStock',
    })
  })
})

describe('saveReasonCode', () => {
  const save = (fields: Fields) => plant.inventory.saveReasonCode(fields, plant.ada)

  it('makes a code for one type of record; the same code may stand for another type', async () => {
    const wet = await plant.done(save({ lotRecordType: 'SCRAP', reasonCode: 'WET' }))
    expect(wet).toMatchObject({ lotRecordType: 'SCRAP', reasonCode: 'WET', description: null, requireComments: false })
    expect(await plant.refused(save({ lotRecordType: 'SCRAP', reasonCode: 'WET' }))).toMatchObject({
      _tag: 'DuplicateName',
      existingId: wet.id,
    })
    const other = await plant.done(save({ lotRecordType: 'RETURN', reasonCode: 'WET', requireComments: true }))
    expect(await violationsOf(save({ id: other.id, lotRecordType: 'SCRAP' }))).toEqual(['lotRecordType'])
    expect(await violationsOf(save({}))).toEqual(['lotRecordType', 'reasonCode'])
    expect(await plant.refused(save({ id: missing, description: 'x' }))).toMatchObject({ _tag: 'NotFound' })
    expect(await plant.done(plant.inventory.getReasonCode(other.id ?? '', plant.ada))).toMatchObject({
      requireComments: true,
    })
    const found = await plant.done(plant.inventory.findReasonCodes({}, plant.ada, 'RETURN'))
    expect(found.items.map(({ id }) => id)).toEqual([other.id])
  })
})

describe('every save of master data', () => {
  it.each(['saveUnit', 'saveMaterial', 'saveLocation'] as const)(
    '%s is refused where another version was seen',
    async (name) => {
      const id = { saveUnit: plant.unit.kg, saveMaterial: plant.material.sugar, saveLocation: plant.location.dock }[
        name
      ]
      const call = { ...plant.ada, expectedVersion: 2 }
      const effect: Parameters<Plant['refused']>[0] = plant.inventory[name]({ id, notes: 'x' }, call)
      expect(await plant.refused(effect)).toMatchObject({ _tag: 'VersionConflict', expected: 2, actual: 1 })
      const { changes } = (await plant.dump()) as { readonly changes: readonly Fields[] }
      await plant.done<unknown>(plant.inventory[name]({ id, notes: 'x' }, plant.ada))
      const after = (await plant.dump()) as { readonly changes: readonly Fields[] }
      expect(after.changes.slice(changes.length)).toMatchObject([{ entityId: id, field: 'notes', from: null, to: 'x' }])
    },
  )
})
