import type { Ulid } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import type { Keys } from '../load/loaded.ts'
import { first, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'

const tableOf = {
  lots: 'lot',
  locations: 'location',
  materials: 'material',
  units: 'unit',
  reasonCodes: 'reason_code',
  records: 'lot_record',
} as const satisfies Record<keyof Keys, keyof Tables>

/** Finds the surrogate key of what a change refers to: mostly it was met while loading. */
export const makeKeyOf = (db: Kysely<Tables>) => {
  const finding = (kind: keyof Keys) =>
    statement((p: { readonly ulid: Ulid }) => db.selectFrom(tableOf[kind]).select('id').where('ulid', '=', p.ulid))
  const statements: Record<keyof Keys, ReturnType<typeof finding>> = {
    lots: finding('lots'),
    locations: finding('locations'),
    materials: finding('materials'),
    units: finding('units'),
    reasonCodes: finding('reasonCodes'),
    records: finding('records'),
  }

  function* keyOf(keys: Keys, kind: keyof Keys, ulid: Ulid): Program<number> {
    const met = keys[kind].get(ulid)
    if (met !== undefined) return met
    const row = yield* first(statements[kind]({ ulid }))
    if (row === undefined) throw new Error(`a change refers to ${tableOf[kind]} ${ulid}, which does not exist`)
    keys[kind].set(ulid, row.id)
    return row.id
  }

  function* keyOrNull(keys: Keys, kind: keyof Keys, ulid: Ulid | null): Program<number | null> {
    return ulid === null ? null : yield* keyOf(keys, kind, ulid)
  }

  return { keyOf, keyOrNull }
}
/** What `makeKeyOf` makes. */
export type KeyOf = ReturnType<typeof makeKeyOf>
