import type { LotStatus } from '@lotbook/domain'
import { type RawBuilder, sql } from 'kysely'
import { lotCodec } from '../rows/lot.ts'
import type { Counting } from './moment.ts'

type Bound = { readonly [K in keyof Counting]: number }

/** What a statement selects and compares of a lot and its stock: the columns of today, or what they were at a moment. */
export interface LotColumns {
  readonly status: RawBuilder<LotStatus>
  readonly totalQuantity: RawBuilder<number>
  readonly expiresAt: RawBuilder<number | null>
  readonly closedAt: RawBuilder<number | null>
  /** The lot's stock over all locations. */
  readonly onHand: RawBuilder<number>
  /** What a row of `inventory` holds. */
  readonly held: RawBuilder<number>
}

/** The columns of today. */
export const lotNow: LotColumns = {
  status: sql.ref<LotStatus>('lot.status'),
  totalQuantity: sql`lot.total_quantity`,
  expiresAt: sql`lot.expires_at`,
  closedAt: sql`lot.closed_at`,
  onHand: sql`(select cast(coalesce(sum(quantity), 0) as bigint) from inventory where inventory.lot = lot.id)`,
  held: sql`inventory.quantity`,
}

const counts = (entry: string, { upTo, known }: Bound): RawBuilder<boolean> =>
  sql`${sql.ref(`${entry}.effective_at`)} <= ${upTo} and ${sql.ref(`${entry}.sequence`)} <= ${known}`

/** The same, folded from the entries that count at a moment. */
export const lotThen = (p: Bound): LotColumns => {
  // saveLot sets an expiration date without an entry. Where entries that set one do not count, the first of them after
  // the last that does says in its `from` what was there before.
  const later = sql`from lot_entry as later where later.lot = lot.id and later.sets_expiration = 1
    and not (${counts('later', p)}) and not exists (
      select 1 from lot_entry as last where last.lot = lot.id and last.sets_expiration = 1 and ${counts('last', p)}
      and (last.sequence, last.position) > (later.sequence, later.position))`
  return {
    status: sql`coalesce((select status_to from lot_entry where lot_entry.lot = lot.id and status_to is not null
      and ${counts('lot_entry', p)} order by sequence desc, position desc limit 1), lot.initial_status)`,
    totalQuantity: sql`(select cast(coalesce(sum(total), 0) as bigint) from lot_entry where lot_entry.lot = lot.id
      and ${counts('lot_entry', p)})`,
    expiresAt: sql`(case when exists (select 1 ${later}) then (select expiration_from ${later}
      order by sequence, position limit 1) else lot.expires_at end)`,
    closedAt: sql`(select closed_to from lot_entry where lot_entry.lot = lot.id and sets_closed = 1
      and ${counts('lot_entry', p)} order by sequence desc, position desc limit 1)`,
    onHand: sql`(select cast(coalesce(sum(quantity), 0) as bigint) from stock_entry where stock_entry.lot = lot.id
      and ${counts('stock_entry', p)})`,
    held: sql`(select cast(coalesce(sum(stock_entry.quantity), 0) as bigint) from stock_entry
      where stock_entry.location = inventory.location and stock_entry.lot = inventory.lot and ${counts('stock_entry', p)})`,
  }
}

/** Whether a lot was there: made by then, or with an entry that counts. */
export const wasThere = (p: Bound): RawBuilder<boolean> =>
  sql`(lot.created_at <= ${p.made}
    or exists (select 1 from stock_entry where stock_entry.lot = lot.id and ${counts('stock_entry', p)})
    or exists (select 1 from lot_entry where lot_entry.lot = lot.id and ${counts('lot_entry', p)}))`

const folded: readonly string[] = [
  'lot.status as lot_status',
  'lot.total_quantity as lot_total_quantity',
  'lot.expires_at as lot_expires_at',
  'lot.closed_at as lot_closed_at',
]

/** What to select of a lot, with what is folded from its entries. */
export const lotSelection = ({ status, totalQuantity, expiresAt, closedAt }: LotColumns) => [
  ...lotCodec.selection.filter((column) => !folded.includes(column)),
  status.as('lot_status'),
  totalQuantity.as('lot_total_quantity'),
  expiresAt.as('lot_expires_at'),
  closedAt.as('lot_closed_at'),
]

/** Whether a lot's status amounts to EXPIRED at a moment. */
export const isExpiredAt = ({ status, expiresAt }: LotColumns, at: number): RawBuilder<boolean> =>
  sql`(${status} = 'EXPIRED' or coalesce(${expiresAt} <= ${at}, false))`
