import { isAnother, type Versioned } from '../../identifiers/id-taken.ts'
import type { Ulid } from '../../identifiers/ulid.ts'
import type { Known, Outcome } from '../../known.ts'
import type { Tables } from './tables.ts'

type Kept = ReadonlyMap<Ulid, Versioned>

const anyAnother = (stored: ReadonlyMap<Ulid, unknown>, loaded: Kept, after: Kept): boolean =>
  Array.from(after).some(([id, item]) => {
    const before = loaded.get(id)
    return before === undefined ? stored.has(id) : before !== item && isAnother(before, item)
  })

const lotsOf = (lots: Known['lots']): Kept => new Map(Array.from(lots, ([id, { lot }]) => [id, lot]))

/** Whether something that was decided as new has an id that is there already. */
export const overwrites = (
  tables: Tables,
  loaded: Known,
  { known, versions }: Pick<Outcome<unknown>, 'known' | 'versions'>,
): boolean =>
  anyAnother(tables.lots, lotsOf(loaded.lots), lotsOf(known.lots)) ||
  (['units', 'materials', 'conversions', 'locations', 'reasonCodes'] as const).some((kind) =>
    anyAnother(tables[kind], loaded[kind], known[kind]),
  ) ||
  versions.some(({ record }) => record.version === 1 && tables.records.has(record.id))
