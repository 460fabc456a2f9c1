import {
  DuplicateName,
  findUnit,
  type Known,
  type Lot,
  makeUlidSource,
  readUlid,
  type Ulid,
  type Unit,
} from '@lotbook/domain'
import { Result } from 'effect'
import { describe, expect, it } from 'vitest'
import { ada, at, beside, done, dump, makePlant, newFile, open, refused } from '../test/plant.ts'

const now = Date.UTC(2026, 10, 23, 8)
const newId = makeUlidSource()

const stage = async () => {
  const file = newFile()
  const { store } = await open({ filename: file })
  const plant = await makePlant(store)
  return { file, store, plant }
}

const unit = (name: string, symbol: string): Unit => ({
  id: newId(now),
  name,
  symbol,
  version: 1,
  notes: null,
  enabled: true,
  spare1: null,
  spare2: null,
  spare3: null,
  createdDate: now,
  createdBy: 'ada',
  modifiedDate: null,
  modifiedBy: null,
})

const outcome = (known: Known) => Result.succeed({ known, versions: [], changes: [], deletedLots: [], answer: () => 1 })

describe('a change', () => {
  it('that gives a name which somebody else has meanwhile is refused', async () => {
    const { file, store } = await stage()
    const first = unit('litre', 'l')
    const adding = (added: Unit) =>
      store.change({}, (known) => outcome({ ...known, units: new Map([[added.id, added]]) }))
    await done(adding(first))
    const before = dump(file)
    const refusal = await refused(adding(unit('another', 'l')))
    expect(refusal).toBeInstanceOf(DuplicateName)
    expect(refusal).toMatchObject({ kind: 'unit', name: 'l' })
    expect(readUlid((refusal as DuplicateName).existingId)).toBe(first.id)
    expect(dump(file)).toEqual(before)
  })

  it.each([null, 'Raw/Sugar'])(
    'that converts units which somebody else has meanwhile is refused (%s)',
    async (path) => {
      const { file, store, plant } = await stage()
      await done(plant.inventory.saveUnit({ symbol: 'l', name: 'litre' }, ada))
      const fields = { from: 'kg', to: 'l', factor: '2', materialPath: path }
      const first = await done(plant.inventory.saveUnitConversion(fields, ada))
      const before = dump(file)
      const unseen = store.change({ units: [{ name: 'kg' }, { name: 'l' }] }, (known) => {
        const [from, to] = ['kg', 'l'].map((name) => findUnit(known, { name })?.id as Ulid) as [Ulid, Ulid]
        const { name: _, symbol: __, ...common } = unit('', '')
        const materialId = path === null ? null : (readUlid(plant.sugar) as Ulid)
        const twin = { ...common, fromUnitId: from, toUnitId: to, numerator: 3, denominator: 1, materialId }
        return outcome({ ...known, conversions: new Map([[twin.id, twin]]) })
      })
      const taken = { _tag: 'DuplicateName', kind: 'unit conversion', name: 'kg to l', existingId: first.id }
      expect(await refused(unseen)).toMatchObject(taken)
      expect(dump(file)).toEqual(before)
    },
  )

  it('that renames a lot to a name which is taken is refused', async () => {
    const { store, plant } = await stage()
    const [a, b] = [await plant.lot('A'), await plant.lot('B')]
    const id = readUlid(b.id ?? '') as Ulid
    const renaming = store.change({ lots: [{ id }] }, (known) => {
      const item = known.lots.get(id) as { lot: Lot; rows: Map<Ulid, never> }
      const lot = { ...item.lot, name: 'A', version: item.lot.version + 1 }
      return outcome({ ...known, lots: new Map([[id, { ...item, lot }]]) })
    })
    expect(await refused(renaming)).toMatchObject({ _tag: 'DuplicateName', kind: 'lot', name: 'A', existingId: a.id })
  })

  it('that takes an id twice is refused', async () => {
    const { file, store } = await stage()
    const twice = unit('litre', 'l')
    const adding = (added: Unit) =>
      store.change({}, (known) => outcome({ ...known, units: new Map([[added.id, added]]) }))
    await done(adding(twice))
    const before = dump(file)
    expect(await refused(adding({ ...twice, name: 'other', symbol: 'o' }))).toMatchObject({
      _tag: 'StorageUnavailable',
      reason: 'an id that was drawn for something new is taken already',
    })
    expect(dump(file)).toEqual(before)
  })

  it('writes only what is not the very thing that was loaded', async () => {
    const { file, store, plant } = await stage()
    const lot = await plant.lot('A')
    await plant.receive(lot, 5)
    const before = dump(file)
    const scope = { lots: [{ id: readUlid(lot.id ?? '') as Ulid }], locations: [{ name: 'Plant/Dock' }] }
    await done(store.change(scope, (known) => outcome({ ...known })))
    expect(dump(file)).toEqual(before)
  })
})

describe('a lot that an earlier version of a record names', () => {
  it('stays, and what names it is listed', async () => {
    const { plant } = await stage()
    const { inventory } = plant
    const [a, b] = [await plant.lot('A'), await plant.lot('B')]
    const draft = await done(plant.record('RECEIVE', a, { status: 'RUNNING', startDate: at(5) }))
    await done(inventory.saveInventoryLotRecord({ id: draft.id, inventoryLotId: b.id }, ada))
    await done(inventory.saveInventoryLotRecord({ id: draft.id, inventoryLotId: a.id }, ada))
    await done(inventory.saveInventoryLotRecord({ id: draft.id, inventoryLotId: b.id }, ada))
    const references = await done(inventory.getInventoryLotReferences(a.id ?? '', ada))
    expect(references.flatMap((table) => table.references)).toContainEqual({
      fkColName: 'inventory_lot_id',
      id: draft.id,
    })
    expect(await refused(inventory.deleteLot(a.id ?? '', ada))).toMatchObject({ _tag: 'InUse' })
    const versions = await done(inventory.getInventoryLotRecordVersions(draft.id ?? '', ada))
    expect(versions.map(({ record }) => record.inventoryLotName)).toEqual(['A', 'B', 'A', 'B'])
  })
})

describe('a lot that nothing refers to', () => {
  it('is deleted, and its id is not given to another', async () => {
    const { file, plant } = await stage()
    const { inventory, sugar } = plant
    const lot = await done(inventory.saveLot({ name: 'A', materialId: sugar }, ada))
    await done(inventory.deleteLot(lot.id ?? '', ada))
    await done(inventory.saveLot({ name: 'B', materialId: sugar }, ada))
    expect(dump(file)['lot']).toMatchObject([{ name: 'B' }])
    expect(
      beside(file).prepare("select to_value from change_log where field = 'name' and entity = 'lot'").all(),
    ).toEqual([{ to_value: '"A"' }, { to_value: 'null' }, { to_value: '"B"' }])
  })
})
