import {
  type Caller,
  type ImportKind,
  type Inventory,
  importKinds,
  importShapes,
  type Page,
  type Refusal,
  readOnlyFields,
} from '@lotbook/domain'
import { stringify } from 'csv-stringify/sync'
import { Effect } from 'effect'
import { guardCell } from './csv-cell.ts'
import type { Format } from './source-row.ts'

/** What can be exported for people, in the order in which one refers to the other; `stock` is for reading only. */
export const exportKinds = [
  ...(['units', 'conversions', 'materials', 'locations', 'reasonCodes', 'lots', 'records', 'stock'] as const),
] as const
/** See {@link exportKinds}. */
export type ExportKind = (typeof exportKinds)[number]

interface List {
  /** What a row is imported as. */
  readonly kind: ImportKind | null
  readonly page: (
    inventory: Inventory,
    query: { readonly limit: number; readonly cursor: string | null },
    caller: Caller,
  ) => Effect.Effect<Page<object>, Refusal>
}

const lists: Readonly<Record<ExportKind, List>> = {
  units: { kind: 'unit', page: (inventory, query, caller) => inventory.findUnits(query, caller) },
  conversions: {
    kind: 'unitConversion',
    page: (inventory, query, caller) => inventory.findUnitConversions(query, caller),
  },
  materials: { kind: 'material', page: (inventory, query, caller) => inventory.findMaterials(query, caller) },
  locations: { kind: 'location', page: (inventory, query, caller) => inventory.findLocations(query, caller) },
  reasonCodes: { kind: 'reasonCode', page: (inventory, query, caller) => inventory.findReasonCodes(query, caller) },
  lots: {
    kind: 'lot',
    page: (inventory, query, caller) => inventory.listLots({ ...query, includeDisabled: true }, caller),
  },
  records: { kind: 'lotRecord', page: (inventory, query, caller) => inventory.findInventoryLotRecords(query, caller) },
  stock: { kind: null, page: (inventory, query, caller) => inventory.findInventory(query, caller) },
}

/** The words by which an export is asked for: the kind of its rows, as in an import, or the name of the list. */
export const exportWords = [...new Set([...importKinds, 'stock', ...exportKinds])] as readonly (
  | ImportKind
  | ExportKind
)[]

/** What is exported by a word; undefined for any other. */
export const exportKindOf = (word: string): ExportKind | undefined =>
  exportKinds.find((what) => what === word || lists[what].kind === word)

const stockColumns = [
  ...['locationPath', 'materialPath', 'lotName', 'lotStatus', 'effectiveStatus', 'quantity', 'unitOfMeasureSymbol'],
  ...['name', 'productionOrderName', 'notes', 'locationId', 'lotId', 'materialId', 'id'],
] as const

const columnsOf = (kind: ImportKind | null): readonly string[] =>
  kind === null ? stockColumns : [...importShapes[kind].keys, ...readOnlyFields[kind]]

// Lots and reversals are named by what a new store can find them by; ids of lots would be strange to it.
const leftOut = new Set(['inventoryLotId', 'secondaryInventoryLotId', 'consumeRecordId'])

const oneUnit = 1_000_000

/** A conversion's factor as it is read: a decimal where it is one, else a fraction. */
const factorOf = (row: Readonly<Record<string, unknown>>): unknown => {
  const { numerator, denominator } = row as { readonly numerator: number; readonly denominator: number }
  return denominator === oneUnit && numerator < oneUnit * 1e9 ? numerator / oneUnit : `${numerator}/${denominator}`
}

const fieldsOf = (kind: ImportKind | null, view: object, columns: readonly string[]): Record<string, unknown> => {
  const row = { ...view } as Record<string, unknown>
  if (kind === 'unitConversion') row['factor'] = factorOf(row)
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]))
}

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? guardCell(value) : JSON.stringify(value)
}

const largestPage = 200

type Row = Readonly<Record<string, unknown>>

/**
 * Adds the material of the other lot to records, which name only that lot: an import finds a lot by both. Each lot is
 * asked for once.
 */
const withOtherMaterials = (inventory: Inventory, caller: Caller) => {
  const paths = new Map<string, string>()
  return async (records: readonly object[]): Promise<readonly object[]> => {
    const others = (records as readonly Row[]).map(({ secondaryInventoryLotId: id }) =>
      typeof id === 'string' ? id : null,
    )
    const unknown = new Set(others.filter((id) => id !== null && !paths.has(id)) as readonly string[])
    for (const id of unknown) paths.set(id, (await Effect.runPromise(inventory.getLot(id, caller))).materialPath)
    return records.map((record, at) => ({ ...record, secondaryMaterialPath: paths.get(others[at] ?? '') ?? null }))
  }
}

/**
 * Writes all of one kind, for people and for `import`: NDJSON or CSV, some rows at a time. Refusals of the ledger are
 * thrown as they are.
 */
export async function* exportRows(
  inventory: Inventory,
  caller: Caller,
  what: ExportKind,
  format: Format,
): AsyncGenerator<string> {
  const { kind, page } = lists[what]
  const columns = columnsOf(kind).filter((column) => !leftOut.has(column))
  if (format === 'csv') yield stringify([[...columns]], { record_delimiter: '\r\n' })
  const complete = kind === 'lotRecord' ? withOtherMaterials(inventory, caller) : undefined
  let cursor: string | null = null
  do {
    const found: Page<object> = await Effect.runPromise(page(inventory, { limit: largestPage, cursor }, caller))
    cursor = found.next
    const items = complete === undefined ? found.items : await complete(found.items)
    const rows = items.map((item) => fieldsOf(kind, item, columns))
    yield format === 'csv'
      ? stringify(
          rows.map((row) => columns.map((column) => cellOf(row[column]))),
          { record_delimiter: '\r\n' },
        )
      : rows.map((row) => `${JSON.stringify(kind === null ? row : { kind, ...row })}\n`).join('')
  } while (cursor !== null)
}
