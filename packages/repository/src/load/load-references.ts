import type { Ulid } from '@lotbook/domain'
import { type Kysely, sql } from 'kysely'
import { all, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import type { FormerLotTable, Tables } from '../tables.ts'

/** One thing that refers to a lot: where, and its id. */
interface Reference {
  readonly tableName: string
  readonly fkColName: string
  readonly id: Ulid
}

interface OfLot {
  readonly lot: number
}

type Role = FormerLotTable['role']

// Of each kind. Nobody reads more, and one is enough to keep the lot.
const greatestList = 1000

const byRoleThenRecord = (
  left: { readonly key: number; readonly role: Role },
  right: { readonly key: number; readonly role: Role },
): number => (left.role === right.role ? left.key - right.key : left.role < right.role ? -1 : 1)

/** Finds what refers to a lot: records by role and then in the order in which they were first written, then rows of stock. */
export const makeLoadReferences = (db: Kysely<Tables>) => {
  const role = (name: Role) => sql<Role>`${sql.lit(name)}`.as('role')
  const primary = statement((p: OfLot) =>
    db
      .selectFrom('lot_record')
      .select(['id as key', 'ulid', role('inventory_lot_id')])
      .where('lot', '=', p.lot)
      .orderBy('lot_record.id')
      .limit(greatestList),
  )
  const secondary = statement((p: OfLot) =>
    db
      .selectFrom('lot_record')
      .select(['id as key', 'ulid', role('secondary_inventory_lot_id')])
      .where('secondary_lot', '=', p.lot)
      .orderBy('lot_record.id')
      .limit(greatestList),
  )
  // An earlier version counts: it stays readable, and it shows the lot's name.
  const former = statement((p: OfLot) =>
    db
      .selectFrom('former_lot')
      .innerJoin('lot_record', 'lot_record.id', 'former_lot.record')
      .select(['lot_record.id as key', 'lot_record.ulid', 'former_lot.role'])
      .where('former_lot.lot', '=', p.lot)
      .orderBy('former_lot.record')
      .limit(greatestList),
  )
  const stock = statement((p: OfLot) =>
    db.selectFrom('inventory').select('ulid').where('lot', '=', p.lot).orderBy('ulid').limit(greatestList),
  )

  return function* loadReferencesTo(lot: number): Program<readonly Reference[]> {
    const found = [
      ...(yield* all(primary({ lot }))),
      ...(yield* all(secondary({ lot }))),
      ...(yield* all(former({ lot }))),
    ]
    const records = new Map(found.map((row) => [`${row.key} ${row.role}`, row]))
    return [
      ...Array.from(records.values())
        .sort(byRoleThenRecord)
        .map((row) => ({ tableName: 'inventory_lot_records', fkColName: row.role, id: row.ulid })),
      ...(yield* all(stock({ lot }))).map(({ ulid }) => ({ tableName: 'inventory', fkColName: 'lot_id', id: ulid })),
    ]
  }
}
