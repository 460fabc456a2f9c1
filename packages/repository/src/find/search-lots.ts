import { isTextField, type LotFilter, type LotSearch, type LotsFound, type LotView, lotView } from '@lotbook/domain'
import { type Expression, type SqlBool, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all, type Call, first, type Program } from '../program.ts'
import { lotCodec, selectLots } from '../rows/lot.ts'
import { materialCodec, unitCodec } from '../rows/master-data.ts'
import { statement, wideStatement } from '../statement.ts'
import { lotNow } from './lot-at-moment.ts'
import { columnNamed, numberColumns, textColumns } from './lot-columns.ts'

interface Asked {
  /** The filters as JSON, one row for each value. */
  readonly filters: string
  /** How many filters there are. */
  readonly parts: number
  readonly now: number
}

interface Sorted extends Asked {
  readonly limit: number
  readonly offset: number
  readonly [field: `sort${number}`]: string
}

// Every row is in this order of members, whatever it holds.
const rowsOf = (filters: readonly LotFilter[]): string =>
  JSON.stringify(
    filters.flatMap(({ field, condition, values }, part) =>
      values.map((value) => ({
        part,
        field,
        condition,
        text: typeof value === 'string' ? value : null,
        number: typeof value === 'number' ? value : null,
      })),
    ),
  )

const everyRow = Number.MAX_SAFE_INTEGER

/**
 * Searches lots. What is asked for is data: filters travel as one JSON value, fields to sort by as parameters, and both
 * only choose among the columns of one list. So there is one statement for any filters, and one for each way of sorting.
 */
export const makeSearchLots = (dialect: Dialect) => {
  const { db, rowsIn, contains } = dialect

  // Each filter holds where one of its rows does.
  const matches = ({ filters, parts, now }: Asked): Expression<SqlBool> => {
    const columns = { part: 'integer', field: 'text', condition: 'text', text: 'text', number: 'integer' } as const
    const field = sql<string>`asked.field`
    const text = sql<string>`compared.text`
    const held = sql<string>`compared.held`
    const compare = (operator: '=' | '>' | '>=' | '<' | '<=') => {
      const sign = sql.raw(operator)
      return sql`coalesce(compared.held ${sign} compared.text, compared.counted ${sign} compared.number, false)`
    }
    return sql<boolean>`(
      with asked as materialized (${rowsIn(filters, columns)})
      select count(distinct compared.part) from (
        select asked.part, asked.condition, asked.text, asked.number,
          ${columnNamed(textColumns(now), field)} as held, ${columnNamed(numberColumns, field)} as counted
        from asked
      ) as compared
      where case compared.condition
        when 'EQUALS' then ${compare('=')}
        when 'NOT_EQUALS' then not ${compare('=')}
        when 'CONTAINS' then ${contains(held, text)}
        when 'STARTS_WITH' then substr(${held}, 1, length(${text})) = ${text}
        when 'ENDS_WITH' then length(${held}) >= length(${text})
          and substr(${held}, length(${held}) - length(${text}) + 1) = ${text}
        when 'GREATER_THAN' then ${compare('>')}
        when 'GREATER_THAN_OR_EQUAL_TO' then ${compare('>=')}
        when 'LESS_THAN' then ${compare('<')}
        when 'LESS_THAN_OR_EQUAL_TO' then ${compare('<=')}
      end
    ) = ${parts}`
  }

  const counted = statement((p: Asked) =>
    db
      .selectFrom('lot')
      .innerJoin('material', 'material.id', 'lot.material')
      .innerJoin('unit', 'unit.id', 'lot.unit')
      .select((select) => select.fn.countAll<number>().as('total'))
      .where(matches(p)),
  )

  const sortedBy = (sort: LotSearch['sort']) =>
    wideStatement((p: Sorted) => {
      const found = selectLots(db).select(lotNow.onHand.as('on_hand')).where(matches(p))
      const ordered = sort.reduce((query, { field, descending }, index) => {
        const name = sql<string>`cast(${p[`sort${index}`]} as text)`
        const column = isTextField(field)
          ? columnNamed<string | number>(textColumns(p.now), name)
          : columnNamed<string | number>(numberColumns, name)
        const withoutLast = query.orderBy(sql`case when ${column} is null then 1 else 0 end`)
        return withoutLast.orderBy(column, descending ? 'desc' : 'asc')
      }, found)
      return ordered.orderBy('lot.ulid').limit(p.limit).offset(p.offset)
    })
  type Search = ReturnType<typeof sortedBy>
  const searches = new Map<string, Search>()
  const searchFor = (sort: LotSearch['sort']): Search => {
    const shape = sort.map(({ field, descending }) => `${isTextField(field)} ${descending}`).join()
    const made = searches.get(shape) ?? sortedBy(sort)
    searches.set(shape, made)
    return made
  }

  return function* searchLots({ filters, sort, limit, offset, now }: LotSearch): Program<LotsFound> {
    const asked: Asked = { filters: rowsOf(filters), parts: filters.length, now }
    const count = yield* first(counted(asked))
    const fields = Object.fromEntries(sort.map(({ field }, index) => [`sort${index}`, field]))
    const call: Call<NonNullable<ReturnType<Search>['row']>> = searchFor(sort)({
      ...asked,
      ...fields,
      limit: limit ?? everyRow,
      offset,
    })
    const items = (yield* all(call)).map(
      (row): LotView =>
        lotView(lotCodec.read(row), materialCodec.read(row), unitCodec.read(row), row.get('on_hand'), now),
    )
    return { items, total: Number(count?.total ?? 0) }
  }
}
