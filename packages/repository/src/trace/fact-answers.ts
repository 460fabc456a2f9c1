import type { LotRecordType, LotStatus, Questions, TracedLot, Ulid } from '@lotbook/domain'
import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { type LotColumns, lotNow, lotThen } from '../find/lot-at-moment.ts'
import { type Counting, effectiveBy, today } from '../find/moment.ts'
import { all, type Call, type Program } from '../program.ts'
import { isLive } from '../rows/live.ts'
import { statement, wideStatement } from '../statement.ts'
import { packedStatement } from './packed.ts'

interface LotsAsked extends Counting {
  readonly lots: string
}

interface LotRow {
  readonly id: number
  readonly ulid: Ulid
  readonly name: string
  readonly status: LotStatus
  readonly total_quantity: number
  readonly expires_at: number | null
  readonly material: number
  readonly unit: number
  readonly on_hand: number
}

interface MaterialRow {
  readonly id: number
  readonly ulid: Ulid
  readonly path: string
  readonly description: string | null
}

interface UnitRow {
  readonly id: number
  readonly ulid: Ulid
  readonly symbol: string
}

interface RecordRow {
  readonly id: number
  readonly ulid: Ulid
  readonly type: LotRecordType
  readonly start_at: number
  readonly end_at: number | null
  readonly operation: Ulid | null
  readonly sequence: number
}

interface LotColumnsRow {
  readonly ids: string
  readonly units: string
}

/** Records by a list of their keys, or all from one to another. */
interface RecordsAsked {
  readonly records: string
  readonly first: number
  readonly last: number
}

interface ColumnsRow {
  readonly ids: string
  readonly types: string
  readonly starts?: string
  readonly ends?: string
}

interface PostingRow {
  readonly lot: number
  readonly record: number
  readonly quantity: number
}

/** Reads the types of some records from a text that has the place and the type of each that is no CONSUME: few are. */
const typesIn = (text: string, count: number): readonly LotRecordType[] => {
  const types: LotRecordType[] = new Array(count).fill('CONSUME')
  const words = text.split(' ')
  for (let at = 0; at + 1 < words.length; at += 2) types[Number(words[at])] = words[at + 1] as LotRecordType
  return types
}

/** Answers what lots and records are called, and what was posted to lots. */
export const makeFactAnswers = (dialect: Dialect) => {
  const { db, each, inOrderOfList, joined, listOf } = dialect
  const lotsBy = (columnsOf: (p: LotsAsked) => LotColumns) =>
    packedStatement<LotsAsked, LotRow>(
      dialect,
      ['id', 'ulid', 'name', 'status', 'total_quantity', 'expires_at', 'material', 'unit', 'on_hand'],
      (p) => {
        const { status, totalQuantity, expiresAt, onHand } = columnsOf(p)
        return sql<LotRow>`select lot.id, lot.ulid, lot.name, ${status} as status, ${totalQuantity} as total_quantity,
          ${expiresAt} as expires_at, lot.material, lot.unit, ${onHand} as on_hand
          from ${each(p.lots)} as j cross join lot where lot.id = j.value`
      },
    )
  const [lotsNow, lotsThen] = [lotsBy(() => lotNow), lotsBy(lotThen)]
  const materialsIn = statement<{ readonly keys: string }, MaterialRow>((p) => {
    const query = sql<MaterialRow>`select material.id, material.ulid, material.path, material.description
      from ${each(p.keys)} as j cross join material where material.id = j.value`
    return { compile: () => query.compile(db) }
  })
  const unitsIn = statement<{ readonly keys: string }, UnitRow>((p) => {
    const query = sql<UnitRow>`select unit.id, unit.ulid, unit.symbol
      from ${each(p.keys)} as j cross join unit where unit.id = j.value`
    return { compile: () => query.compile(db) }
  })
  const recordsIn = wideStatement<{ readonly records: string }, RecordRow>((p) => {
    const query = sql<RecordRow>`select lot_record.id, lot_record.ulid, lot_record.type, lot_record.start_at,
        lot_record.end_at, coalesce(lot_record.operation, lot_record.operation_record) as operation,
        coalesce(lot_record.posted_sequence, 0) as sequence
      from ${each(p.records)} as j cross join lot_record where lot_record.id = j.value`
    return { compile: () => query.compile(db) }
  })
  const lotColumnsOf = statement<{ readonly lots: string }, LotColumnsRow>((p) => {
    const query = sql<LotColumnsRow>`select ${joined(sql`ulid`)} as ids, ${listOf(sql`unit`)} as units
      from (select lot.ulid, lot.unit from ${each(p.lots)} as j cross join lot where lot.id = j.value
        ${inOrderOfList('j.key')}) as packed`
    return { compile: () => query.compile(db) }
  })
  const columnsOf = (dates: boolean, isRange: boolean) =>
    statement<RecordsAsked, ColumnsRow>((p) => {
      const lists = dates ? sql`, ${listOf(sql`start_at`)} as starts, ${listOf(sql`end_at`)} as ends` : sql``
      const place = isRange ? sql`lot_record.id - ${p.first}` : sql`j.key`
      const from = isRange
        ? sql`lot_record where lot_record.id between ${p.first} and ${p.last} order by lot_record.id`
        : sql`${each(p.records)} as j cross join lot_record where lot_record.id = j.value ${inOrderOfList('j.key')}`
      const query = sql<ColumnsRow>`select ${joined(sql`ulid`)} as ids, ${joined(sql`other_type`)} as types ${lists}
        from (select lot_record.ulid, lot_record.start_at, lot_record.end_at,
            case when lot_record.type = 'CONSUME' then '' else cast(${place} as text) || ' ' || lot_record.type || ' ' end as other_type
          from ${from}) as packed`
      return { compile: () => query.compile(db) }
    })
  const columnsBy = (isRange: boolean) => ({ dated: columnsOf(true, isRange), bare: columnsOf(false, isRange) })
  const columns = { listed: columnsBy(false), range: columnsBy(true) }

  const postingsBy = (isDated: boolean) =>
    wideStatement<{ readonly lots: string; readonly asOf: number | null }, PostingRow>((p) => {
      const back = isDated
        ? sql`(select coalesce(sum(take_back.quantity), 0) from take_back
            inner join lot_record as taker on taker.id = take_back.record
            where take_back.consume_record = lot_record.id and taker.effective_at <= ${p.asOf})`
        : sql`lot_record.taken_back`
      const query = sql<PostingRow>`select stock_entry.lot, stock_entry.record,
          cast(sum(stock_entry.quantity) + case when lot_record.taken_back = 0 then 0 else ${back} end as bigint) as quantity
        from ${each(p.lots)} as j cross join stock_entry
        inner join lot_record on lot_record.id = stock_entry.record
        where stock_entry.lot = j.value and lot_record.type <> 'UNCONSUME' and ${isLive('lot_record')}
          ${isDated ? sql`and lot_record.effective_at <= ${p.asOf}` : sql``}
        group by stock_entry.lot, stock_entry.record, lot_record.id, lot_record.taken_back`
      return { compile: () => query.compile(db) }
    })
  const postingsNow = postingsBy(false)
  const postingsThen = postingsBy(true)

  const allConversions = statement(() =>
    db
      .selectFrom('unit_conversion')
      .innerJoin('unit as from', 'from.id', 'unit_conversion.from_unit')
      .innerJoin('unit as to', 'to.id', 'unit_conversion.to_unit')
      .leftJoin('material', 'material.id', 'unit_conversion.material')
      .select(['unit_conversion.ulid', 'unit_conversion.numerator', 'unit_conversion.denominator'])
      .select(['from.ulid as from_unit', 'to.ulid as to_unit', 'material.ulid as material'])
      .where('unit_conversion.enabled', '=', 1)
      .orderBy('unit_conversion.id'),
  )

  /** Rows of a table by their keys: many lots are of few materials and units. */
  function* byKey<R extends { readonly id: number }>(
    rowsOf: (values: { readonly keys: string }) => Call<R>,
    keys: readonly number[],
  ): Program<ReadonlyMap<number, R>> {
    const rows = yield* all(rowsOf({ keys: JSON.stringify([...new Set(keys)]) }))
    return new Map(rows.map((row) => [row.id, row]))
  }

  function* lots(question: Questions['lots']['ask']): Program<Questions['lots']['answer']> {
    const { asOf } = question
    const asked = { lots: JSON.stringify(question.lots), ...(asOf === null ? today : effectiveBy(asOf)) }
    const found = yield* (asOf === null ? lotsNow : lotsThen)(asked)
    const materials = yield* byKey(materialsIn, found.material)
    const units = yield* byKey(unitsIn, found.unit)
    return found.id.map((key, at): TracedLot => {
      const material = materials.get(found.material[at] as number) as MaterialRow
      const unit = units.get(found.unit[at] as number) as UnitRow
      return {
        key,
        lot: {
          id: found.ulid[at] as Ulid,
          name: found.name[at] as string,
          status: found.status[at] as LotStatus,
          materialId: material.ulid,
          unitOfMeasureId: unit.ulid,
          totalQuantity: found.total_quantity[at] as number,
          expirationDate: found.expires_at[at] as number | null,
        },
        material,
        unit,
        onHand: found.on_hand[at] as number,
      }
    })
  }

  function* records(question: Questions['records']['ask']): Program<Questions['records']['answer']> {
    const rows = yield* all(recordsIn({ records: JSON.stringify(question.records) }))
    return rows.map((row) => ({
      key: row.get('id'),
      id: row.get('ulid'),
      lotRecordType: row.get('type'),
      startDate: row.get('start_at'),
      endDate: row.get('end_at'),
      operationId: row.get('operation'),
      sequence: row.get('sequence'),
    }))
  }

  function* lotColumns(question: Questions['lotColumns']['ask']): Program<Questions['lotColumns']['answer']> {
    const [row] = yield* all(lotColumnsOf({ lots: JSON.stringify(question.lots) }))
    const { ids = '', units: list = '[]' } = row ?? {}
    const keys: readonly number[] = JSON.parse(list)
    const units = yield* byKey(unitsIn, keys)
    return { ids, units: keys.map((key) => (units.get(key) as UnitRow).symbol) }
  }

  function* recordColumns(question: Questions['recordColumns']['ask']): Program<Questions['recordColumns']['answer']> {
    const { records: keys, dates } = question
    const [first = 0, last = 0] = [keys[0], keys.at(-1)]
    // Keys without gaps need no list.
    const isRange = keys.every((key, at) => key === first + at)
    const statements = columns[isRange ? 'range' : 'listed']
    const asked = { first, last, records: isRange ? '' : JSON.stringify(keys) }
    const [row] = yield* all((dates ? statements.dated : statements.bare)(asked))
    const { ids = '', types = '', starts = '[]', ends = '[]' } = row ?? {}
    return {
      ids,
      types: typesIn(types, keys.length),
      startDates: JSON.parse(starts),
      endDates: JSON.parse(ends),
    }
  }

  function* postings({ lots: keys, asOf }: Questions['postings']['ask']): Program<Questions['postings']['answer']> {
    const rows = yield* all((asOf === null ? postingsNow : postingsThen)({ lots: JSON.stringify(keys), asOf }))
    return rows
      .map((row) => ({ lot: row.get('lot'), record: row.get('record'), quantity: row.get('quantity') }))
      .filter(({ quantity }) => quantity !== 0)
  }

  function* conversions(): Program<Questions['conversions']['answer']> {
    return (yield* all(allConversions({}))).map((row) => ({
      id: row.ulid,
      fromUnitId: row.from_unit,
      toUnitId: row.to_unit,
      numerator: row.numerator,
      denominator: row.denominator,
      materialId: row.material,
    }))
  }

  return { lots, lotColumns, records, recordColumns, postings, conversions }
}
