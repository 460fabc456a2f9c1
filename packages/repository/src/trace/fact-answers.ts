import type { LotRecordType, Questions, Ulid } from '@lotbook/domain'
import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all, type Program } from '../program.ts'
import { isLive } from '../rows/live.ts'
import { statement, wideStatement } from '../statement.ts'

interface RecordRow {
  readonly id: number
  readonly ulid: Ulid
  readonly type: LotRecordType
  readonly start_at: number
  readonly end_at: number | null
  readonly operation: Ulid | null
  readonly sequence: number
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

/** Answers what records are, and what was posted to lots. */
export const makeFactAnswers = (dialect: Dialect) => {
  const { db, each, inOrderOfList, joined, listOf } = dialect
  const recordsIn = wideStatement<{ readonly records: string }, RecordRow>((p) => {
    const query = sql<RecordRow>`select lot_record.id, lot_record.ulid, lot_record.type, lot_record.start_at,
        lot_record.end_at, coalesce(lot_record.operation, lot_record.operation_record) as operation,
        coalesce(lot_record.posted_sequence, 0) as sequence
      from ${each(p.records)} as j cross join lot_record where lot_record.id = j.value`
    return { compile: () => query.compile(db) }
  })
  const columnsOf = (dates: boolean, isRange: boolean) =>
    statement<RecordsAsked, ColumnsRow>((p) => {
      const lists = dates ? sql`, ${listOf(sql`start_at`)} as starts, ${listOf(sql`end_at`)} as ends` : sql``
      const place = isRange ? sql`lot_record.id - ${p.first}` : sql`j.key`
      const from = isRange
        ? sql`lot_record where lot_record.id between ${p.first} and ${p.last} order by lot_record.id`
        : sql`${each(p.records)} as j cross join lot_record where lot_record.id = j.value ${inOrderOfList('j')}`
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

  return { records, recordColumns, postings, conversions }
}
