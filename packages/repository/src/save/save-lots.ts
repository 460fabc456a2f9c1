import type { InventoryRow, Known, Lot, Ulid } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import type { Keys, Loaded } from '../load/loaded.ts'
import { execute, first, type Program } from '../program.ts'
import { inventoryCodec, lotCodec } from '../rows/lot.ts'
import { insertion, insertionWithKey, statement, updating } from '../statement.ts'
import type { KeyOf } from './keys.ts'
import { naming } from './name-taken.ts'

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
export const makeSaveLots = (dialect: Dialect, { keyOf }: KeyOf) => {
  const { db } = dialect
  const columns = [...lotCodec.columns, 'material', 'unit'] as const
  const insertLot = insertionWithKey(db, 'lot', columns)
  const updateLot = updating(db, 'lot', columns, ['id'])
  const postLot = updating(db, 'lot', postedFields, ['id'])
  const lotCalled = statement((p: { readonly material: number; readonly name: string }) =>
    db.selectFrom('lot').select('ulid').where('material', '=', p.material).where('name', '=', p.name),
  )
  const deleteLot = statement((p: { readonly id: number }) => db.deleteFrom('lot').where('id', '=', p.id))

  const insertRow = insertion(db, 'inventory', [...inventoryCodec.columns, 'lot', 'location'])
  const rowColumns = inventoryCodec.columns.filter((column) => column !== 'ulid')
  const updateRow = updating(db, 'inventory', rowColumns, ['lot', 'location'])

  function* saveLot(keys: Keys, before: Lot | undefined, lot: Lot): Program<void> {
    const id = keys.lots.get(lot.id)
    const own = lotCodec.write(lot)
    if (id !== undefined && before !== undefined && onlyPosted(before, lot)) {
      yield* execute(postLot({ ...own, id }))
      return
    }
    const material = yield* keyOf(keys, 'materials', lot.materialId)
    const row = { ...own, material, unit: yield* keyOf(keys, 'units', lot.unitOfMeasureId) }
    const name = { kind: 'lot', taken: lot.name, holder: lotCalled({ material, name: lot.name }) }
    if (id !== undefined) yield* naming(dialect, updateLot({ ...row, id }), name)
    else {
      const made = yield* naming(dialect, insertLot(row), name)
      if (made !== undefined) keys.lots.set(lot.id, made.id)
    }
  }

  function* saveRow(keys: Keys, isNew: boolean, row: InventoryRow): Program<void> {
    const values = {
      ...inventoryCodec.write(row),
      lot: yield* keyOf(keys, 'lots', row.lotId),
      location: yield* keyOf(keys, 'locations', row.locationId),
    }
    yield* execute((isNew ? insertRow : updateRow)(values))
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
    for (const lot of lots) yield* first(deleteLot({ id: yield* keyOf(keys, 'lots', lot) }))
  }

  return { saveLots, deleteLots }
}
