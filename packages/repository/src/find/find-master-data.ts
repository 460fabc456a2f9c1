import {
  type LocationView,
  type LotRecordType,
  locationView,
  type MaterialView,
  materialView,
  type Paging,
  type ReasonCodeView,
  reasonCodeView,
  type UnitView,
  unitView,
} from '@lotbook/domain'
import { Result } from 'effect'
import { type Kysely, sql } from 'kysely'
import { all, type Program } from '../program.ts'
import {
  locationCodec,
  materialCodec,
  reasonCodeCodec,
  selectLocations,
  selectMaterials,
  unitCodec,
} from '../rows/master-data.ts'
import type { Tables } from '../tables.ts'
import { listing } from './listing.ts'
import { type Listed, pageOf, readCursor } from './page.ts'

interface After {
  readonly after: string | undefined
}

/** Lists units by symbol. */
export const makeFindUnits = (db: Kysely<Tables>) => {
  const page = listing<After>()(
    () => db.selectFrom('unit').select(unitCodec.selection),
    { always: { after: (p) => sql`unit.symbol > ${p.after}` } },
    (query, limit) => query.orderBy('unit.symbol').limit(limit),
  )
  return function* findUnits(paging: Paging): Program<Listed<UnitView>> {
    const cursor = readCursor(paging, [''])
    if (Result.isFailure(cursor)) return Result.fail(cursor.failure)
    const rows = yield* all(page({ after: cursor.success?.[0] }, paging.limit))
    return Result.succeed(
      pageOf(
        rows,
        paging,
        (row) => [row.get('unit_symbol')],
        (row) => unitView(unitCodec.read(row)),
      ),
    )
  }
}

/** Lists materials by path, each with the symbol of its unit. */
export const makeFindMaterials = (db: Kysely<Tables>) => {
  const page = listing<After>()(
    () => selectMaterials(db),
    { always: { after: (p) => sql`material.path > ${p.after}` } },
    (query, limit) => query.orderBy('material.path').limit(limit),
  )
  return function* findMaterials(paging: Paging): Program<Listed<MaterialView>> {
    const cursor = readCursor(paging, [''])
    if (Result.isFailure(cursor)) return Result.fail(cursor.failure)
    const rows = yield* all(page({ after: cursor.success?.[0] }, paging.limit))
    return Result.succeed(
      pageOf(
        rows,
        paging,
        (row) => [row.get('material_path')],
        (row) => materialView(materialCodec.read(row), row.get('material_unit_symbol')),
      ),
    )
  }
}

/** Lists locations by path, each with the symbol of its capacity's unit; `under` is a path, and that place is listed too. */
export const makeFindLocations = (db: Kysely<Tables>) => {
  const page = listing<
    After & { readonly under: string | undefined; readonly from: string; readonly before: string }
  >()(
    () => selectLocations(db),
    {
      always: {
        after: (p) => sql`location.path > ${p.after}`,
        under: (p) => sql`(location.path = ${p.under} or (location.path >= ${p.from} and location.path < ${p.before}))`,
      },
    },
    (query, limit) => query.orderBy('location.path').limit(limit),
  )
  return function* findLocations(paging: Paging & { readonly under?: string }): Program<Listed<LocationView>> {
    const cursor = readCursor(paging, [''])
    if (Result.isFailure(cursor)) return Result.fail(cursor.failure)
    const { under } = paging
    const values = { after: cursor.success?.[0], under, from: `${under}/`, before: `${under}0` }
    const rows = yield* all(page(values, paging.limit))
    return Result.succeed(
      pageOf(
        rows,
        paging,
        (row) => [row.get('location_path')],
        (row) => locationView(locationCodec.read(row), row.get('capacity_unit_symbol')),
      ),
    )
  }
}

/** Lists reason codes by type of record, then by code. */
export const makeFindReasonCodes = (db: Kysely<Tables>) => {
  const page = listing<{
    readonly afterType: string | undefined
    readonly afterCode: string | undefined
    readonly lotRecordType: LotRecordType | undefined
  }>()(
    () => db.selectFrom('reason_code').select(reasonCodeCodec.selection),
    {
      always: {
        afterType: (p) =>
          sql`(reason_code.lot_record_type, reason_code.reason_code) > (${p.afterType}, ${p.afterCode})`,
        lotRecordType: (p) => sql`reason_code.lot_record_type = ${p.lotRecordType}`,
      },
    },
    (query, limit) => query.orderBy('reason_code.lot_record_type').orderBy('reason_code.reason_code').limit(limit),
  )
  return function* findReasonCodes(
    paging: Paging & { readonly lotRecordType?: LotRecordType },
  ): Program<Listed<ReasonCodeView>> {
    const cursor = readCursor(paging, ['', ''])
    if (Result.isFailure(cursor)) return Result.fail(cursor.failure)
    const values = {
      afterType: cursor.success?.[0],
      afterCode: cursor.success?.[1],
      lotRecordType: paging.lotRecordType,
    }
    const rows = yield* all(page(values, paging.limit))
    return Result.succeed(
      pageOf(
        rows,
        paging,
        (row) => [row.get('reason_code_lot_record_type'), row.get('reason_code_reason_code')],
        (row) => reasonCodeView(reasonCodeCodec.read(row)),
      ),
    )
  }
}
