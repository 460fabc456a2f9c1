import { type InventoryRow, type Known, type Lot, refuseAnother, type Ulid } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import type { Keys, Loaded } from '../load/loaded.ts'
import { execute, type Program } from '../program.ts'
import { inserting, insertingWithKey, updatingEntity } from '../rows/entity-statements.ts'
import { inventoryCodec, lotCodec } from '../rows/lot.ts'
import { statement } from '../statement.ts'
import { keyIn, type Meet } from './keys.ts'
import { giveName } from './name-taken.ts'

// What a posting changes of a lot. Leaving the rest alone keeps the unique index of names out of it.
const postedFields = [
  'status',
  'total_quantity',
  'expires_at',
  'closed_at',
  'version',
  'modified_at',
  'modified_by',
] as const

const onlyPosted = (before: Lot, after: Lot): boolean =>
  before.name === after.name &&
  before.materialId === after.materialId &&
  before.unitOfMeasureId === after.unitOfMeasureId &&
  before.supplierId === after.supplierId &&
  before.notes === after.notes &&
  before.enabled === after.enabled &&
  before.spare1 === after.spare1 &&
  before.spare2 === after.spare2 &&
  before.spare3 === after.spare3

/** Writes the lots and rows of stock that are not the loaded ones, and removes the deleted lots. */
export const makeSaveLots = (dialect: Dialect, meet: Meet) => {
  const { db } = dialect
  const insertLot = insertingWithKey(db, 'lot', lotCodec, ['material', 'unit'])
  const updateLot = updatingEntity(db, 'lot', lotCodec, ['material', 'unit'], ['id'])
  const postLot = updatingEntity(db, 'lot', lotCodec, [], ['id'], postedFields)
  const lotCalled = statement((p: { readonly material: number; readonly name: string }) =>
    db.selectFrom('lot').select('ulid').where('material', '=', p.material).where('name', '=', p.name),
  )
  const deleteLot = statement((p: { readonly id: number }) => db.deleteFrom('lot').where('id', '=', p.id))

  const insertRow = inserting(db, 'inventory', inventoryCodec, ['lot', 'location'])
  const updateRow = updatingEntity(db, 'inventory', inventoryCodec, [], ['lot', 'location'])

  function* saveLot(keys: Keys, before: Lot | undefined, lot: Lot): Program<void> {
    if (before !== undefined) refuseAnother(before, lot)
    if (before !== undefined && onlyPosted(before, lot)) {
      yield* execute(postLot(lot, { id: keyIn(keys.lots, lot.id) }))
      return
    }
    yield* meet(keys, [
      ['materials', lot.materialId],
      ['units', lot.unitOfMeasureId],
    ])
    const material = keyIn(keys.materials, lot.materialId)
    const references = { material, unit: keyIn(keys.units, lot.unitOfMeasureId) }
    const name = { kind: 'lot', name: lot.name, holder: lotCalled({ material, name: lot.name }) }
    if (before !== undefined) {
      const id = keyIn(keys.lots, lot.id)
      yield* giveName(dialect, updateLot(lot, { id, ...references }), name)
    } else {
      const made = yield* giveName(dialect, insertLot(lot, references), name)
      if (made !== undefined) keys.lots.set(lot.id, made.id)
    }
  }

  function* saveRow(keys: Keys, isNew: boolean, row: InventoryRow): Program<void> {
    if (isNew) yield* meet(keys, [['locations', row.locationId]])
    const key = { lot: keyIn(keys.lots, row.lotId), location: keyIn(keys.locations, row.locationId) }
    yield* execute((isNew ? insertRow : updateRow)(row, key))
  }

  function* saveLots(loaded: Loaded, after: Known['lots']): Program<void> {
    const { keys } = loaded
    for (const [id, item] of after) {
      const before = loaded.lots.get(id)
      if (before === item) continue
      if (before?.lot !== item.lot) yield* saveLot(keys, before?.lot, item.lot)
      for (const [locationId, row] of item.rows) {
        const old = before?.rows.get(locationId)
        if (old !== row) yield* saveRow(keys, old === undefined, row)
      }
    }
  }

  function* deleteLots({ keys }: Loaded, lots: readonly Ulid[]): Program<void> {
    for (const lot of lots) {
      yield* meet(keys, [['lots', lot]])
      yield* execute(deleteLot({ id: keyIn(keys.lots, lot) }))
    }
  }

  return { saveLots, deleteLots }
}
