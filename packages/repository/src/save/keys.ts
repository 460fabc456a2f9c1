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
  conversions: 'unit_conversion',
  reasonCodes: 'reason_code',
  records: 'lot_record',
} as const satisfies Record<keyof Keys, keyof Tables>

/** One thing that a change refers to. */
export type Reference = readonly [kind: keyof Keys, ulid: Ulid | null]

/** The surrogate key of something that was met. */
export const keyIn = (keys: ReadonlyMap<Ulid, number>, ulid: Ulid): number => {
  const key = keys.get(ulid)
  if (key === undefined) throw new Error(`${ulid} is referred to before it was met`)
  return key
}

/** The surrogate key of something that was met, or null for nothing. */
export const keyOrNull = (keys: ReadonlyMap<Ulid, number>, ulid: Ulid | null): number | null =>
  ulid === null ? null : keyIn(keys, ulid)

/** Finds the surrogate keys of what a change refers to. Mostly all of it was met while loading, and nothing is asked. */
export const makeMeet = (db: Kysely<Tables>) => {
  const finding = (kind: keyof Keys) =>
    statement((p: { readonly ulid: Ulid }) => db.selectFrom(tableOf[kind]).select('id').where('ulid', '=', p.ulid))
  const statements: Record<keyof Keys, ReturnType<typeof finding>> = {
    lots: finding('lots'),
    locations: finding('locations'),
    materials: finding('materials'),
    units: finding('units'),
    conversions: finding('conversions'),
    reasonCodes: finding('reasonCodes'),
    records: finding('records'),
  }

  return function* meet(keys: Keys, references: readonly Reference[]): Program<void> {
    for (const [kind, ulid] of references) {
      if (ulid === null || keys[kind].has(ulid)) continue
      const row = yield* first(statements[kind]({ ulid }))
      if (row === undefined) throw new Error(`a change refers to ${tableOf[kind]} ${ulid}, which does not exist`)
      keys[kind].set(ulid, row.id)
    }
  }
}
/** What `makeMeet` makes. */
export type Meet = ReturnType<typeof makeMeet>
