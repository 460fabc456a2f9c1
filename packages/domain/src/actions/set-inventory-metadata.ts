import { Result } from 'effect'
import { clearable, idOrNameField, textField, ulidField } from '../fields.ts'
import { readUlid, showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Known, KnownLot } from '../known.ts'
import type { InventoryRow } from '../lot/lot.ts'
import { NotFound } from '../refusals.ts'
import { defineRequest, type RequestOf } from '../request.ts'
import { type Action, fieldChanges, whyInvalid } from './action.ts'

const fields = {
  inventoryId: ulidField,
  notes: clearable(textField),
  spare1: clearable(textField),
  spare2: clearable(textField),
  spare3: clearable(textField),
  name: clearable(textField),
  productionOrderIdOrName: clearable(idOrNameField),
}

/** The request of setInventoryMetadata. A given value replaces, null keeps, and empty text clears. */
export const setInventoryMetadataShape = defineRequest('SetInventoryMetadataRequest', fields, ['inventoryId'])
/** A request of setInventoryMetadata as the domain reads it. */
export type SetInventoryMetadataRequest = RequestOf<typeof fields>

/** A row of stock, with the lot that it is of. */
export const findRow = (
  known: Known,
  id: Ulid,
): { readonly item: KnownLot; readonly row: InventoryRow } | undefined => {
  for (const item of known.lots.values()) for (const row of item.rows.values()) if (row.id === id) return { item, row }
  return undefined
}

const written = (given: string | null, before: string | null): string | null =>
  given === null ? before : given === '' ? null : given

const orderOf = (
  given: string | null,
  { productionOrderId, productionOrderName }: InventoryRow,
): Pick<InventoryRow, 'productionOrderId' | 'productionOrderName'> => {
  if (given === null) return { productionOrderId, productionOrderName }
  const id = readUlid(given) ?? null
  return { productionOrderId: id, productionOrderName: id === null && given !== '' ? given : null }
}

const changed = ['notes', 'spare1', 'spare2', 'spare3', 'name', 'productionOrderId', 'productionOrderName'] as const

/** Writes the label, the production order and the user's own words on a row of stock. No lot record is written. */
export const setInventoryMetadata: Action<SetInventoryMetadataRequest> = {
  permission: 'INVENTORY.WRITE.SAVE',
  decode: setInventoryMetadataShape.decode,
  scope: ({ inventoryId }) => (inventoryId === null ? {} : { rows: [inventoryId] }),
  violations: (_known, { violations }) => violations,
  decide: (known, { request, violations }, stamp) => {
    const { inventoryId: id } = request
    const invalid = whyInvalid(violations)
    if (invalid !== undefined) return Result.fail(invalid)
    const found = id === null ? undefined : findRow(known, id)
    if (found === undefined)
      return Result.fail(new NotFound({ kind: 'inventory', idOrName: id === null ? '' : showUlid(id) }))
    const { item, row: before } = found
    const row: InventoryRow = {
      ...before,
      notes: written(request.notes, before.notes),
      spare1: written(request.spare1, before.spare1),
      spare2: written(request.spare2, before.spare2),
      spare3: written(request.spare3, before.spare3),
      name: written(request.name, before.name),
      ...orderOf(request.productionOrderIdOrName, before),
    }
    const changes = fieldChanges<InventoryRow>('inventory', showUlid(row.id), before, row, changed, stamp)
    if (changes.length === 0) return Result.succeed({ known, versions: [] })
    const lots = new Map(known.lots).set(item.lot.id, { ...item, rows: new Map(item.rows).set(row.locationId, row) })
    return Result.succeed({ known: { ...known, lots }, versions: [], changes })
  },
}
