import type { LotRecordType, Movement, Questions, Ulid } from '@lotbook/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all, type Program } from '../program.ts'
import { isLive } from '../rows/live.ts'
import { wideStatement } from '../statement.ts'

interface Asked {
  readonly lots: string
  readonly asOf: number | null
}

interface StockRow {
  readonly lot: number
  readonly location: Ulid
  readonly path: string
  readonly quantity: number
}

interface SumRow {
  readonly lot: number
  readonly quantity: number
}

interface MovementRow extends SumRow {
  readonly role: Movement['role']
  readonly type: LotRecordType
  readonly is_negative: number
  readonly has_source: number
  readonly has_destination: number
}

interface AheadRow {
  readonly lot: number
  readonly ulid: Ulid
  readonly type: LotRecordType
  readonly effective_at: number
}

interface ShipmentRow extends SumRow {
  readonly ulid: Ulid
  readonly effective_at: number
  readonly destination: string | null
  readonly secondary: Ulid | null
  readonly secondary_name: string | null
  readonly production_order_name: string | null
  readonly notes: string | null
  readonly spare1: string | null
  readonly spare2: string | null
  readonly spare3: string | null
}

const asked = ({ lots, asOf }: { readonly lots: readonly number[]; readonly asOf: number | null }): Asked => ({
  lots: JSON.stringify(lots),
  asOf,
})

/** Answers what lies where, and what entries and records say each for themselves. Every statement is about many lots. */
export const makeRecallAnswers = ({ db, each }: Dialect) => {
  const whichever = <R>(make: (isDated: boolean) => (p: Asked) => RawBuilder<R>) => {
    const statementOf = (isDated: boolean) =>
      wideStatement<Asked, R>((p) => ({ compile: () => make(isDated)(p).compile(db) }))
    const [now, then] = [statementOf(false), statementOf(true)]
    return (question: Parameters<typeof asked>[0]) => (question.asOf === null ? now : then)(asked(question))
  }

  const stockIn = whichever<StockRow>(
    (isDated) => (p) =>
      isDated
        ? sql<StockRow>`select j.value as lot, location.ulid as location, location.path,
            cast(sum(stock_entry.quantity) as bigint) as quantity
          from ${each(p.lots)} as j cross join stock_entry inner join location on location.id = stock_entry.location
          where stock_entry.lot = j.value and stock_entry.effective_at <= ${p.asOf}
          group by j.key, j.value, location.id, location.ulid, location.path
          having sum(stock_entry.quantity) <> 0 order by j.key, location.path`
        : sql<StockRow>`select j.value as lot, location.ulid as location, location.path, inventory.quantity
          from ${each(p.lots)} as j cross join inventory inner join location on location.id = inventory.location
          where inventory.lot = j.value and inventory.quantity <> 0 order by j.key, location.path`,
  )
  const entrySumsIn = whichever<SumRow>(
    (isDated) => (p) =>
      sql<SumRow>`select j.value as lot, cast(sum(stock_entry.quantity) as bigint) as quantity
      from ${each(p.lots)} as j cross join stock_entry
      where stock_entry.lot = j.value ${isDated ? sql`and stock_entry.effective_at <= ${p.asOf}` : sql``}
      group by j.value`,
  )
  const movementsIn = whichever<MovementRow>((isDated) => (p) => {
    const role = (
      named: Movement['role'],
      column: string,
    ) => sql`select j.value as lot, ${sql.lit(named)} as role, r.type,
        case when r.quantity < 0 then 1 else 0 end as is_negative,
        case when r.source is null then 0 else 1 end as has_source,
        case when r.destination is null then 0 else 1 end as has_destination,
        cast(sum(case when r.reversal_of is null then r.quantity else -r.quantity end) as bigint) as quantity
      from ${each(p.lots)} as j cross join lot_record as r
      where ${sql.ref(column)} = j.value and r.posted = 1 and r.quantity is not null
        ${isDated ? sql`and ${isLive('r')} and r.effective_at <= ${p.asOf}` : sql``}
      group by 1, 2, 3, 4, 5, 6`
    return sql<MovementRow>`${role('primary', 'r.lot')} union all ${role('secondary', 'r.secondary_lot')}`
  })
  const shipmentsIn = whichever<ShipmentRow>(
    (isDated) => (p) =>
      sql<ShipmentRow>`select j.value as lot, r.ulid, r.effective_at, r.quantity, location.path as destination,
        other.ulid as secondary, other.name as secondary_name, r.production_order_name,
        r.notes, r.spare1, r.spare2, r.spare3
      from ${each(p.lots)} as j cross join lot_record as r
      left join location on location.id = r.destination left join lot as other on other.id = r.secondary_lot
      where r.lot = j.value and r.type = 'SHIP' and ${isLive('r')}
        ${isDated ? sql`and r.effective_at <= ${p.asOf}` : sql``}
      order by j.key, r.effective_at, r.id`,
  )

  // Hardly any row has entries of a later time, and only those are looked at.
  const aheadIn = wideStatement<{ readonly lots: string; readonly now: number }, AheadRow>((p) => ({
    compile: () =>
      sql<AheadRow>`select j.value as lot, r.ulid, r.type, r.effective_at
      from ${each(p.lots)} as j cross join inventory
      inner join stock_entry on stock_entry.lot = inventory.lot and stock_entry.location = inventory.location
        and stock_entry.effective_at > ${p.now}
      inner join lot_record as r on r.id = stock_entry.record
      where inventory.lot = j.value and inventory.last_effective_at > ${p.now} and r.effective_at > ${p.now}
        and ${isLive('r')}
      group by j.key, j.value, r.ulid, r.type, r.effective_at order by j.key, r.effective_at, r.ulid`.compile(db),
  }))

  function* ahead({ lots, now }: Questions['ahead']['ask']): Program<Questions['ahead']['answer']> {
    return (yield* all(aheadIn({ lots: JSON.stringify(lots), now }))).map((row) => ({
      lot: row.get('lot'),
      id: row.get('ulid'),
      lotRecordType: row.get('type'),
      effectiveDate: row.get('effective_at'),
    }))
  }

  function* stock(question: Questions['stock']['ask']): Program<Questions['stock']['answer']> {
    return (yield* all(stockIn(question))).map((row) => ({
      lot: row.get('lot'),
      locationId: row.get('location'),
      locationPath: row.get('path'),
      quantity: row.get('quantity'),
    }))
  }

  function* entrySums(question: Questions['entrySums']['ask']): Program<Questions['entrySums']['answer']> {
    return (yield* all(entrySumsIn(question))).map((row) => ({ lot: row.get('lot'), quantity: row.get('quantity') }))
  }

  function* movements(question: Questions['movements']['ask']): Program<Questions['movements']['answer']> {
    return (yield* all(movementsIn(question))).map((row) => ({
      lot: row.get('lot'),
      role: row.get('role'),
      lotRecordType: row.get('type'),
      isNegative: row.get('is_negative') === 1,
      hasSource: row.get('has_source') === 1,
      hasDestination: row.get('has_destination') === 1,
      quantity: row.get('quantity'),
    }))
  }

  function* shipments(question: Questions['shipments']['ask']): Program<Questions['shipments']['answer']> {
    return (yield* all(shipmentsIn(question))).map((row) => ({
      lot: row.get('lot'),
      id: row.get('ulid'),
      effectiveDate: row.get('effective_at'),
      quantity: row.get('quantity'),
      destinationLocationPath: row.get('destination'),
      secondaryInventoryLotId: row.get('secondary'),
      secondaryInventoryLotName: row.get('secondary_name'),
      productionOrderName: row.get('production_order_name'),
      notes: row.get('notes'),
      spare1: row.get('spare1'),
      spare2: row.get('spare2'),
      spare3: row.get('spare3'),
    }))
  }

  return { stock, entrySums, movements, ahead, shipments }
}
