import { type Paging, type Ulid, type UnitConversionView, unitConversionView } from '@lotbook/domain'
import { Result } from 'effect'
import { type Kysely, sql } from 'kysely'
import { all, type Program } from '../program.ts'
import { selectUnitConversions, unitConversionCodec } from '../rows/unit-conversion.ts'
import type { Tables } from '../tables.ts'
import { listing } from './listing.ts'
import { type Listed, pageOf, readCursor } from './page.ts'

interface Values {
  readonly afterFrom: string | undefined
  readonly afterTo: string | undefined
  readonly afterMaterial: string | undefined
  readonly id: Ulid | undefined
}

// A general conversion comes before those of materials.
const place = sql`(given.symbol, wanted.symbol, coalesce(material.path, ''))`

/** Lists unit conversions by the symbols of their units, then by the path of their material. */
export const makeFindUnitConversions = (db: Kysely<Tables>) => {
  const page = listing<Values>()(
    () => selectUnitConversions(db),
    {
      always: {
        afterFrom: (p) => sql`${place} > (${p.afterFrom}, ${p.afterTo}, ${p.afterMaterial})`,
        id: (p) => sql`unit_conversion.ulid = ${p.id}`,
      },
    },
    (query, limit) =>
      query.orderBy('given.symbol').orderBy('wanted.symbol').orderBy(sql`coalesce(material.path, '')`).limit(limit),
  )
  return function* findUnitConversions(paging: Paging & { readonly id?: Ulid }): Program<Listed<UnitConversionView>> {
    const cursor = readCursor(paging, ['', '', ''])
    if (Result.isFailure(cursor)) return Result.fail(cursor.failure)
    const [afterFrom, afterTo, afterMaterial] = cursor.success ?? []
    const rows = yield* all(page({ afterFrom, afterTo, afterMaterial, id: paging.id }, paging.limit))
    return Result.succeed(
      pageOf(
        rows,
        paging,
        (row) => [
          row.get('conversion_from_symbol'),
          row.get('conversion_to_symbol'),
          row.get('conversion_material_path') ?? '',
        ],
        (row) =>
          unitConversionView(
            unitConversionCodec.read(row),
            row.get('conversion_from_symbol'),
            row.get('conversion_to_symbol'),
            row.get('conversion_material_path'),
          ),
      ),
    )
  }
}
