import {
  type ArchivedChange,
  type ArchiveLine,
  type InventoryRow,
  readContent,
  showArchiveLine,
  showVersionLine,
  type Ulid,
} from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import { makeLedgerHead } from '../ledger-head.ts'
import { all, type Call, type Program } from '../program.ts'
import { inventoryCodec, lotCodec, selectLots, selectRows } from '../rows/lot.ts'
import {
  locationCodec,
  materialCodec,
  reasonCodeCodec,
  selectLocations,
  selectMaterials,
  unitCodec,
} from '../rows/master-data.ts'
import { selectUnitConversions, unitConversionCodec } from '../rows/unit-conversion.ts'
import { statement, wideStatement } from '../statement.ts'

const pageSize = 250

/** A value of the change table. One that somebody has broken is the text as it stands there, which fits nothing. */
const readValue = (text: string): ArchivedChange['to'] => {
  try {
    return JSON.parse(text) as ArchivedChange['to']
  } catch {
    return text
  }
}

/** Where a page begins: after this key. */
interface After {
  readonly after: number
}

/** A page of lines, and the key of its last row; undefined where there was none. */
export interface ArchivePage {
  /** The lines as things. */
  readonly items: () => readonly ArchiveLine[]
  /** The lines as they are written. */
  readonly lines: () => readonly string[]
  readonly last: number | undefined
}
/** Reads the page that begins after a key. */
export type PageAfter = (after: number) => Program<ArchivePage>

/** Makes the programs that read the parts of an archive page by page, in the order in which they stand there. */
export const makeReadArchive = (dialect: Dialect) => {
  const { db } = dialect
  const { readHead } = makeLedgerHead(dialect)

  const pages = <R>(
    select: (after: After) => Call<R>,
    keyOf: (row: R) => number,
    item: (row: R) => ArchiveLine,
    show: (row: R) => string = (row) => showArchiveLine(item(row)),
  ): PageAfter =>
    function* (after) {
      const rows = yield* all(select({ after }))
      const last = rows.at(-1)
      return {
        items: () => rows.map(item),
        lines: () => rows.map(show),
        last: last === undefined ? undefined : keyOf(last),
      }
    }

  const units = wideStatement((p: After) =>
    db.selectFrom('unit').select(unitCodec.selection).where('unit.id', '>', p.after).orderBy('unit.id').limit(pageSize),
  )
  const materials = wideStatement((p: After) =>
    selectMaterials(db).where('material.id', '>', p.after).orderBy('material.id').limit(pageSize),
  )
  const conversions = wideStatement((p: After) =>
    selectUnitConversions(db).where('unit_conversion.id', '>', p.after).orderBy('unit_conversion.id').limit(pageSize),
  )
  const locations = wideStatement((p: After) =>
    selectLocations(db).where('location.id', '>', p.after).orderBy('location.id').limit(pageSize),
  )
  const reasonCodes = wideStatement((p: After) =>
    db
      .selectFrom('reason_code')
      .select(reasonCodeCodec.selection)
      .where('reason_code.id', '>', p.after)
      .orderBy('reason_code.id')
      .limit(pageSize),
  )
  const lots = wideStatement((p: After) =>
    selectLots(db).where('lot.id', '>', p.after).orderBy('lot.id').limit(pageSize),
  )
  const rowsOfLots = wideStatement((p: After & { readonly upTo: number }) =>
    selectRows(db).where('inventory.lot', '>', p.after).where('inventory.lot', '<=', p.upTo).orderBy('inventory.ulid'),
  )
  const versions = statement((p: After) =>
    db
      .selectFrom('record_version')
      .select(['sequence', 'content', 'hash'])
      .where('sequence', '>', p.after)
      .orderBy('sequence')
      .limit(pageSize),
  )
  const changes = statement((p: After) =>
    db
      .selectFrom('change_log')
      .selectAll()
      .where('id', '>', p.after)
      // Keys and webhooks are not carried over, and nor is what was done to them: an address of a webhook may be a secret.
      .where('entity', 'not in', ['api key', 'webhook'])
      .orderBy('id')
      .limit(pageSize),
  )

  function* lotPage(after: number): Program<ArchivePage> {
    const rows = yield* all(lots({ after }))
    const last = rows.at(-1)?.get('lot_id')
    if (last === undefined) return { items: () => [], lines: () => [], last }
    const held = new Map<Ulid, InventoryRow[]>()
    for (const found of yield* all(rowsOfLots({ after, upTo: last }))) {
      const row = inventoryCodec.read(found)
      const before = held.get(row.lotId)
      if (before === undefined) held.set(row.lotId, [row])
      else before.push(row)
    }
    const items = rows.map((row): ArchiveLine => {
      const lot = lotCodec.read(row)
      return { kind: 'lot', item: { lot, rows: held.get(lot.id) ?? [] } }
    })
    return { items: () => items, lines: () => items.map(showArchiveLine), last }
  }

  const masterData: readonly PageAfter[] = [
    pages(
      units,
      (row) => row.get('unit_id'),
      (row) => ({ kind: 'unit', item: unitCodec.read(row) }),
    ),
    pages(
      materials,
      (row) => row.get('material_id'),
      (row) => ({ kind: 'material', item: materialCodec.read(row) }),
    ),
    pages(
      conversions,
      (row) => row.get('unit_conversion_id'),
      (row) => ({ kind: 'unitConversion', item: unitConversionCodec.read(row) }),
    ),
    pages(
      locations,
      (row) => row.get('location_id'),
      (row) => ({ kind: 'location', item: locationCodec.read(row) }),
    ),
    pages(
      reasonCodes,
      (row) => row.get('reason_code_id'),
      (row) => ({ kind: 'reasonCode', item: reasonCodeCodec.read(row) }),
    ),
  ]

  const changePage = pages(
    changes,
    ({ id }) => id,
    (row) => ({
      kind: 'change',
      item: {
        entity: row.entity as ArchivedChange['entity'],
        entityId: row.entity_id,
        field: row.field,
        from: readValue(row.from_value),
        to: readValue(row.to_value),
        changedDate: row.changed_at,
        changedBy: row.changed_by,
        sequence: row.sequence,
      },
    }),
  )

  const parts: readonly PageAfter[] = [
    ...masterData,
    lotPage,
    pages(
      versions,
      ({ sequence }) => sequence,
      ({ sequence, hash, content }) => ({ kind: 'version', item: { sequence, hash, version: readContent(content) } }),
      ({ sequence, hash, content }) => showVersionLine(sequence, hash, content),
    ),
    changePage,
  ]

  function* head(): Program<ArchiveLine> {
    const { count, head: hash, policy } = yield* readHead()
    return { kind: 'lotbook', item: { format: 1, policy, count, head: hash } }
  }

  return { head, parts, masterData, changePage }
}
