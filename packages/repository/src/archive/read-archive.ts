import {
  type ArchivedChange,
  type ArchiveLine,
  type InventoryRow,
  showArchiveLine,
  type Ulid,
  versionLineParts,
} from '@lotbook/domain'
import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { makeLedgerHead } from '../ledger-head.ts'
import { all, type Call, first, type Program } from '../program.ts'
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

const pageSize = 125

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

/** A page of things, and the key of its last row; undefined where there was none. */
export interface ItemPage {
  readonly items: readonly ArchiveLine[]
  readonly last: number | undefined
}

/** A page as it is written: so many lines, each with its line break. */
export interface TextPage {
  readonly text: string
  readonly lines: number
  readonly last: number | undefined
}

/** Reads the page that begins after a key. */
export type PageAfter<Page> = (after: number) => Program<Page>

const written = (items: PageAfter<ItemPage>): PageAfter<TextPage> =>
  function* (after) {
    const page = yield* items(after)
    const text = page.items.map((item) => `${showArchiveLine(item)}\n`).join('')
    return { text, lines: page.items.length, last: page.last }
  }

interface VersionsRow {
  readonly text: string
  readonly lines: number
  readonly last: number | null
}

/** Makes the programs that read the parts of an archive page by page, in the order in which they stand there. */
export const makeReadArchive = (dialect: Dialect) => {
  const { db, joined, quoted } = dialect
  const { readHead } = makeLedgerHead(dialect)

  const pages = <R>(
    select: (after: After) => Call<R>,
    keyOf: (row: R) => number,
    item: (row: R) => ArchiveLine,
  ): PageAfter<ItemPage> =>
    function* (after) {
      const rows = yield* all(select({ after }))
      const last = rows.at(-1)
      return { items: rows.map(item), last: last === undefined ? undefined : keyOf(last) }
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
  // The database writes these lines itself: they are nearly all of an archive, and one text is handed over sooner than rows.
  const [start, beforeHash, beforeContent, end] = versionLineParts.map((part) => sql.lit(part))
  const line = sql`${start} || cast(sequence as text) || ${beforeHash} || ${quoted(sql`hash`)} || ${beforeContent} || content || ${end} || ${sql.lit('\n')}`
  const versions = statement<After, VersionsRow>((p) => {
    const query = sql<VersionsRow>`select ${joined(line)} as text, count(*) as lines, max(sequence) as last
      from (select sequence, content, hash from record_version where sequence > ${p.after} order by sequence limit ${sql.lit(pageSize)}) as page`
    return { compile: () => query.compile(db) }
  })
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

  function* lotPage(after: number): Program<ItemPage> {
    const rows = yield* all(lots({ after }))
    const last = rows.at(-1)?.get('lot_id')
    if (last === undefined) return { items: [], last }
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
    return { items, last }
  }

  function* versionPage(after: number): Program<TextPage> {
    const { text = '', lines = 0, last = null } = (yield* first(versions({ after }))) ?? {}
    return { text, lines, last: last ?? undefined }
  }

  const masterData: readonly PageAfter<ItemPage>[] = [
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

  const parts: readonly PageAfter<TextPage>[] = [
    ...masterData.map(written),
    written(lotPage),
    versionPage,
    written(changePage),
  ]

  function* head(): Program<ArchiveLine> {
    const { count, head: hash, policy } = yield* readHead()
    return { kind: 'lotbook', item: { format: 1, policy, count, head: hash } }
  }

  return { head, parts, masterData, changePage }
}
